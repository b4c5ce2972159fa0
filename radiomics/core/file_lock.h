#pragma once

#include <filesystem>

namespace radiomics {

/// Keeps other processes out of what a file stands for while it lives; also those on other
/// machines, where the file system passes locks on. A process that dies, however it does, gives its
/// lock back.
class FileLock {
 public:
  /// Makes the file if it is not there.
  /// \throws Error  folder_in_use if another process holds the lock; unwritable_output
  explicit FileLock(const std::filesystem::path& file);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  /// False where the file system knows no locks: then nobody is kept out.
  bool is_held() const { return is_held_; }

 private:
  int handle_ = -1;
  bool is_held_ = false;
};

}  // namespace radiomics
