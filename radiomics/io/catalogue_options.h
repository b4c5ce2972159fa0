#pragma once

#include <filesystem>

namespace radiomics {

/// How the headers of a folder's files are read; no result depends on it.
struct CatalogueOptions {
  int threads = 1;
  /// Where to keep what the headers say, for the next time: see catalogue_cache.h. "": nowhere.
  std::filesystem::path cache{};
};

/// Where the cache of a folder lies if nothing else is said: $XDG_CACHE_HOME/radiomics/ or
/// ~/.cache/radiomics/, under a name from the SHA-256 of the folder's path; "" where neither
/// variable is set.
std::filesystem::path default_catalogue_cache(const std::filesystem::path& root);

/// Whether a file, there or not, lies in a folder or below it, whatever links lead there.
bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace radiomics
