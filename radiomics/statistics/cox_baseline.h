#pragma once

#include <vector>

#include "radiomics/statistics/cox.h"

namespace radiomics {

/// The cumulative baseline hazard of one stratum, one entry per distinct time, ascending. After a
/// time it stays what it is until the next; before the first it is 0.
struct BaselineHazard {
  std::vector<double> time;
  std::vector<double> at_zero;   ///< H0 of a patient whose covariates are all 0
  std::vector<double> at_means;  ///< of one at CoxFit::means
  // What the standard error of a prediction needs, on the scale of at_means.
  std::vector<double> variance;  ///< of at_means, the coefficients taken as known
  Matrix mean_integral;          ///< times x terms: integral of the mean of those at risk, less
                                 ///< CoxFit::means, over the hazard; 0 for terms not estimable
};

/// One per stratum. Efron's ties: the sum over the deaths of a time of 1 / Efron's denominator;
/// Breslow's and exact ties: deaths / sum of risks. Offsets count as risk. Columns of zeros and
/// hazards of NaN if a coefficient is infinite. Cost: a sort, then O(rows x terms).
/// \source Breslow 1974, doi:10.2307/2529620; with Efron's ties: Therneau and Grambsch, Modeling
///         Survival Data, 2000, chapter 10
std::vector<BaselineHazard> cox_baseline(const CoxFit& fit, const CoxData& data);

}  // namespace radiomics
