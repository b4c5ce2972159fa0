#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/core/file_stamp.h"
#include "radiomics/io/file_path.h"

namespace radiomics {

/// A file that is not used, and why.
struct LeftOutFile {
  FilePath file;
  std::string reason;

  bool operator==(const LeftOutFile&) const = default;
};

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
