#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

struct LogRankTest {
  double rho = 0;        ///< deaths are weighted by S(t-)^rho: 0 log-rank, 1 Peto and Peto
  double statistic = 0;  ///< 0 where fewer than two groups can be compared
  int df = 0;
  double p_value = 0;  ///< NaN where df is 0

  // One entry per group.
  std::vector<int> n;
  std::vector<double> observed;  ///< weighted deaths
  std::vector<double> expected;
  std::vector<double> variance;  ///< of observed - expected: groups x groups, row by row
};

/// Tests whether `groups` (one of 0 .. group_count-1 per patient) have one hazard within each
/// stratum (`strata`, numbered from 0; empty: one stratum). With rho > 0 the weights are the
/// Kaplan-Meier estimate of the stratum just before the time.
///
/// The variance is hypergeometric. Groups that expect no deaths are left out of the statistic; df
/// is the rank of what remains, which is the number of groups less one unless strata separate them.
/// Cost: one sort, then O(distinct times x groups^2).
/// \source Harrington and Fleming 1982, doi:10.1093/biomet/69.3.553
LogRankTest log_rank(const SurvivalData& data, std::span<const int> groups, int group_count,
                     std::span<const int> strata = {}, double rho = 0);

/// Whether the hazard rises or falls with a score of the groups, 1, 2, 3 for example: the square of
/// the sum of score x (observed - expected), by its variance, with one degree of freedom. More
/// powerful than the test above where the groups are ordered; without ties it is the score test of
/// the scores as a covariate of a Cox model, with ties that of the exact likelihood. NaN where the
/// groups that can be compared have one score.
/// \param scores  one per group of `test`; only their distances count
/// \source Tarone 1975, doi:10.1093/biomet/62.3.679
Test log_rank_trend(const LogRankTest& test, std::span<const double> scores);

}  // namespace radiomics
