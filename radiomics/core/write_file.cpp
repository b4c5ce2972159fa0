#include "radiomics/core/write_file.h"

#include <fstream>
#include <random>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
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

void make_private(const std::filesystem::path& file) {
  const int handle = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (handle < 0) refuse_to_write(file);
  close(handle);
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
  std::random_device random;  // numbers of processes repeat, here and on other machines
  return file.string() + "." + std::to_string(getpid()) + "-" + std::to_string(random()) +
         temporary_extension;
}

void replace_file(const std::filesystem::path& temporary, const std::filesystem::path& file) {
  if (!flush_to_disk(temporary)) refuse_to_write(file);
  std::error_code error;
  std::filesystem::rename(temporary, file, error);
  if (error) refuse_to_write(file);
}

void write_file(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write,
                FileReaders readers) {
  if (file.has_parent_path()) make_folder(file.parent_path());
  const std::filesystem::path temporary = temporary_name(file);
  try {
    if (readers == FileReaders::owner) make_private(temporary);
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
