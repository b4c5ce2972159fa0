#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "radiomics/statistics/growing_cholesky.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// Minimises  g'd + d'H d / 2 + sum_j (l1_j |b_j| + l2_j b_j^2 / 2),  d = b - b0: coordinate
/// descent finds which coefficients are zero, Cholesky's factor solves for the rest at once.
class PenalisedQuadratic {
 public:
  struct Penalty {
    std::vector<double> l1, l2;  ///< not negative
  };

  /// H: symmetric, positive semi-definite, both triangles.
  void set_curvature(Matrix curvature);
  /// The same H with more rows and columns behind the ones that it had.
  void extend_curvature(Matrix curvature);
  const Matrix& curvature() const { return curvature_; }

  /// Starts at `b` with the gradient `g` of the quadratic there; leaves the minimum and its
  /// gradient. False where `tolerance` on violation() was not reached.
  bool minimise(std::vector<double>& b, std::vector<double>& g, const Penalty& penalty,
                double tolerance);

  /// How far the conditions of a minimum are from being met: the largest over the coefficients.
  static double violation(std::span<const double> b, std::span<const double> g,
                          const Penalty& penalty);

 private:
  enum class Step { full, cut, none };
  Step solve_for_support(std::vector<double>& b, std::vector<double>& g, const Penalty& penalty);
  void sweep(std::vector<double>& b, std::vector<double>& g, const Penalty& penalty,
             double negligible) const;
  bool factorise(const std::vector<std::size_t>& support, const Penalty& penalty);
  bool update_factor(const std::vector<std::size_t>& support, const Penalty& penalty);
  bool renew_factor(const std::vector<std::size_t>& support, const Penalty& penalty);

  Matrix curvature_;
  GrowingCholesky factor_;            ///< of H + l2 on support_, in that order
  std::vector<std::size_t> support_;  ///< empty: no factor
  std::vector<double> ridge_;         ///< l2 of the support, as it is in the factor
};

}  // namespace radiomics
