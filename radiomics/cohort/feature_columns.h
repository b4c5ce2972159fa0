#pragma once

#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/cohort.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// The features of a cohort.
struct FeatureColumns {
  std::vector<std::string> names;
  Matrix values;                            ///< patients x features; NaN where missing
  std::vector<AnalysisWarning> warnings{};  ///< not_numeric: columns without a single number
};

/// Which columns are features, and their numbers: those whose name matches one of the patterns, of
/// either table, in the order of the columns; without patterns the numeric columns of the features
/// table but the id, roi, session, reader, perturbation, control, label, image, mask, warnings,
/// fold, batch, diagnostics_* (any letter case) and columns that the clinical table also has.
/// A column without a single number is left out, one with some and text among them is an error.
/// `others`, the columns that have another part in the analysis, are never features.
/// \throws Error not_numeric, nonfinite; column_not_found if nothing matches
FeatureColumns feature_columns(const Cohort& cohort, const std::vector<std::string>& patterns,
                               const std::vector<std::string>& others);

/// The same where no outcome is near: without patterns the rule holds for a features table alone,
/// too.
/// \throws Error the same
FeatureColumns feature_columns_beside(const Cohort& cohort,
                                      const std::vector<std::string>& patterns,
                                      const std::vector<std::string>& others);

/// Whether a column is never a feature by itself: ids, what names a row, provenance.
bool is_bookkeeping(const std::string& column);

}  // namespace radiomics
