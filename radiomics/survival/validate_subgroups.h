#pragma once

#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/survival/validation_data.h"

// Do predictions serve everybody alike? Their performance in the levels of a variable, which
// TRIPOD+AI asks for (item 23a). Small groups are described, not judged: what is undefined is NaN.
// \source Collins et al. 2024, doi:10.1136/bmj-2023-078378

namespace radiomics {

/// Observed against expected of one prediction in one group at a horizon.
struct SubgroupCalibration {
  double time = undefined;
  double observed = undefined;                     ///< 1 - Kaplan-Meier of the group
  Interval observed_limits{undefined, undefined};  ///< log-log; none without an event by then
  double expected = undefined;                     ///< mean risk; NaN where no risk is known
  double ratio = undefined;
  Interval ratio_limits{undefined, undefined};  ///< those of observed by expected, which is fixed
};

struct SubgroupScores {
  /// Harrell's C in the group. Without limits where its standard error is 0 (every pair of it says
  /// the same), NaN without a comparable pair.
  Estimate concordance{};
  std::vector<SubgroupCalibration> horizons{};
};

struct SubgroupLevel {
  std::string label{};
  std::size_t n = 0;
  int events = 0;
  std::vector<SubgroupScores> predictions{};  ///< one per prediction of the run
};

/// How a variable divides the patients.
enum class SubgroupKind {
  factor,    ///< a declared factor: its levels, also those that nobody has
  values,    ///< a numeric column of three distinct values or fewer: these
  tertiles,  ///< any other: cut at its quantiles 1/3 and 2/3 (type 7), a group is (low, high]
};

std::string_view to_string(SubgroupKind kind);  ///< "factor", "values", "tertiles"

struct Subgroups {
  std::string variable{};
  SubgroupKind kind = SubgroupKind::factor;
  std::vector<double> cuts{};  ///< of tertiles, ascending; one where both are equal
  std::size_t n_missing = 0;   ///< analysed patients without a value: in no group
  std::vector<SubgroupLevel> levels{};
};

/// Divides the patients of a validation by one column and judges every prediction in each group.
/// Adds warnings: level_without_events, singleton_level (no comparable pair), beyond_follow_up.
/// \throws Error column_not_found, not_numeric (text that is no declared factor), nonfinite,
///         invalid_argument (a cell that is none of the levels)
Subgroups judge_subgroups(const Cohort& cohort, const std::string& variable,
                          const std::string& endpoint, const ValidationData& data,
                          const AnalysisOptions& options, std::vector<AnalysisWarning>& warnings);

}  // namespace radiomics
