#include "radiomics/statistics/penalised_cox_solver.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include <Eigen/Core>

namespace radiomics {
namespace {

using ConstMatrixMap = Eigen::Map<const Eigen::MatrixXd>;
using VectorMap = Eigen::Map<Eigen::VectorXd>;
using ConstVectorMap = Eigen::Map<const Eigen::VectorXd>;

constexpr int most_steps = 200;
constexpr double good_contraction = 0.3;  // a slower step costs more than a new second derivative

ConstVectorMap as_vector(std::span<const double> values) {
  return {values.data(), Eigen::Index(values.size())};
}

ConstMatrixMap as_matrix(const Matrix& matrix) {
  return {matrix.values.data(), Eigen::Index(matrix.rows), Eigen::Index(matrix.columns)};
}

}  // namespace

PenalisedCoxSolver::PenalisedCoxSolver(const PartialLikelihood& likelihood, const Matrix& columns,
                                       std::vector<double> l1, std::vector<double> l2,
                                       double tolerance)
    : likelihood_(likelihood),
      columns_(columns),
      l1_(std::move(l1)),
      l2_(std::move(l2)),
      tolerance_(tolerance),
      b_(columns.columns),
      predictor_(columns.rows),
      seen_gradient_(columns.columns),
      seen_at_(columns.columns),
      is_working_(columns.columns) {
  point_ = likelihood_.at(predictor_);
  seen_residual_ = point_.residual;
  for (std::size_t j = 0; j < columns.columns; ++j) seen_gradient_[j] = gradient_of(j);
}

double PenalisedCoxSolver::gradient_of(std::size_t column) const {
  return -as_vector(columns_.column(column)).dot(as_vector(point_.residual)) /
         double(columns_.rows);
}

void PenalisedCoxSolver::set_lambda(double lambda) {
  lambda_ = lambda;
  penalty_ = {};
  for (const auto j : working_) {
    penalty_.l1.push_back(lambda * l1_[j]);
    penalty_.l2.push_back(lambda * l2_[j]);
  }
}

/// Sums of many steps would lose digits.
void PenalisedCoxSolver::recompute_predictor() {
  std::ranges::fill(predictor_, 0.0);
  VectorMap predictor(predictor_.data(), Eigen::Index(predictor_.size()));
  for (const auto j : working_)
    if (b_[j] != 0) predictor += b_[j] * as_vector(columns_.column(j));
  point_ = likelihood_.at(predictor_);
}

/// No gradient has changed by more than this: the columns have mean square 1.
double PenalisedCoxSolver::distance_since_look() const {
  return (as_vector(point_.residual) - as_vector(seen_residual_)).norm() /
         std::sqrt(double(columns_.rows));
}

/// The columns outside that violate the conditions of the minimum.
std::vector<std::size_t> PenalisedCoxSolver::violators() {
  travelled_ += distance_since_look();
  seen_residual_ = point_.residual;
  std::vector<std::size_t> result;
  outside_violation_ = 0;
  for (std::size_t j = 0; j < columns_.columns; ++j) {
    if (is_working_[j]) continue;
    const double allowed = lambda_ * l1_[j] + 0.5 * tolerance_;
    if (std::abs(seen_gradient_[j]) + (travelled_ - seen_at_[j]) < allowed) continue;
    seen_gradient_[j] = gradient_of(j);
    seen_at_[j] = travelled_;
    const double excess = std::abs(seen_gradient_[j]) - lambda_ * l1_[j];
    if (std::abs(seen_gradient_[j]) > allowed) result.push_back(j);
    outside_violation_ = std::max(outside_violation_, excess);
  }
  return result;
}

/// Adds columns to the quadratic, at the second derivative that it has.
void PenalisedCoxSolver::include(const std::vector<std::size_t>& columns) {
  const std::size_t before = working_.size();
  for (const auto j : columns) {
    working_.push_back(j);
    is_working_[j] = 1;
    working_b_.push_back(b_[j]);
    working_g_.push_back(0);
    penalty_.l1.push_back(lambda_ * l1_[j]);
    penalty_.l2.push_back(lambda_ * l2_[j]);
  }
  if (!has_curvature_ || columns.empty()) return;
  const std::size_t after = working_.size();
  transformed_.columns = after;
  transformed_.values.resize(transformed_.rows * after);
  for (std::size_t k = before; k < after; ++k)
    curvature_.transform(columns_.column(working_[k]), transformed_.column(k));
  const auto z = as_matrix(transformed_);
  const auto added = Eigen::Index(after - before);
  const Eigen::MatrixXd products = z.transpose() * z.rightCols(added);
  Matrix h(after, after);
  for (std::size_t c = 0; c < before; ++c)
    std::ranges::copy(quadratic_.curvature().column(c), h.column(c).begin());
  Eigen::Map<Eigen::MatrixXd> map(h.values.data(), Eigen::Index(after), Eigen::Index(after));
  map.rightCols(added) = products;
  map.bottomRows(added) = products.transpose();
  quadratic_.extend_curvature(std::move(h));
}

/// Columns without a coefficient that do not need one leave; what is known of them stays.
void PenalisedCoxSolver::drop_idle() {
  std::size_t kept = 0;
  for (std::size_t k = 0; k < working_.size(); ++k) {
    const std::size_t j = working_[k];
    if (working_b_[k] != 0 || std::abs(working_g_[k]) > penalty_.l1[k] - tolerance_) {
      working_[kept] = j;
      working_b_[kept] = working_b_[k];
      working_g_[kept++] = working_g_[k];
      continue;
    }
    is_working_[j] = 0;
    seen_gradient_[j] = working_g_[k];
    seen_at_[j] = travelled_ - distance_since_look();  // the way from there to any later place
  }
  working_.resize(kept);
  working_b_.resize(kept);
  working_g_.resize(kept);
  set_lambda(lambda_);
}

/// Takes the second derivative here, for the columns that have a coefficient or need one.
void PenalisedCoxSolver::renew_curvature() {
  drop_idle();
  curvature_ = likelihood_.curvature(point_, 1 / double(columns_.rows));
  transformed_ = Matrix(curvature_.rows(), working_.size());
  for (std::size_t k = 0; k < working_.size(); ++k)
    curvature_.transform(columns_.column(working_[k]), transformed_.column(k));
  Matrix h(working_.size(), working_.size());
  const auto count = Eigen::Index(working_.size());
  Eigen::Map<Eigen::MatrixXd> map(h.values.data(), count, count);
  map.selfadjointView<Eigen::Lower>().rankUpdate(as_matrix(transformed_).transpose());
  map.triangularView<Eigen::StrictlyUpper>() = map.transpose();
  quadratic_.set_curvature(std::move(h));
  has_curvature_ = curvature_is_current_ = true;
}

/// Coefficients and gradient of the working columns.
void PenalisedCoxSolver::gather() {
  working_b_.resize(working_.size());
  working_g_.resize(working_.size());
  for (std::size_t k = 0; k < working_.size(); ++k) {
    working_b_[k] = b_[working_[k]];
    working_g_[k] = gradient_of(working_[k]);
  }
}

double PenalisedCoxSolver::objective(const std::vector<double>& working_b,
                                     double log_likelihood) const {
  double sum = -log_likelihood / double(columns_.rows);
  for (std::size_t k = 0; k < working_b.size(); ++k)
    sum += penalty_.l1[k] * std::abs(working_b[k]) +
           0.5 * penalty_.l2[k] * working_b[k] * working_b[k];
  return sum;
}

/// Goes to `target`, or part of the way if the objective does not fall as it should there.
bool PenalisedCoxSolver::move(const std::vector<double>& target, double predicted) {
  const double before = objective(working_b_, point_.log_likelihood);
  const double rounding = 1e-13 * (1 + std::abs(before));
  Eigen::VectorXd direction = Eigen::VectorXd::Zero(Eigen::Index(predictor_.size()));
  for (std::size_t k = 0; k < target.size(); ++k)
    if (target[k] != working_b_[k])
      direction += (target[k] - working_b_[k]) * as_vector(columns_.column(working_[k]));
  const std::vector<double> start = predictor_;
  double length = 1;
  while (length > 1e-6) {
    std::vector<double> next = target;
    for (std::size_t k = 0; length < 1 && k < next.size(); ++k)
      next[k] = working_b_[k] + length * (target[k] - working_b_[k]);
    for (std::size_t i = 0; i < start.size(); ++i)
      predictor_[i] = start[i] + length * direction(Eigen::Index(i));
    auto point = likelihood_.at(predictor_);
    if (objective(next, point.log_likelihood) <= before + 1e-4 * length * predicted + rounding) {
      for (std::size_t k = 0; k < next.size(); ++k) b_[working_[k]] = next[k];
      point_ = std::move(point);
      return true;
    }
    if (!curvature_is_current_) break;  // better a new direction than a short step
    length /= 2;
  }
  predictor_ = start;
  return false;
}

/// One step of Newton's method on the working columns.
bool PenalisedCoxSolver::step() {
  if (!has_curvature_) renew_curvature();
  for (;;) {
    auto target = working_b_, gradient = working_g_;
    const double violation = PenalisedQuadratic::violation(target, gradient, penalty_);
    quadratic_.minimise(target, gradient, penalty_, std::max(0.1 * tolerance_, 1e-4 * violation));
    double predicted = objective(target, 0) - objective(working_b_, 0);
    for (std::size_t k = 0; k < target.size(); ++k)
      predicted += working_g_[k] * (target[k] - working_b_[k]);
    if (move(target, predicted)) {
      curvature_is_current_ = false;
      return true;
    }
    if (curvature_is_current_) return false;
    renew_curvature();
  }
}

bool PenalisedCoxSolver::solve(double lambda) {
  set_lambda(lambda);
  recompute_predictor();
  if (!std::isfinite(point_.log_likelihood)) return false;
  include(violators());
  gather();
  violation_ = PenalisedQuadratic::violation(working_b_, working_g_, penalty_);
  double look_at = 0.01 * lambda;
  for (int k = 0; k < most_steps; ++k) {
    if (violation_ <= std::max(look_at, tolerance_)) {
      const auto added = violators();
      if (added.empty() && violation_ <= tolerance_) return true;
      look_at = added.empty() ? 0 : 0.01 * lambda;
      include(added);
      if (!added.empty()) gather();
      violation_ = PenalisedQuadratic::violation(working_b_, working_g_, penalty_);
    }
    const double before = violation_;
    if (!step()) return violation_ <= tolerance_;
    gather();
    violation_ = PenalisedQuadratic::violation(working_b_, working_g_, penalty_);
    if (violation_ > good_contraction * before && violation_ > tolerance_) renew_curvature();
  }
  return false;
}

}  // namespace radiomics
