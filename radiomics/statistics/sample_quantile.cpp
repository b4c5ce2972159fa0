#include "radiomics/statistics/sample_quantile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

double quantile_of_sorted(const std::vector<double>& sorted, double p) {
  if (sorted.empty()) return undefined;
  const double position = double(sorted.size() - 1) * p;
  const auto low = std::size_t(std::floor(position)), high = std::size_t(std::ceil(position));
  const double part = position - double(low);
  return sorted[low] == sorted[high] ? sorted[low] : (1 - part) * sorted[low] + part * sorted[high];
}

}  // namespace

std::vector<double> sample_quantiles(std::span<const double> values, std::span<const double> p) {
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](double v) { return !std::isnan(v); });
  std::ranges::sort(sorted);
  std::vector<double> result;
  for (const double one : p) result.push_back(quantile_of_sorted(sorted, one));
  return result;
}

double sample_quantile(std::span<const double> values, double p) {
  return sample_quantiles(values, std::array{p})[0];
}

Interval percentile_interval(std::span<const double> values, double level) {
  const auto limits = sample_quantiles(values, std::array{(1 - level) / 2, (1 + level) / 2});
  return {limits[0], limits[1]};
}

}  // namespace radiomics
