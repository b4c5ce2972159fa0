#include "radiomics/statistics/penalised_quadratic.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <Eigen/Core>

namespace radiomics {
namespace {

using ConstMatrixMap = Eigen::Map<const Eigen::MatrixXd>;

double violation_at(double b, double g, double l1, double l2) {
  return b == 0 ? std::max(0.0, std::abs(g) - l1) : std::abs(g + l2 * b + std::copysign(l1, b));
}

}  // namespace

void PenalisedQuadratic::set_curvature(Matrix curvature) {
  curvature_ = std::move(curvature);
  support_.clear();
}

void PenalisedQuadratic::extend_curvature(Matrix curvature) { curvature_ = std::move(curvature); }

double PenalisedQuadratic::violation(std::span<const double> b, std::span<const double> g,
                                     const Penalty& penalty) {
  double largest = 0;
  for (std::size_t j = 0; j < b.size(); ++j)
    largest = std::max(largest, violation_at(b[j], g[j], penalty.l1[j], penalty.l2[j]));
  return largest;
}

void PenalisedQuadratic::sweep(std::vector<double>& b, std::vector<double>& g,
                               const Penalty& penalty, double negligible) const {
  const std::size_t count = b.size();
  for (std::size_t j = 0; j < count; ++j) {
    const auto column = curvature_.column(j);
    const double curvature = column[j] + penalty.l2[j];
    if (!(curvature > 0)) continue;
    if (violation_at(b[j], g[j], penalty.l1[j], penalty.l2[j]) <= negligible) continue;
    const double target = column[j] * b[j] - g[j];
    const double size = std::max(0.0, std::abs(target) - penalty.l1[j]);
    const double change = std::copysign(size, target) / curvature - b[j];
    b[j] = size == 0 ? 0 : b[j] + change;
    for (std::size_t i = 0; i < count; ++i) g[i] += change * column[i];
  }
}

bool PenalisedQuadratic::renew_factor(const std::vector<std::size_t>& support,
                                      const Penalty& penalty) {
  Matrix matrix(support.size(), support.size());
  ridge_.clear();
  for (std::size_t c = 0; c < support.size(); ++c) {
    for (std::size_t r = c; r < support.size(); ++r)
      matrix(r, c) = curvature_(support[r], support[c]);
    ridge_.push_back(penalty.l2[support[c]]);
    matrix(c, c) += ridge_.back();
  }
  support_ = support;
  return factor_.assign(matrix);
}

/// Only what has changed: the columns of support_ keep their order, new ones come behind.
bool PenalisedQuadratic::update_factor(const std::vector<std::size_t>& support,
                                       const Penalty& penalty) {
  for (std::size_t k = support_.size(); k-- > 0;) {
    if (std::ranges::binary_search(support, support_[k])) continue;
    factor_.remove(k);
    support_.erase(support_.begin() + std::ptrdiff_t(k));
    ridge_.erase(ridge_.begin() + std::ptrdiff_t(k));
  }
  std::vector<char> present(curvature_.columns);
  for (const auto j : support_) present[j] = 1;
  for (const auto j : support) {
    if (present[j]) continue;
    std::vector<double> beside;
    for (const auto i : support_) beside.push_back(curvature_(i, j));
    if (!factor_.append(beside, curvature_(j, j) + penalty.l2[j])) return false;
    support_.push_back(j);
    ridge_.push_back(penalty.l2[j]);
  }
  return true;
}

/// `support` ascending.
bool PenalisedQuadratic::factorise(const std::vector<std::size_t>& support,
                                   const Penalty& penalty) {
  std::size_t kept = 0;
  bool same_ridge = true;
  for (std::size_t k = 0; k < support_.size(); ++k) {
    kept += std::ranges::binary_search(support, support_[k]);
    same_ridge = same_ridge && ridge_[k] == penalty.l2[support_[k]];
  }
  const std::size_t changes = support.size() + support_.size() - 2 * kept;
  // More changes than a sixth of the columns cost as much as a new factor does.
  const bool small = same_ridge && 6 * changes < support.size();
  const bool regular = small ? update_factor(support, penalty) : renew_factor(support, penalty);
  if (!regular) support_.clear();
  return regular;
}

PenalisedQuadratic::Step PenalisedQuadratic::solve_for_support(std::vector<double>& b,
                                                               std::vector<double>& g,
                                                               const Penalty& penalty) {
  std::vector<std::size_t> support;
  for (std::size_t j = 0; j < b.size(); ++j)
    if (b[j] != 0 || penalty.l1[j] == 0) support.push_back(j);
  if (support.empty() || !factorise(support, penalty)) return Step::none;
  std::vector<double> step;
  for (const auto j : support_) {
    const double l1 = penalty.l1[j] == 0 ? 0 : std::copysign(penalty.l1[j], b[j]);
    step.push_back(-(g[j] + penalty.l2[j] * b[j] + l1));
  }
  factor_.solve(step);

  double length = 1;  // up to where the first coefficient becomes zero
  const auto until_zero = [&](std::size_t k) {
    const auto j = support_[k];
    const bool crosses = penalty.l1[j] > 0 && (b[j] + step[k]) * b[j] <= 0;
    return crosses ? -b[j] / step[k] : 2;
  };
  for (std::size_t k = 0; k < step.size(); ++k) length = std::min(length, until_zero(k));
  Eigen::Map<Eigen::VectorXd> gradient(g.data(), Eigen::Index(g.size()));
  const ConstMatrixMap curvature(curvature_.values.data(), gradient.size(), gradient.size());
  for (std::size_t k = 0; k < step.size(); ++k) {
    const auto j = support_[k];
    const double next = until_zero(k) <= length ? 0 : b[j] + length * step[k];
    gradient += (next - b[j]) * curvature.col(Eigen::Index(j));
    b[j] = next;
  }
  return length < 1 ? Step::cut : Step::full;
}

bool PenalisedQuadratic::minimise(std::vector<double>& b, std::vector<double>& g,
                                  const Penalty& penalty, double tolerance) {
  for (int round = 0; round < 200; ++round) {
    const Step step = solve_for_support(b, g, penalty);
    const int sweeps = step == Step::full ? 2 : step == Step::cut ? 10 : 50;
    for (int k = 0; k < sweeps; ++k) {
      if (violation(b, g, penalty) <= tolerance) return true;
      sweep(b, g, penalty, 0.1 * tolerance);
    }
  }
  return violation(b, g, penalty) <= tolerance;
}

}  // namespace radiomics
