#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/penalised_cox.h"

namespace radiomics {

/// The columns of a penalised model, each centred and of mean square 1, and what the penalty
/// weighs on each of them.
struct PenalisedDesign {
  Matrix columns;              ///< rows in the given order; columns that do not vary are all 0
  std::vector<double> scale;   ///< standard deviation (1/n); 0 if the column does not vary
  std::vector<double> factor;  ///< penalty factors, scaled to sum to the number of columns
  std::vector<double> l1, l2;  ///< lambda times these: penalty on |b| and on b^2 / 2

  /// Coefficients per unit of the original columns.
  std::vector<double> on_original_scale(std::span<const double> coefficients) const;
};

PenalisedDesign penalised_design(const Matrix& covariates, std::span<const std::size_t> order,
                                 const PenalisedCoxOptions& options);

/// A ridge problem with fewer columns than `columns` but the same minimum: a rotation, since the
/// penalised coefficients lie in the space of the rows. Columns without penalty stay as they are.
struct RotatedRidge {
  Matrix columns;              ///< mean square 1
  std::vector<double> l1, l2;  ///< as in PenalisedDesign
  Matrix rotation;             ///< coefficients of the design = rotation x coefficients of these

  std::vector<double> rotate_back(std::span<const double> coefficients) const;
};

/// Cost: O(rows^2 x columns), once.
RotatedRidge rotated_ridge(const PenalisedDesign& design);

}  // namespace radiomics
