#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace radiomics {

/// How well a feature repeats, as `radiomics survival stability` found.
struct FeatureStability {
  double icc = 0;  ///< intraclass correlation; NaN where it could not be estimated
  double low = 0;  ///< lower limit of its interval; NaN likewise
  bool keep = false;
};

/// By the name of the feature.
using StabilityTable = std::map<std::string, FeatureStability>;

/// Reads stability.csv: the columns feature, icc, low and keep (true or false); others are not
/// looked at. \throws Error as read_csv(); column_not_found, duplicate_id (a feature twice),
/// not_numeric, invalid_argument (keep is neither)
StabilityTable read_stability_file(const std::filesystem::path& file);

}  // namespace radiomics
