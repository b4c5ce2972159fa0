#include "radiomics/statistics/restricted_cubic_spline.h"

#include <algorithm>
#include <cmath>

namespace radiomics {
namespace {

/// The quantile that lies p of the way from the first to the last of sorted values.
double quantile_of(const std::vector<double>& sorted, double p) {
  const double place = p * double(sorted.size() - 1);
  const auto below = std::min(std::size_t(place + 4e-16 * place), sorted.size() - 1);
  const auto above = std::min(below + 1, sorted.size() - 1);
  const double part = std::max(0.0, place - double(below));
  return sorted[below] + part * (sorted[above] - sorted[below]);
}

/// The outer quantile; the others lie evenly between it and its mirror image.
double outer_quantile(int count) { return count == 3 ? 0.10 : count == 7 ? 0.025 : 0.05; }

double cubed_above(double value, double knot) {
  const double above = std::max(0.0, value - knot);
  return above * above * above;
}

}  // namespace

std::vector<double> default_knots(std::span<const double> values, int count) {
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](double x) { return !std::isnan(x); });
  std::ranges::sort(sorted);
  if (count < 3 || count > 7 || sorted.empty()) return {};
  const double outer = outer_quantile(count);
  std::vector<double> knots;
  for (int k = 0; k < count; ++k)
    knots.push_back(quantile_of(sorted, outer + (1 - 2 * outer) * k / (count - 1)));
  if (sorted.size() < 100 && sorted.size() >= 10 && count > 3) {
    knots.front() = sorted[4];
    knots.back() = sorted[sorted.size() - 5];
  }
  for (std::size_t k = 1; k < knots.size(); ++k)
    if (!(knots[k] > knots[k - 1])) return {};
  return knots;
}

Matrix restricted_cubic_spline(std::span<const double> values, std::span<const double> knots) {
  const std::size_t count = knots.size();
  Matrix basis(values.size(), count - 1);
  std::ranges::copy(values, basis.column(0).begin());
  const double last = knots[count - 1], next = knots[count - 2];
  const double norm = (last - knots[0]) * (last - knots[0]);
  for (std::size_t j = 0; j + 2 < count; ++j)
    for (std::size_t i = 0; i < values.size(); ++i) {
      // The weights of the last two knots cancel the cubic and the quadratic terms beyond them.
      const double x = values[i];
      const double cubic = cubed_above(x, knots[j]) -
                           cubed_above(x, next) * (last - knots[j]) / (last - next) +
                           cubed_above(x, last) * (next - knots[j]) / (last - next);
      basis(i, j + 1) = std::isnan(x) ? x : cubic / norm;
    }
  return basis;
}

}  // namespace radiomics
