#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace radiomics {

/// What the file system knows of a file. Whoever writes a file or puts another in its place changes
/// one of these.
struct FileStamp {
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;  ///< when it was written last; programs can set this
  std::int64_t changed_ns = 0;   ///< when anything of it was changed; no program can set this
  std::uint64_t inode = 0;

  bool operator==(const FileStamp&) const = default;
};

/// The stamp of a regular file, or of that which a link leads to; nothing of anything else.
std::optional<FileStamp> stamp_of(const std::filesystem::path& file);

}  // namespace radiomics
