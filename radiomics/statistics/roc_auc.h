#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/statistics/inference.h"

namespace radiomics {

/// The probability that of a patient with the event and one without the first has the higher score.
struct RocAuc {
  Estimate estimate;  ///< DeLong's standard error; limits within [0, 1]
  int events = 0;
  int non_events = 0;
  /// One entry per patient: the share of the other class on the right side of this patient's score,
  /// ties one half. The estimate is its mean within either class.
  std::vector<double> placement{};
};

/// Higher scores speak for the event (`outcome` 1, else 0); no NaN among them. NaN without patients
/// of both classes; no standard error with a single one in a class.
/// Cost: one sort.
/// \source DeLong, DeLong and Clarke-Pearson 1988, doi:10.2307/2531595; in order n log n: Sun and
///         Xu 2014, doi:10.1109/LSP.2014.2337313
RocAuc roc_auc(std::span<const double> score, std::span<const std::uint8_t> outcome,
               double conf_level = 0.95);

/// A difference of two areas with its normal test. p is two-sided; NaN where the standard error is
/// 0 or undefined.
struct AucComparison {
  Estimate difference;
  double statistic = undefined;  ///< z
  double p_value = undefined;
};

/// DeLong's test for paired areas: `full` minus `base`, of the same patients in the same order.
AucComparison compare_auc(const RocAuc& base, const RocAuc& full,
                          std::span<const std::uint8_t> outcome, double conf_level = 0.95);

/// The ROC curve: the shares of patients without and with the event whose score is at a threshold
/// or above, from (0, 0) to (1, 1), one point per distinct score; straight lines between them.
struct RocCurve {
  std::vector<double> false_positive;  ///< ascending
  std::vector<double> true_positive;
};

/// Scores without NaN; `weights` (one per patient; empty: 1 each) as of an inverse probability of
/// censoring. Empty without patients of both classes. Cost: one sort.
RocCurve roc_curve(std::span<const double> score, std::span<const std::uint8_t> outcome,
                   std::span<const double> weights = {});

}  // namespace radiomics
