#include "radiomics/statistics/poisson_regression.h"

#include <cassert>
#include <cmath>

#include <Eigen/Cholesky>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

using Vector = Eigen::VectorXd;
using MatrixMap = Eigen::Map<const Eigen::MatrixXd>;

constexpr int max_iterations = 50;
constexpr int max_halvings = 50;

double log_likelihood(const Vector& counts, const Vector& log_mean) {
  return counts.dot(log_mean) - log_mean.array().exp().sum();
}

}  // namespace

PoissonFit fit_poisson(std::span<const double> counts, const Matrix& design,
                       std::span<const double> offset) {
  assert(counts.size() == design.rows && offset.size() == design.rows);
  const auto rows = Eigen::Index(design.rows), columns = Eigen::Index(design.columns);
  const MatrixMap x(design.values.data(), rows, columns);
  const Vector y = Eigen::Map<const Vector>(counts.data(), rows);
  const Vector known = Eigen::Map<const Vector>(offset.data(), rows);
  PoissonFit fit{std::vector<double>(design.columns, undefined),
                 std::vector<double>(design.columns, undefined)};
  Vector beta = Vector::Zero(columns);
  for (int iteration = 0; iteration < max_iterations && y.sum() > 0; ++iteration) {
    const Vector log_mean = known + x * beta, mean = log_mean.array().exp();
    const Eigen::LLT<Eigen::MatrixXd> information(x.transpose() * mean.asDiagonal() * x);
    if (information.info() != Eigen::Success) return fit;
    const Vector score = x.transpose() * (y - mean);
    Vector step = information.solve(score);
    // The likelihood is concave: a step that overshoots is halved until it no longer falls.
    const double before = log_likelihood(y, log_mean);
    const double lowest = before - 1e-12 * std::abs(before);
    for (int half = 0; half < max_halvings; ++half) {
      if (log_likelihood(y, known + x * (beta + step)) >= lowest) break;
      step /= 2;
    }
    beta += step;
    // Newton converges quadratically: the step after a score of 1e-6 standard errors is rounding.
    if (score.dot(information.solve(score)) > 1e-18) continue;
    fit.converged = true;
    const Eigen::MatrixXd variance = information.solve(Eigen::MatrixXd::Identity(columns, columns));
    for (Eigen::Index j = 0; j < columns; ++j) {
      fit.coefficients[std::size_t(j)] = beta(j);
      fit.std_errors[std::size_t(j)] = std::sqrt(variance(j, j));
    }
    break;
  }
  return fit;
}

}  // namespace radiomics
