#include "radiomics/core/file_stamp.h"

#include <sys/stat.h>

namespace radiomics {
namespace {

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

std::optional<FileStamp> stamp_of(const std::filesystem::path& file) {
  struct stat found {};
  if (stat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return {};
  return FileStamp{std::uint64_t(found.st_size), nanoseconds(found.st_mtim),
                   nanoseconds(found.st_ctim), std::uint64_t(found.st_ino)};
}

}  // namespace radiomics
