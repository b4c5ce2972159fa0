#include "radiomics/core/file_lock.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "radiomics/core/error.h"

namespace radiomics {

FileLock::FileLock(const std::filesystem::path& file) {
  handle_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  require(handle_ >= 0, ErrorKind::unwritable_output,
          file.string() + ": cannot be written; check the folder's permissions and free space");
  is_held_ = flock(handle_, LOCK_EX | LOCK_NB) == 0;
  if (is_held_ || errno != EWOULDBLOCK) return;
  close(handle_);
  throw Error(ErrorKind::folder_in_use,
              file.parent_path().string() +
                  ": another run is at work in this folder; wait for it, or give another one");
}

FileLock::~FileLock() { close(handle_); }

}  // namespace radiomics
