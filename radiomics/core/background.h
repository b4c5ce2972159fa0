#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace radiomics {

/// Runs tasks on threads of its own while the caller goes on: for work that waits rather than
/// computes, such as flushing files to a disk. Tasks are begun in the order in which they came.
class Background {
 public:
  /// \param most_waiting  tasks that have not been begun; who brings one more waits
  Background(int threads, std::size_t most_waiting);
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  /// Waits for the tasks that are there. What they throw then is lost: call finish() before.
  ~Background();

  /// \throws what an earlier task has thrown; then the new one is not run
  void run(std::function<void()> task);

  /// Returns when all tasks are done. \throws what the first of them to fail has thrown
  void finish();

 private:
  void work();

  std::size_t most_waiting_;
  std::deque<std::function<void()>> waiting_;
  std::size_t running_ = 0;
  bool is_over_ = false;
  std::exception_ptr failure_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::jthread> threads_;  // the last member: its threads use the others
};

}  // namespace radiomics
