#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/matrix.h"

namespace radiomics {

struct PoissonFit {
  std::vector<double> coefficients;  ///< one per column; NaN if not converged
  std::vector<double> std_errors;
  bool converged = false;
};

/// Counts with mean exp(offset + design x coefficients), by Newton's method with step
/// halving. An intercept is a column of ones. Not converged where the maximum does not exist (no
/// counts, dependent columns). Cost: O(iterations x rows x columns^2).
/// \source McCullagh and Nelder, Generalized Linear Models, section 2.5
PoissonFit fit_poisson(std::span<const double> counts, const Matrix& design,
                       std::span<const double> offset);

}  // namespace radiomics
