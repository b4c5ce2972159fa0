#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/competing_risks_data.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

struct GrayTest {
  double statistic = 0;  ///< 0 where fewer than two groups can be compared
  int df = 0;
  double p_value = 0;  ///< NaN where df is 0

  std::vector<int> n;         ///< one entry per group
  std::vector<double> score;  ///< weighted difference of events, one entry per group; sums to 0
  Matrix variance;            ///< of the scores: groups x groups, of rank df
};

/// Tests whether `groups` (one of 0 ... group_count - 1 per patient) have one cumulative incidence
/// of `cause` (1 or 2) within each stratum (`strata`, numbered from 0; empty: one stratum): the
/// subdistribution hazards are compared, with weights of rho = 0, as cuminc of R's cmprsk does.
/// Without events of the other cause and with one group at risk it is the log-rank test with
/// another variance.
///
/// df is the rank of the variance: the number of groups less one where all can be compared.
/// Cost: one sort, then O(distinct times x groups^3).
/// \source Gray 1988, doi:10.1214/aos/1176350951
GrayTest gray_test(const CompetingRisksData& data, int cause, std::span<const int> groups,
                   int group_count, std::span<const int> strata = {});

}  // namespace radiomics
