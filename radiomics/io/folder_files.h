#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/io/file_path.h"

namespace radiomics {

/// A file that is not used, and why.
struct LeftOutFile {
  FilePath file;
  std::string reason;

  bool operator==(const LeftOutFile&) const = default;
};

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

struct FolderFile {
  FilePath path;
  FileStamp stamp;
};

/// The files below a folder.
struct FolderFiles {
  std::vector<FolderFile> files;      ///< regular files, each once, in order of their paths
  std::vector<LeftOutFile> left_out;  ///< in order of their paths
};

/// Lists all regular files below a folder, without opening any. Left out with a reason: hidden
/// files and folders, pipes and devices, links that lead nowhere, to a file that is listed already,
/// or into a loop (to a folder that holds `root`, or that has been listed). Links to other files
/// and folders are followed. Nothing depends on the order in which the file system lists.
///
/// Cost: one stat of each file; where the file system does not tell folders from files, two.
/// \throws Error unreadable_file if `root` is no readable folder
FolderFiles files_below(const std::filesystem::path& root);

}  // namespace radiomics
