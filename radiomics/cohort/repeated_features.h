#pragma once

#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/cohort.h"

namespace radiomics {

/// A feature that was measured several times in the same patients.
struct RepeatedFeature {
  std::string name{};
  Matrix ratings{};  ///< patients x raters; NaN where missing
};

/// A table of features with a row per patient and rater, in rows and columns.
struct RepeatedFeatures {
  Cohort cohort{};                      ///< one entry per row of the table
  std::vector<std::string> patients{};  ///< those with a row of every rater, by first appearance
  std::vector<std::string> raters{};
  std::vector<RepeatedFeature> features{};
  std::vector<AnalysisWarning> warnings{};  ///< missing_values: patients left out; not_numeric
};

/// Reads the features table of `options` (and no other); `by` is the column of the raters: readers,
/// sessions, perturbations. Patients who lack a row of a rater are left out with a warning. Which
/// columns are features: feature_columns_beside().
/// \throws Error what read_cohort() throws, but ids repeat; column_not_found: no `by`, no id;
///         duplicate_id: one rater twice; invalid_argument: fewer than two raters or patients
RepeatedFeatures read_repeated_features(const AnalysisOptions& options, const std::string& by);

}  // namespace radiomics
