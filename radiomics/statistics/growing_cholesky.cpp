#include "radiomics/statistics/growing_cholesky.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include <Eigen/Cholesky>

namespace radiomics {
namespace {

constexpr double least_pivot = 1e-11;  // of the diagonal: what is left is rounding

/// The leading `size` rows and columns.
auto corner(Matrix& matrix, std::size_t size) {
  return Eigen::Map<Eigen::MatrixXd, 0, Eigen::OuterStride<>>(
      matrix.values.data(), Eigen::Index(size), Eigen::Index(size),
      Eigen::OuterStride<>(Eigen::Index(matrix.rows)));
}

auto corner(const Matrix& matrix, std::size_t size) {
  return Eigen::Map<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>(
      matrix.values.data(), Eigen::Index(size), Eigen::Index(size),
      Eigen::OuterStride<>(Eigen::Index(matrix.rows)));
}

}  // namespace

void GrowingCholesky::reserve(std::size_t size) {
  if (size <= factor_.rows) return;
  const std::size_t larger = size + size / 2 + 8;
  Matrix grown(larger, larger);
  for (std::size_t c = 0; c < size_; ++c)
    std::ranges::copy(factor_.column(c).first(size_), grown.column(c).begin());
  factor_ = std::move(grown);
}

bool GrowingCholesky::assign(const Matrix& matrix) {
  assert(matrix.rows == matrix.columns);
  size_ = 0;
  reserve(matrix.rows);
  size_ = matrix.rows;
  for (std::size_t c = 0; c < size_; ++c)
    std::ranges::copy(matrix.column(c), factor_.column(c).begin());
  auto map = corner(factor_, size_);
  const Eigen::ArrayXd diagonal = map.diagonal();
  Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>> cholesky(map);
  const bool regular = cholesky.info() == Eigen::Success &&
                       (map.diagonal().array().square() > least_pivot * diagonal).all();
  if (!regular) size_ = 0;
  return regular;
}

bool GrowingCholesky::append(std::span<const double> beside, double diagonal) {
  assert(beside.size() == size_);
  reserve(size_ + 1);
  const auto count = Eigen::Index(size_);
  Eigen::VectorXd row = Eigen::Map<const Eigen::VectorXd>(beside.data(), count);
  if (size_ > 0) corner(factor_, size_).triangularView<Eigen::Lower>().solveInPlace(row);
  const double pivot = diagonal - row.squaredNorm();
  if (!(pivot > least_pivot * diagonal)) return false;
  for (Eigen::Index c = 0; c < count; ++c) factor_(size_, std::size_t(c)) = row(c);
  factor_(size_, size_) = std::sqrt(pivot);
  ++size_;
  return true;
}

// Without its row, L has one element above the diagonal in each column from there on: a rotation of
// that column and the next moves it back.
void GrowingCholesky::remove(std::size_t index) {
  assert(index < size_);
  for (std::size_t c = 0; c < size_; ++c) {
    auto column = factor_.column(c).first(size_);
    if (c > index) column[c - 1] = 0;  // what lies above the diagonal has no meaning yet
    std::copy(column.begin() + std::ptrdiff_t(index) + 1, column.end(),
              column.begin() + std::ptrdiff_t(index));
  }
  --size_;
  for (std::size_t c = index; c < size_; ++c) {
    auto left = factor_.column(c), right = factor_.column(c + 1);
    const double length = std::hypot(left[c], right[c]);
    const double cosine = left[c] / length, sine = right[c] / length;
    for (std::size_t r = c; r < size_; ++r) {
      const double moved = cosine * left[r] + sine * right[r];
      right[r] = cosine * right[r] - sine * left[r];
      left[r] = moved;
    }
  }
}

void GrowingCholesky::solve(std::span<double> b) const {
  assert(b.size() == size_);
  if (size_ == 0) return;
  Eigen::Map<Eigen::VectorXd> x(b.data(), Eigen::Index(size_));
  const auto factor = corner(factor_, size_);
  factor.triangularView<Eigen::Lower>().solveInPlace(x);
  factor.triangularView<Eigen::Lower>().transpose().solveInPlace(x);
}

}  // namespace radiomics
