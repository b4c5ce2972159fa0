#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/inference.h"

namespace radiomics {

/// A smooth line through points, with a pointwise band.
struct LocalRegression {
  std::vector<double> x{};  ///< ascending, equally spaced over the range of the points
  std::vector<double> y{};
  std::vector<double> std_error{};  ///< residual variance taken as the same everywhere
};

struct LocalRegressionOptions {
  double span = 0.75;  ///< the part of the points that a local line sees
  int grid = 40;       ///< entries of the result
};

/// At each x a straight line through the nearest points, by least squares with weights that fall to
/// 0 at the farthest of them as the cube of 1 - (distance / farthest)^3. Where all of them share
/// one x the line is level. Empty with fewer than 4 points or a single x; no NaN in, none out.
/// Cost: O(grid x n log n).
/// \source Cleveland 1979, doi:10.1080/01621459.1979.10481038; degrees of freedom by the trace of
///         the smoother
LocalRegression local_regression(std::span<const double> x, std::span<const double> y,
                                 const LocalRegressionOptions& options = {});

}  // namespace radiomics
