#include "radiomics/core/write_file.h"

#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

bool flush_to_disk(const std::filesystem::path& file) {
  const int handle = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) return false;
  const bool flushed = fsync(handle) == 0;
  return close(handle) == 0 && flushed;
}

}  // namespace

void refuse_to_write(const std::filesystem::path& file) {
  throw Error(ErrorKind::unwritable_output,
              file.string() + ": cannot be written; check the folder's permissions and free space");
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!std::filesystem::is_directory(folder, error)) refuse_to_write(folder);
}

std::filesystem::path temporary_name(const std::filesystem::path& file) {
  return file.string() + "." + std::to_string(getpid()) + temporary_extension;
}

void replace_file(const std::filesystem::path& temporary, const std::filesystem::path& file) {
  if (!flush_to_disk(temporary)) refuse_to_write(file);
  std::error_code error;
  std::filesystem::rename(temporary, file, error);
  if (error) refuse_to_write(file);
}

void write_file(const std::filesystem::path& file,
                const std::function<void(std::ostream&)>& write) {
  if (file.has_parent_path()) make_folder(file.parent_path());
  const std::filesystem::path temporary = temporary_name(file);
  try {
    std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
    write(stream);
    stream.close();
    if (!stream) refuse_to_write(file);
    replace_file(temporary, file);
  } catch (...) {
    std::error_code error;
    std::filesystem::remove(temporary, error);
    throw;
  }
}

}  // namespace radiomics
