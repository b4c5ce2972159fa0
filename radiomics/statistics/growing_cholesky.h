#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// The factor L of a symmetric positive definite A = L L' whose rows and columns come and go.
class GrowingCholesky {
 public:
  std::size_t size() const { return size_; }

  /// Factorises the lower triangle of `matrix`. False, and empty, if it is not positive definite: a
  /// pivot lost 11 digits to the columns before it. Cost: O(size^3).
  bool assign(const Matrix& matrix);

  /// Adds a last row and column: `beside` its elements next to the ones that are there, in order.
  /// False, and nothing added, if the pivot is lost. Cost: O(size^2).
  bool append(std::span<const double> beside, double diagonal);

  /// Takes a row and its column away; those behind it move up. Cost: O(size^2).
  void remove(std::size_t index);

  /// Solves A x = b in place. Cost: O(size^2).
  void solve(std::span<double> b) const;

 private:
  void reserve(std::size_t size);

  Matrix factor_;  ///< its lower left corner is L; the rest has no meaning
  std::size_t size_ = 0;
};

}  // namespace radiomics
