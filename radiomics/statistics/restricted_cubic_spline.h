#pragma once
#include <span>
#include <vector>

#include "radiomics/statistics/matrix.h"
namespace radiomics {
std::vector<double> default_knots(std::span<const double> values, int count);
Matrix restricted_cubic_spline(std::span<const double> values, std::span<const double> knots);
}  // namespace radiomics
