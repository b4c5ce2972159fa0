#include "radiomics/core/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace radiomics {

void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next = 0, first_failure = count;
  std::exception_ptr failure;
  std::mutex mutex;
  // Items are handed out in order: when one fails, all below it have been started, and none of
  // those is skipped. The lowest failure is therefore always among the ones that are seen.
  const auto work = [&] {
    for (std::size_t i = next++; i < first_failure; i = next++) try {
        body(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (i < first_failure) {
          first_failure = i;
          failure = std::current_exception();
        }
      }
  };
  {
    std::vector<std::jthread> others;
    const auto workers = std::min(count, std::size_t(std::max(threads, 1)));
    for (std::size_t worker = 1; worker < workers; ++worker) others.emplace_back(work);
    work();
  }  // the others are joined here, also when a thread cannot be started
  if (failure) std::rethrow_exception(failure);
}

}  // namespace radiomics
