#pragma once

#include <span>

namespace radiomics {

/// Mean of the values that are not NaN; NaN if there are none.
double mean_of_defined(std::span<const double> values);

/// Sample standard deviation (divisor n - 1) of the values that are not NaN; NaN for fewer than
/// two.
double sd_of_defined(std::span<const double> values);

/// Standard deviation with divisor n, by which penalised columns are scaled; none is NaN.
double population_sd(std::span<const double> values);

}  // namespace radiomics
