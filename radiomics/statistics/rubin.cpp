#include "radiomics/statistics/rubin.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

}  // namespace

PooledEstimate pool(std::span<const double> estimates, std::span<const double> variances) {
  const auto m = double(estimates.size());
  if (m < 2)
    return {undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined};
  PooledEstimate result;
  result.estimate = mean(estimates);
  result.within = mean(variances);
  for (const double estimate : estimates)
    result.between += (estimate - result.estimate) * (estimate - result.estimate) / (m - 1);
  const double added = (1 + 1 / m) * result.between;
  result.variance = result.within + added;
  result.std_error = std::sqrt(result.variance);
  result.lambda = result.variance == 0 ? 0 : added / result.variance;
  result.df = (m - 1) / (result.lambda * result.lambda);
  const double t = result.estimate / result.std_error;
  result.p_value = std::isinf(result.df) ? normal_p(t) : student_p(t, result.df);
  return result;
}

PooledInterval interval(const PooledEstimate& pooled, double conf_level) {
  if (std::isnan(pooled.std_error)) return {undefined, undefined};
  const double quantile = std::isinf(pooled.df) ? normal_quantile_two_sided(conf_level)
                                                : student_quantile_two_sided(conf_level, pooled.df);
  const double half_width = quantile * pooled.std_error;
  return {pooled.estimate - half_width, pooled.estimate + half_width};
}

}  // namespace radiomics
