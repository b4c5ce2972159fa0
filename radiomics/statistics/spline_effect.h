#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// The part of a fitted model that is the spline of one variable.
struct SplineFit {
  std::span<const double> knots;         ///< as restricted_cubic_spline() has them
  std::span<const double> coefficients;  ///< of its columns; NaN: dropped from the model, counts
                                         ///< as 0
  const Matrix& vcov;                    ///< of the coefficients
};

/// By how much the linear predictor at each of `values` exceeds that at `reference`, all else being
/// equal, with Wald limits: in a Cox model the log hazard ratio. At the reference it is 0 without
/// error. Where the spline is a straight line of slope b it is b (value - reference).
/// \source Harrell, Regression Modeling Strategies, 2015, doi:10.1007/978-3-319-19425-7, chapter 2
std::vector<Estimate> spline_effect(std::span<const double> values, double reference,
                                    const SplineFit& fit, double conf_level);

}  // namespace radiomics
