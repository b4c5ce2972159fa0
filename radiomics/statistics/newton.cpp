#include "radiomics/statistics/newton.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Dense>

namespace radiomics {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

VectorXd newton_step(const LocalLikelihood& at) {
  const auto count = Index(at.score.size());
  const auto information = MatrixXd::Map(at.information.values.data(), count, count);
  return information.ldlt().solve(VectorXd::Map(at.score.data(), count));
}

// A gain of the log-likelihood is half the square of the distance in standard errors; after a step
// of this gain the distance is about the square of what it was.
constexpr double small_gain = 1e-13;

constexpr double alias_tolerance = 1e-11;  // of a pivot relative to its diagonal: rounding

std::vector<double> moved(std::vector<double> from, const VectorXd& step, double fraction) {
  for (std::size_t i = 0; i < from.size(); ++i) from[i] += fraction * step(Index(i));
  return from;
}

/// Goes along `step`, or half of it, until the likelihood does not fall; false if it always does.
bool advance(Maximum& best, const LogLikelihood& log_likelihood, const VectorXd& step) {
  const double rounding = 1e-12 * (std::abs(best.at.value) + 1);
  double fraction = 1;
  for (int halvings = 0; halvings < 40; ++halvings, fraction /= 2) {
    auto parameters = moved(best.parameters, step, fraction);
    auto there = log_likelihood(parameters);
    if (!(there.value >= best.at.value - rounding)) continue;
    best.parameters = std::move(parameters);
    best.at = std::move(there);
    return true;
  }
  return false;
}

double mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / double(values.size());
}

double standard_deviation(std::span<const double> values, double mean) {
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / double(values.size()));
}

}  // namespace

Maximum maximise(const LogLikelihood& log_likelihood, std::size_t parameters, int max_iterations) {
  Maximum best;
  best.parameters.assign(parameters, 0);
  best.at = log_likelihood(best.parameters);
  best.converged = parameters == 0;
  while (!best.converged && best.iterations < max_iterations) {
    ++best.iterations;
    const VectorXd step = newton_step(best.at);
    const double gain = step.dot(VectorXd::Map(best.at.score.data(), step.size())) / 2;
    if (!std::isfinite(gain)) return best;
    best.converged = gain <= small_gain;
    if (!advance(best, log_likelihood, step)) break;
  }
  return best;
}

std::vector<std::size_t> independent_parameters(const Matrix& information) {
  const auto count = Index(information.columns);
  const MatrixXd original = MatrixXd::Map(information.values.data(), count, count);
  const double largest = count > 0 ? original.diagonal().maxCoeff() : 0;
  MatrixXd left = original;  // what the parameters that were kept do not explain
  std::vector<std::size_t> kept;
  for (Index j = 0; j < count; ++j) {
    if (!(left(j, j) > alias_tolerance * original(j, j) &&
          original(j, j) > alias_tolerance * largest))
      continue;
    kept.push_back(std::size_t(j));
    const VectorXd column = left.col(j);
    left -= column * column.transpose() / column(j);
  }
  return kept;
}

StandardisedColumns standardised_columns(const Matrix& matrix) {
  StandardisedColumns result{matrix, {}, {}};
  for (std::size_t j = 0; j < matrix.columns; ++j) {
    const auto column = result.values.column(j);
    const double center = mean(column), spread = standard_deviation(column, center);
    const bool constant = !(spread > 1e-13 * std::abs(center));
    for (double& value : column) value = constant ? 0 : (value - center) / spread;
    result.means.push_back(center);
    result.scales.push_back(constant ? 1 : spread);
  }
  return result;
}

std::vector<double> own_parts(const Matrix& information) {
  const auto count = Index(information.columns);
  const MatrixXd matrix = MatrixXd::Map(information.values.data(), count, count);
  const MatrixXd inverse = matrix.ldlt().solve(MatrixXd::Identity(count, count));
  std::vector<double> parts;
  for (Index j = 0; j < count; ++j)
    parts.push_back(std::min(1.0, 1 / std::sqrt(inverse(j, j) * matrix(j, j))));
  return parts;
}

bool is_infinite(double standardised_parameter, double std_error, double own_part) {
  return !(std::abs(standardised_parameter) * own_part <= 10 && std_error * own_part <= 100);
}

}  // namespace radiomics
