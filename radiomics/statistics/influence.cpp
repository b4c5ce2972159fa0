#include "radiomics/statistics/influence.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace radiomics {
namespace {

double std_error_of_mean(std::span<const double> values) {
  const double n = double(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return n > 1 ? std::sqrt(squares / (n - 1) / n) : undefined;
}

}  // namespace

InfluenceEstimate influence_estimate(double estimate, std::vector<double> influence, double level) {
  Estimate result = normal_estimate(estimate, std_error_of_mean(influence), level);
  if (result.conf_low < 0) result.conf_low = 0;  // NaN stays
  if (result.conf_high > 1) result.conf_high = 1;
  return {result, std::move(influence)};
}

Estimate difference(const InfluenceEstimate& first, const InfluenceEstimate& second, double level) {
  const std::size_t n = std::min(first.influence.size(), second.influence.size());
  std::vector<double> joint(n);
  for (std::size_t i = 0; i < n; ++i) joint[i] = second.influence[i] - first.influence[i];
  return normal_estimate(second.estimate.estimate - first.estimate.estimate,
                         std_error_of_mean(joint), level);
}

}  // namespace radiomics
