#pragma once

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace radiomics {

/// A file or folder of the reference data, or an empty path where the data is absent.
inline std::filesystem::path reference_data(const std::filesystem::path& relative) {
  const char* root = std::getenv("RADIOMICS_TEST_DATA");
  if (!root || !std::filesystem::exists(root / relative)) return {};
  return root / relative;
}

}  // namespace radiomics

/// Declares `name`, a path to reference data, or skips the test with a line that says what is
/// missing.
#define REFERENCE_DATA_OR_SKIP(name, relative)                            \
  const std::filesystem::path name = radiomics::reference_data(relative); \
  if (name.empty()) GTEST_SKIP() << "needs " << (relative) << " below RADIOMICS_TEST_DATA"
