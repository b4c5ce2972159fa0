#pragma once

#include <vector>

#include "radiomics/survival/screen_analysis.h"

// The parts of a screening that look at features only, never at the outcome.

namespace radiomics {

/// Correlations with each other and with size, and clusters of redundant features. Of a cluster one
/// is kept: the highest ICC, then the least correlated with volume, then by name; greedily, the
/// first in the order of the table. \throws Error column_not_found, not_numeric, nonfinite
FeatureRelations feature_relations(const Cohort& cohort, const FeatureColumns& features,
                                   const StabilityTable& stability, const ScreenOptions& options,
                                   int threads);

/// One per feature that equals another one before it in every patient; constants are not counted.
std::vector<AnalysisWarning> duplicate_warnings(const FeatureColumns& features);

/// One for all features that are missing in the same patients.
std::vector<AnalysisWarning> missing_feature_warnings(const Cohort& cohort,
                                                      const FeatureColumns& features);

}  // namespace radiomics
