#include "radiomics/io/catalogue_options.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "radiomics/core/sha256.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

fs::path path_in(const char* variable) {
  const char* value = std::getenv(variable);
  return value ? value : "";
}

/// Without links, as far as the path exists, and without a separator at its end.
fs::path plain(const fs::path& path) {
  std::error_code ignored;  // then it is compared as it is written
  const fs::path full = fs::absolute(path, ignored);
  fs::path real = fs::weakly_canonical(full, ignored);
  if (real.empty()) real = full;
  return real.has_filename() ? real : real.parent_path();
}

}  // namespace

fs::path default_catalogue_cache(const fs::path& root) {
  fs::path base = path_in("XDG_CACHE_HOME");
  if (!base.is_absolute() && path_in("HOME").is_absolute()) base = path_in("HOME") / ".cache";
  if (!base.is_absolute()) return {};  // the standard for these variables wants full paths
  std::error_code error;
  const fs::path real = fs::canonical(root, error);
  return error ? fs::path() : base / "radiomics" / (sha256(real.string()) + ".catalogue");
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  const fs::path outer = plain(folder), inner = plain(file);
  return std::ranges::mismatch(outer, inner).in1 == outer.end();
}

}  // namespace radiomics
