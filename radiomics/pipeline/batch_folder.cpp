#include "radiomics/pipeline/batch_folder.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

const fs::path& made(const fs::path& folder) {
  make_folder(folder);
  return folder;
}

/// Files that write_file() and the database did not come to name.
void remove_temporary_files(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == temporary_extension) files.push_back(entry.path());
  for (const fs::path& file : files) fs::remove(file, ignored);
}

std::string base_name(const Case& one) {
  constexpr std::size_t longest = 100;
  if (one.name.empty()) return "x" + sha256(one.image + "\n" + one.mask).substr(0, 12);
  std::string safe = safe_name(one.name);
  if (safe == one.name && safe.size() <= longest) return safe;
  std::size_t length = std::min(safe.size(), longest);
  while (length > 0 && length < safe.size() &&
         (static_cast<unsigned char>(safe[length]) & 0xC0) == 0x80)
    --length;  // not inside of a character
  return safe.substr(0, length) + "-" + sha256(one.name).substr(0, 8);
}

}  // namespace

OpenBatchFolder::OpenBatchFolder(const fs::path& folder)
    : paths_{made(folder)}, lock_(paths_.lock()) {
  make_folder(paths_.cases());
  remove_temporary_files(paths_.folder);
  remove_temporary_files(paths_.cases());
}

std::vector<std::string> result_names(const std::vector<Case>& cases) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  std::map<std::string, int> seen;
  for (const Case& one : cases) {
    const std::string base = base_name(one);
    std::string name = base;
    for (int& number = seen[lower_case(base)]; !taken.insert(lower_case(name)).second;)
      name = base + "." + to_text(++number + 1);
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace radiomics
