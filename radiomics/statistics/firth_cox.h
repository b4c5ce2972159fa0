#pragma once

#include <vector>

#include "radiomics/statistics/cox.h"

namespace radiomics {

struct FirthOptions {
  double conf_level = 0.95;
  int max_iterations = 500;
};

/// A Cox model fitted to the partial likelihood times the root of the determinant of its
/// information: all coefficients are finite, also where groups are separated. One entry per column
/// of the covariates, NaN where it is aliased.
struct FirthCoxFit {
  std::vector<double> coefficients;
  std::vector<double> std_errors;  ///< from the information at the penalised estimates
  std::vector<double> conf_low;    ///< of coefficients, by the profile of the penalised likelihood
  std::vector<double> conf_high;
  std::vector<double> p_values;  ///< penalised likelihood ratio against the coefficient 0
  Matrix vcov;
  double log_likelihood_null = undefined;  ///< penalised, at all coefficients 0
  double log_likelihood = undefined;       ///< penalised
  Test likelihood_ratio;
  bool converged = false;
};

/// Breslow's ties. The information is that of columns divided by their standard deviations, which
/// makes the penalised likelihood independent of units. The penalty holds the information of all
/// terms, also where one of them is held fixed in its profile. All NaN without events. Cost: O(rows
/// x terms^3) per iteration, a profile of about 100 iterations per term. \source Heinze and
/// Schemper 2001, doi:10.1111/j.0006-341X.2001.00114.x; Firth 1993,
///         doi:10.1093/biomet/80.1.27
FirthCoxFit fit_firth_cox(const CoxData& data, const FirthOptions& options = {});

}  // namespace radiomics
