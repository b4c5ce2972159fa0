#pragma once

#include <string_view>

namespace radiomics {

/// What is published about a feature. Tables, documentation and reports read it, and only it.
struct FeatureDefinition {
  std::string_view name;         ///< snake_case, unique in its family
  std::string_view ibsi;         ///< permanent IBSI code, or "" outside IBSI
  std::string_view pyradiomics;  ///< name of its counterpart in PyRadiomics, or ""
  std::string_view unit;         ///< UCUM code ("1", "mm3"); "intensity" for that of the image
  std::string_view summary;      ///< one sentence, without the formula
};

}  // namespace radiomics
