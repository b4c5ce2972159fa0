#include "radiomics/core/write_file.h"

#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file) {
  throw Error(ErrorKind::unwritable_output,
              file.string() + ": cannot be written; check the folder's permissions and free space");
}

bool flush_to_disk(const std::filesystem::path& file) {
  const int handle = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) return false;
  const bool flushed = fsync(handle) == 0;
  return close(handle) == 0 && flushed;
}

}  // namespace

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!std::filesystem::is_directory(folder, error)) refuse(folder);
}

void write_file(const std::filesystem::path& file,
                const std::function<void(std::ostream&)>& write) {
  if (file.has_parent_path()) make_folder(file.parent_path());
  const std::filesystem::path temporary =
      file.string() + "." + std::to_string(getpid()) + temporary_extension;
  std::error_code error;
  try {
    std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
    write(stream);
    stream.close();
    if (!stream || !flush_to_disk(temporary)) refuse(file);
    std::filesystem::rename(temporary, file, error);
    if (error) refuse(file);
  } catch (...) {
    std::filesystem::remove(temporary, error);
    throw;
  }
}

}  // namespace radiomics
