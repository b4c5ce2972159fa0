#include "radiomics/pipeline/input_files.h"

#include <algorithm>
#include <system_error>

#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/io/folder_files.h"
#include "radiomics/pipeline/match.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

InputFile described(const fs::path& file) {
  std::error_code error;
  InputFile result{file, fs::file_size(file, error), 0};
  if (error) result.bytes = 0;
  const fs::file_time_type time = fs::last_write_time(file, error);
  if (!error) result.modified_ns = std::int64_t(time.time_since_epoch().count());
  return result;
}

/// Whether a file is a header whose voxels lie in a file beside it.
bool may_be_detached(const fs::path& file) {
  const std::string extension = lower_case(file.extension().string());
  return extension == ".mhd" || extension == ".nhdr" || extension == ".hdr" || extension == ".img";
}

std::vector<fs::path> with_companions(const fs::path& file) {
  std::vector<fs::path> files{file};
  if (!may_be_detached(file)) return files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(file.parent_path(), error)) {
    std::string name = entry.path().filename().string();
    const std::string stem = file.stem().string() + ".";
    if (name.starts_with(stem) && entry.path() != file) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::vector<InputFile> input_files(const fs::path& path) {
  std::error_code ignored;  // what cannot be looked at is no folder
  std::vector<InputFile> result;
  if (fs::is_directory(path, ignored))
    for (const FolderFile& file : files_below(path).files) result.push_back(described(file.path));
  else
    for (const fs::path& file : with_companions(path)) result.push_back(described(file));
  return result;
}

std::string fingerprint(const std::string& request, const std::vector<InputFile>& files,
                        const fs::path& folder) {
  Sha256 hash;
  hash.add(request);
  for (const InputFile& one : files)
    hash.add("\n" + without_folder(one.file.string(), folder.string()))
        .add("\n" + to_text(one.bytes) + " " + to_text(one.modified_ns) + " " + one.instance_uid);
  return hash.hex();
}

}  // namespace radiomics
