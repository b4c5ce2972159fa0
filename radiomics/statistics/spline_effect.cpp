#include "radiomics/statistics/spline_effect.h"

#include <algorithm>
#include <cmath>

#include "radiomics/statistics/restricted_cubic_spline.h"

namespace radiomics {

std::vector<Estimate> spline_effect(std::span<const double> values, double reference,
                                    const SplineFit& fit, double conf_level) {
  const Matrix basis = restricted_cubic_spline(values, fit.knots);
  const Matrix origin = restricted_cubic_spline(std::vector<double>{reference}, fit.knots);
  std::vector<std::size_t> kept;
  for (std::size_t j = 0; j < basis.columns; ++j)
    if (!std::isnan(fit.coefficients[j])) kept.push_back(j);
  std::vector<Estimate> result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto distance = [&](std::size_t j) { return basis(i, j) - origin(0, j); };
    double effect = 0, variance = 0;
    for (const auto j : kept) {
      effect += distance(j) * fit.coefficients[j];
      for (const auto k : kept) variance += distance(j) * distance(k) * fit.vcov(j, k);
    }
    // Rounding can leave the variance of a near certainty a little below 0.
    result.push_back(normal_estimate(effect, std::sqrt(std::max(variance, 0.0)), conf_level));
  }
  return result;
}

}  // namespace radiomics
