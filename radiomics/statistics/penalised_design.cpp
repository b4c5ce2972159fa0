#include "radiomics/statistics/penalised_design.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include <Eigen/Core>
#include <Eigen/QR>

namespace radiomics {
namespace {

/// Centres the values and makes their mean square 1; returns the standard deviation, 0 (and values
/// 0) if they differ by rounding at most.
double standardise(std::span<double> values) {
  const auto [least, most] = std::ranges::minmax(values);
  Eigen::Map<Eigen::ArrayXd> column(values.data(), Eigen::Index(values.size()));
  if (!(most - least > 1e-13 * std::max(std::abs(least), std::abs(most)))) {
    column = 0;
    return 0;
  }
  column -= column.mean();
  column -= column.mean();                         // what rounding left
  const double largest = column.abs().maxCoeff();  // a square may overflow
  column /= largest;
  const double deviation = std::sqrt(column.square().mean());
  column /= deviation;
  return deviation * largest;
}

std::vector<double> scaled_factors(const std::vector<double>& factors, std::size_t count) {
  if (factors.empty()) return std::vector<double>(count, 1.0);
  assert(factors.size() == count);
  std::vector<double> result = factors;
  const double sum = std::accumulate(factors.begin(), factors.end(), 0.0);
  for (auto& factor : result)
    if (sum > 0) factor *= double(count) / sum;
  return result;
}

}  // namespace

std::vector<double> PenalisedDesign::on_original_scale(std::span<const double> coefficients) const {
  std::vector<double> result(coefficients.size());
  for (std::size_t j = 0; j < result.size(); ++j)
    if (scale[j] > 0) result[j] = coefficients[j] / scale[j];
  return result;
}

PenalisedDesign penalised_design(const Matrix& covariates, std::span<const std::size_t> order,
                                 const PenalisedCoxOptions& options) {
  PenalisedDesign design;
  design.columns = rows_of(covariates, order);
  design.factor = scaled_factors(options.penalty_factors, covariates.columns);
  for (std::size_t j = 0; j < covariates.columns; ++j) {
    const double scale = standardise(design.columns.column(j));
    // On coefficients of standardised columns, a penalty on the original ones is a smaller one.
    const double unit = options.standardize || scale == 0 ? 1 : scale;
    design.scale.push_back(scale);
    design.l1.push_back(options.alpha * design.factor[j] / unit);
    design.l2.push_back((1 - options.alpha) * design.factor[j] / (unit * unit));
  }
  return design;
}

std::vector<double> RotatedRidge::rotate_back(std::span<const double> coefficients) const {
  const Eigen::Map<const Eigen::MatrixXd> map(rotation.values.data(), Eigen::Index(rotation.rows),
                                              Eigen::Index(rotation.columns));
  const Eigen::VectorXd result = map * Eigen::Map<const Eigen::VectorXd>(
                                           coefficients.data(), Eigen::Index(coefficients.size()));
  return {result.begin(), result.end()};
}

// With c_j = sqrt(l2_j) b_j the penalised part is A c for A = X / sqrt(l2), and A' = Q R gives
// A c = R' (Q'c): as many columns as rows, and the length of Q'c is that of c.
RotatedRidge rotated_ridge(const PenalisedDesign& design) {
  const auto n = Eigen::Index(design.columns.rows);
  std::vector<std::size_t> penalised, free;
  for (std::size_t j = 0; j < design.l2.size(); ++j)
    (design.l2[j] > 0 ? penalised : free).push_back(j);
  const auto count = Eigen::Index(penalised.size());
  Eigen::MatrixXd transposed(count, n);
  for (Eigen::Index k = 0; k < count; ++k) {
    const auto j = penalised[std::size_t(k)];
    const auto column = design.columns.column(j);
    transposed.row(k) =
        Eigen::Map<const Eigen::RowVectorXd>(column.data(), n) / std::sqrt(design.l2[j]);
  }
  const Eigen::HouseholderQR<Eigen::MatrixXd> decomposition(transposed);
  const Eigen::Index rank = std::min(n, count);
  Eigen::MatrixXd r = decomposition.matrixQR().topRows(rank);
  r.triangularView<Eigen::StrictlyLower>().setZero();
  const Eigen::MatrixXd q = decomposition.householderQ() * Eigen::MatrixXd::Identity(count, rank);

  RotatedRidge result;
  result.columns = Matrix(design.columns.rows, std::size_t(rank) + free.size());
  result.rotation = Matrix(design.l2.size(), result.columns.columns);
  for (Eigen::Index k = 0; k < rank; ++k) {
    const auto c = std::size_t(k);
    const Eigen::VectorXd column = r.row(k).transpose();
    const double size = std::sqrt(column.squaredNorm() / double(n));
    const double unit = size > 0 ? size : 1;
    for (Eigen::Index i = 0; i < n; ++i) result.columns(std::size_t(i), c) = column(i) / unit;
    result.l2.push_back(1 / (unit * unit));
    for (Eigen::Index i = 0; i < count; ++i) {
      const auto j = penalised[std::size_t(i)];
      result.rotation(j, c) = q(i, k) / (unit * std::sqrt(design.l2[j]));
    }
  }
  for (std::size_t k = 0; k < free.size(); ++k) {
    const std::size_t c = std::size_t(rank) + k;
    std::ranges::copy(design.columns.column(free[k]), result.columns.column(c).begin());
    result.rotation(free[k], c) = 1;
    result.l2.push_back(0);
  }
  result.l1.resize(result.l2.size());
  return result;
}

}  // namespace radiomics
