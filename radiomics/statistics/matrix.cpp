#include "radiomics/statistics/matrix.h"

#include <algorithm>
#include <cassert>

namespace radiomics {

Matrix rows_of(const Matrix& matrix, std::span<const std::size_t> rows) {
  Matrix part(rows.size(), matrix.columns);
  for (std::size_t j = 0; j < matrix.columns; ++j)
    for (std::size_t i = 0; i < rows.size(); ++i) part(i, j) = matrix(rows[i], j);
  return part;
}

Matrix columns_of(const Matrix& matrix, std::span<const std::size_t> columns) {
  Matrix part(matrix.rows, columns.size());
  for (std::size_t j = 0; j < columns.size(); ++j)
    std::ranges::copy(matrix.column(columns[j]), part.column(j).begin());
  return part;
}

Matrix beside(const Matrix& left, const Matrix& right) {
  assert(left.rows == right.rows);
  Matrix both(left.rows, left.columns + right.columns);
  std::ranges::copy(left.values, both.values.begin());
  std::ranges::copy(right.values, both.values.begin() + std::ptrdiff_t(left.values.size()));
  return both;
}

bool is_constant(std::span<const double> values) {
  return std::ranges::all_of(values, [&](double value) { return value == values[0]; });
}

}  // namespace radiomics
