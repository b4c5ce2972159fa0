#pragma once

#include <span>

#include "radiomics/statistics/cox_likelihood.h"

namespace radiomics {

/// The discrete logistic likelihood without the linear predictors of the deaths, which
/// CoxLikelihood adds, but with their part of the gradient. `x`: rows x columns, row after row, and
/// all by position.
/// Cost: O(deaths x at risk x tied deaths x columns^2).
/// \source Gail, Lubin and Rubinstein 1981, doi:10.1093/biomet/68.3.703
CoxDerivatives exact_derivatives(const CoxRiskSets& sets, std::span<const double> x,
                                 std::span<const double> count, std::span<const double> predictor);

}  // namespace radiomics
