#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// Rows (from 0) of one bootstrap sample, a row as often as it is drawn.
using Resample = std::vector<std::size_t>;

/// `count` samples of `patients` rows drawn with replacement, sample b from the stream of its own
/// number.
std::vector<Resample> bootstrap_samples(std::size_t patients, std::size_t count,
                                        std::uint64_t seed);

/// How one refitted model did. NaN where undefined.
struct ResampleScores {
  double train = undefined;       ///< C on the sample that it was fitted to
  double test = undefined;        ///< C on the original patients
  double out_of_bag = undefined;  ///< C on those of them who are not in the sample
  double slope = undefined;       ///< calibration slope on the original patients
};

/// The validation that follows from the scores; means are over the resamples in which what is
/// averaged is defined.
struct OptimismBootstrap {
  double apparent = undefined;
  double optimism = undefined;          ///< mean of train - test
  double corrected = undefined;         ///< apparent - optimism
  double out_of_bag = undefined;        ///< mean
  double estimate_632 = undefined;      ///< 0.368 apparent + 0.632 out_of_bag
  double overfitting_rate = undefined;  ///< how far out_of_bag lies from apparent towards 0.5
  double weight_632plus = undefined;
  double estimate_632plus = undefined;
  double corrected_slope = undefined;  ///< mean
  /// Percentiles of train. They show the spread of C over samples; an interval of the corrected C
  /// they are not.
  Interval percentiles{undefined, undefined};
  std::vector<ResampleScores> resamples{};
  // Resamples in which a term was not estimable; it counts as 0 there.
  int aliased = 0;   ///< a factor level was not drawn, or a column became constant
  int infinite = 0;  ///< a level without an event: monotone likelihood
  int failed = 0;    ///< resamples without a fit (no events, no convergence): left out
};

/// For any model: `resamples` are the scores of its refits, `apparent` its C on the patients it was
/// fitted to.
/// \source Harrell, Lee, Mark 1996,
/// doi:10.1002/(SICI)1097-0258(19960229)15:4<361::AID-SIM168>3.0.CO;2-4;
///         .632+: Efron and Tibshirani 1997, doi:10.1080/01621459.1997.10474007, with the
///         no-information C 0.5 and, as C is better when larger, the rate
///         (apparent - out_of_bag) / (apparent - 0.5) within [0, 1]
OptimismBootstrap summarise_optimism(double apparent, std::vector<ResampleScores> resamples,
                                     double conf_level);

/// The coefficient of a linear predictor in a Cox model of it alone: below 1 if it promises
/// differences larger than there are. NaN if it does not vary.
/// \source van Houwelingen 2000, doi:10.1002/1097-0258(20001230)19:24<3401::AID-SIM554>3.0.CO;2-2
double calibration_slope(const CoxRiskSets& sets, std::span<const double> linear_predictor,
                         Ties ties);

struct BootstrapOptions {
  Ties ties = Ties::efron;
  double conf_level = 0.95;
  int threads = 1;
};

/// Harrell's C (within strata) of a Cox model that is refitted in every resample. A term that is
/// not estimable in a resample counts as 0 there. The result does not depend on the number of
/// threads. Cost: two Cox fits per resample.
OptimismBootstrap bootstrap_cox(const CoxData& data, std::span<const Resample> resamples,
                                const BootstrapOptions& options = {});

/// A measure of fixed predictions over resamples of the patients. Resamples in which it is
/// undefined are NaN and do not count. For other levels take percentile_interval() of them.
struct BootstrapEstimate {
  double estimate = undefined;   ///< on the original patients
  double std_error = undefined;  ///< sample standard deviation over the resamples
  Interval percentiles{undefined, undefined};
  std::vector<double> resamples{};
};

/// Harrell's C of `second` minus that of `first`, both fixed risks of the same patients; pairs
/// within `strata`, numbered from 0, where there are some. Cost: O(n log n) per resample.
BootstrapEstimate bootstrap_concordance_difference(const SurvivalData& data,
                                                   std::span<const double> first,
                                                   std::span<const double> second,
                                                   std::span<const Resample> resamples,
                                                   const BootstrapOptions& options = {},
                                                   std::span<const int> strata = {});

/// concordance() of a fixed risk. Uno's weights are estimated anew in every resample, which their
/// standard error by the jackknife leaves out. Cost: O(n log n) per resample.
BootstrapEstimate bootstrap_concordance(const SurvivalData& data, std::span<const double> risk,
                                        std::span<const Resample> resamples,
                                        const ConcordanceOptions& pairs,
                                        std::span<const int> strata = {}, int threads = 1);

}  // namespace radiomics
