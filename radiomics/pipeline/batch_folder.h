#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/core/file_lock.h"
#include "radiomics/pipeline/case_list.h"

namespace radiomics {

/// Where the files of a batch lie.
struct BatchPaths {
  std::filesystem::path folder;

  std::filesystem::path run() const { return folder / "run.json"; }
  std::filesystem::path lock() const { return folder / ".lock"; }
  std::filesystem::path features() const { return folder / "features.csv"; }
  std::filesystem::path failures() const { return folder / "failures.csv"; }
  std::filesystem::path database() const { return folder / "features.db"; }
  std::filesystem::path cases() const { return folder / "cases"; }
  std::filesystem::path result(const std::string& name) const { return cases() / (name + ".json"); }
};

/// A batch folder that is written to by nobody else as long as this lives. Making one makes the
/// folder, and removes what runs that were killed left under temporary names.
/// \throws Error folder_in_use, unwritable_output
class OpenBatchFolder {
 public:
  explicit OpenBatchFolder(const std::filesystem::path& folder);

  const BatchPaths& paths() const { return paths_; }
  /// False where the file system knows no locks.
  bool is_locked() const { return lock_.is_held(); }

 private:
  BatchPaths paths_;
  FileLock lock_;
};

/// What the results of cases are called, one for each: the name of the case where it is fit for a
/// file, else what is left of it with eight digits of its SHA-256; for a case without a name "x"
/// and twelve of those of its paths. Later cases of one name get ".2", ".3"; names that differ in
/// the case of letters only are one name, as they are on some file systems.
std::vector<std::string> result_names(const std::vector<Case>& cases);

}  // namespace radiomics
