#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/partial_likelihood.h"
#include "radiomics/statistics/penalised_quadratic.h"

namespace radiomics {

/// Minimises -l(b)/n + lambda * sum_j (l1_j |b_j| + l2_j b_j^2 / 2) for one lambda after the other,
/// each from the solution before it.
///
/// Newton's method with the exact second derivative, for the columns that matter only: those with a
/// coefficient, and those that violate the conditions of the minimum. The second derivative stays
/// as it is, from one lambda to the next, while the steps that it gives still shrink the violation
/// well. A column outside is looked at only if the residuals have moved by enough since the last
/// look that it may have become one (Cauchy and Schwarz), so nothing is assumed of those.
class PenalisedCoxSolver {
 public:
  /// `columns`: rows in the order of the likelihood, centred, mean square 1 (or all 0).
  PenalisedCoxSolver(const PartialLikelihood& likelihood, const Matrix& columns,
                     std::vector<double> l1, std::vector<double> l2, double tolerance);

  /// False where the conditions cannot be met to the tolerance: the minimum is (almost) at
  /// infinity.
  bool solve(double lambda);

  const std::vector<double>& coefficients() const { return b_; }
  double log_likelihood() const { return point_.log_likelihood; }
  std::span<const double> residuals() const { return point_.residual; }
  /// Of the last solution, the largest over all columns; those that were not looked at meet them.
  double violation() const { return std::max(violation_, outside_violation_); }

 private:
  void set_lambda(double lambda);
  void recompute_predictor();
  double gradient_of(std::size_t column) const;
  double distance_since_look() const;
  std::vector<std::size_t> violators();
  void include(const std::vector<std::size_t>& columns);
  void drop_idle();
  void renew_curvature();
  void gather();
  bool step();
  bool move(const std::vector<double>& target, double predicted);
  double objective(const std::vector<double>& working_b, double log_likelihood) const;

  const PartialLikelihood& likelihood_;
  const Matrix& columns_;
  std::vector<double> l1_, l2_;
  double tolerance_;
  double lambda_ = 0;

  std::vector<double> b_;
  std::vector<double> predictor_;
  PartialLikelihood::Point point_;

  // Bounds for the columns outside: the gradient when it was computed, and how far the residuals
  // had travelled by then.
  std::vector<double> seen_gradient_, seen_at_;
  std::vector<double> seen_residual_;
  double travelled_ = 0;

  std::vector<std::size_t> working_;
  std::vector<char> is_working_;
  std::vector<double> working_b_, working_g_;
  PenalisedQuadratic::Penalty penalty_;  ///< of the working columns, times lambda
  PartialLikelihood::Curvature curvature_;
  Matrix transformed_;  ///< the working columns, so that H is their product
  PenalisedQuadratic quadratic_;
  bool curvature_is_current_ = false;
  bool has_curvature_ = false;
  double violation_ = 0;          ///< of the working columns
  double outside_violation_ = 0;  ///< of the columns that violators() looked at
};

}  // namespace radiomics
