#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// Where the knots of a spline of a variable lie by default: at quantiles of its values, which for
/// 3 knots are 0.10, 0.50, 0.90, for 4 0.05, 0.35, 0.65, 0.95, for 5 0.05, 0.275, 0.50, 0.725,
/// 0.95, for 6 0.05 and steps of 0.18, for 7 0.025 and steps of 0.95 / 6; quantiles are
/// interpolated between the order statistics. With fewer than 100 values and more than 3 knots the
/// outer ones are the fifth smallest and the fifth largest value. NaN values are passed over. Empty
/// where `count` is not 3 to 7 or the knots are not distinct: the variable has too few values.
/// \source Harrell, Regression Modeling Strategies, 2015, doi:10.1007/978-3-319-19425-7,
/// section 2.4
std::vector<double> default_knots(std::span<const double> values, int count);

/// The basis of a cubic spline that is linear beyond its outer knots: the variable itself, then
/// knots - 2 columns that are not linear, divided by (last knot - first knot) squared, so that all
/// columns have the unit of the variable. `knots`: three or more, ascending. NaN stays NaN.
/// \source Stone and Koo 1985; Harrell as above
Matrix restricted_cubic_spline(std::span<const double> values, std::span<const double> knots);

}  // namespace radiomics
