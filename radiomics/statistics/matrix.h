#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace radiomics {

/// Numbers in rows and columns, column after column: one row per patient, one column per variable.
/// Plain data; what is computed of it is computed by Eigen, which maps these numbers as they lie.
struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values{};  ///< rows x columns

  Matrix() = default;
  Matrix(std::size_t row_count, std::size_t column_count, double value = 0)
      : rows(row_count), columns(column_count), values(row_count * column_count, value) {}

  double& operator()(std::size_t row, std::size_t column) { return values[column * rows + row]; }
  double operator()(std::size_t row, std::size_t column) const {
    return values[column * rows + row];
  }
  std::span<double> column(std::size_t j) { return std::span(values).subspan(j * rows, rows); }
  std::span<const double> column(std::size_t j) const {
    return std::span(values).subspan(j * rows, rows);
  }
};

/// Those rows, in that order; one may be listed several times.
Matrix rows_of(const Matrix& matrix, std::span<const std::size_t> rows);

/// Those columns, in that order.
Matrix columns_of(const Matrix& matrix, std::span<const std::size_t> columns);

/// The columns of two matrices with the same rows, side by side.
Matrix beside(const Matrix& left, const Matrix& right);

/// Whether all values are the same.
bool is_constant(std::span<const double> values);

}  // namespace radiomics
