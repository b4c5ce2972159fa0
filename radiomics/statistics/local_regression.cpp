#include "radiomics/statistics/local_regression.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace radiomics {
namespace {

/// The distance to the farthest of the nearest `count` points.
double bandwidth_at(std::span<const double> x, double at, std::size_t count) {
  std::vector<double> distances;
  for (const double value : x) distances.push_back(std::abs(value - at));
  std::ranges::nth_element(distances, distances.begin() + std::ptrdiff_t(count - 1));
  return distances[count - 1];
}

double tricube(double distance, double bandwidth) {
  const double part = bandwidth > 0 ? distance / bandwidth : (distance > 0 ? 1 : 0);
  return part < 1 ? std::pow(1 - part * part * part, 3) : 0;
}

/// What each y contributes to the height of the line at `at`.
std::vector<double> smoother_row(std::span<const double> x, double at, std::size_t count) {
  // A little wider, so that the farthest point counts and ties at it do not leave a single x.
  const double bandwidth = bandwidth_at(x, at, count) * (1 + 1e-6);
  std::vector<double> row;
  double sum = 0, mean = 0, squares = 0;
  for (const double value : x) {
    row.push_back(tricube(std::abs(value - at), bandwidth));
    sum += row.back();
    mean += row.back() * value;
  }
  mean /= sum;
  for (std::size_t i = 0; i < x.size(); ++i) squares += row[i] * (x[i] - mean) * (x[i] - mean);
  const double lever = squares > 0 ? (at - mean) / squares : 0;
  for (std::size_t i = 0; i < x.size(); ++i) row[i] *= 1 / sum + lever * (x[i] - mean);
  return row;
}

double product(const std::vector<double>& row, std::span<const double> y) {
  double sum = 0;
  for (std::size_t i = 0; i < row.size(); ++i) sum += row[i] * y[i];
  return sum;
}

double residual_variance(std::span<const double> x, std::span<const double> y, std::size_t count) {
  double squares = 0, trace = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto row = smoother_row(x, x[i], count);
    const double residual = y[i] - product(row, y);
    squares += residual * residual;
    trace += row[i];
  }
  return squares / std::max(1.0, double(x.size()) - trace);
}

}  // namespace

LocalRegression local_regression(std::span<const double> x, std::span<const double> y,
                                 const LocalRegressionOptions& options) {
  assert(x.size() == y.size() && options.grid > 1);
  LocalRegression result;
  if (x.size() < 4) return result;
  const auto [low, high] = std::ranges::minmax(x);
  if (low == high) return result;
  const auto wanted = std::size_t(std::ceil(options.span * double(x.size())));
  const std::size_t count = std::clamp<std::size_t>(wanted, 3, x.size());
  const double variance = residual_variance(x, y, count);
  for (int i = 0; i < options.grid; ++i) {
    const double at = low + (high - low) * i / (options.grid - 1);
    const auto row = smoother_row(x, at, count);
    double squares = 0;
    for (const double weight : row) squares += weight * weight;
    result.x.push_back(at);
    result.y.push_back(product(row, y));
    result.std_error.push_back(std::sqrt(variance * squares));
  }
  return result;
}

}  // namespace radiomics
