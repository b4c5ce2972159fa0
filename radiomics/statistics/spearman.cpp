#include "radiomics/statistics/spearman.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>

#include <Eigen/Core>

#include "radiomics/core/parallel_for.h"
#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

using Columns = Eigen::Map<const Eigen::MatrixXd>;

/// Writes twice the distance of each rank from the mean rank. That is a whole number, and sums of
/// products of whole numbers are exact: a correlation is the same in whatever order it is summed
/// up.
void write_doubled_ranks(std::span<const double> values, std::span<double> ranks) {
  if (std::ranges::any_of(values, [](double value) { return std::isnan(value); })) {
    std::ranges::fill(ranks, undefined);
    return;
  }
  const std::size_t n = values.size();
  std::vector<std::pair<double, std::uint32_t>> sorted(n);
  for (std::size_t i = 0; i < n; ++i) sorted[i] = {values[i], std::uint32_t(i)};
  std::ranges::sort(sorted, {}, &std::pair<double, std::uint32_t>::first);
  for (std::size_t first = 0; first < n;) {
    std::size_t end = first + 1;
    while (end < n && sorted[end].first == sorted[first].first) ++end;
    const double doubled = double(first + end) - double(n);
    for (; first < end; ++first) ranks[sorted[first].second] = doubled;
  }
}

Matrix doubled_ranks(const Matrix& variables, int threads) {
  Matrix ranks(variables.rows, variables.columns);
  parallel_for(variables.columns, threads,
               [&](std::size_t j) { write_doubled_ranks(variables.column(j), ranks.column(j)); });
  return ranks;
}

/// Writes the distances from the mean, the largest scaled to 1 so that no square is lost; 0 if all
/// values are equal.
void write_centred(std::span<const double> values, std::span<double> centred) {
  std::ranges::fill(centred, 0);
  if (std::ranges::all_of(values, [&values](double value) { return value == values.front(); }))
    return;
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    centred[i] = values[i] - mean;
    largest = std::max(largest, std::abs(centred[i]));
  }
  for (double& value : centred) value /= largest;
}

Matrix centred_columns(const Matrix& variables, int threads) {
  Matrix centred(variables.rows, variables.columns);
  parallel_for(variables.columns, threads,
               [&](std::size_t j) { write_centred(variables.column(j), centred.column(j)); });
  return centred;
}

double dot(std::span<const double> x, std::span<const double> y) {
  return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
}

/// From the sums of products and of squares.
double correlation(double xy, double xx, double yy) {
  if (!(xx > 0) || !(yy > 0)) return undefined;
  const double r = xx == yy ? xy / xx : xy / (std::sqrt(xx) * std::sqrt(yy));
  return std::clamp(r, -1.0, 1.0);
}

double correlation_of_centred(std::span<const double> x, std::span<const double> y) {
  return correlation(dot(x, y), dot(x, x), dot(y, y));
}

constexpr std::size_t block_size =
    128;  ///< columns; two blocks of 500 rows fit in a cache of 1 MiB

/// The products of two blocks of columns, written below the diagonal and mirrored above it.
void multiply_blocks(const Columns& columns, std::size_t a, std::size_t b, Matrix& products) {
  const auto first = Eigen::Index(a * block_size), second = Eigen::Index(b * block_size);
  const auto width = std::min<Eigen::Index>(block_size, columns.cols() - first);
  const auto height = std::min<Eigen::Index>(block_size, columns.cols() - second);
  Eigen::Map<Eigen::MatrixXd> result(products.values.data(), columns.cols(), columns.cols());
  const Eigen::MatrixXd block =
      columns.middleCols(second, height).transpose() * columns.middleCols(first, width);
  if (a == b) {
    result.block(first, first, width, width) = block.selfadjointView<Eigen::Lower>();
    return;
  }
  result.block(second, first, height, width) = block;
  result.block(first, second, width, height) = block.transpose();
}

/// Blocks do not depend on the number of threads, and so neither does a sum.
Matrix products_of(const Matrix& centred, int threads) {
  Matrix products(centred.columns, centred.columns);
  const Columns columns(centred.values.data(), Eigen::Index(centred.rows),
                        Eigen::Index(centred.columns));
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  const std::size_t blocks = (centred.columns + block_size - 1) / block_size;
  for (std::size_t b = 0; b < blocks; ++b)
    for (std::size_t a = 0; a <= b; ++a) pairs.emplace_back(a, b);
  parallel_for(pairs.size(), threads, [&](std::size_t i) {
    multiply_blocks(columns, pairs[i].first, pairs[i].second, products);
  });
  return products;
}

/// Turns products into correlations in place.
Matrix correlations(const Matrix& centred, int threads) {
  Matrix result = products_of(centred, threads);
  const std::size_t count = result.columns;
  std::vector<double> squares(count);
  for (std::size_t j = 0; j < count; ++j) squares[j] = result(j, j);
  parallel_for(count, threads, [&](std::size_t j) {
    for (std::size_t i = 0; i < count; ++i)
      result(i, j) = correlation(result(i, j), squares[i], squares[j]);
  });
  return result;
}

}  // namespace

std::vector<double> average_ranks(std::span<const double> values) {
  std::vector<double> ranks(values.size());
  write_doubled_ranks(values, ranks);
  for (double& rank : ranks) rank = (rank + double(values.size()) + 1) / 2;
  return ranks;
}

double pearson(std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  std::vector<double> a(x.size()), b(y.size());
  write_centred(x, a);
  write_centred(y, b);
  return correlation_of_centred(a, b);
}

double spearman(std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  std::vector<double> a(x.size()), b(y.size());
  write_doubled_ranks(x, a);
  write_doubled_ranks(y, b);
  return correlation_of_centred(a, b);
}

Matrix pearson_matrix(const Matrix& variables, int threads) {
  return correlations(centred_columns(variables, threads), threads);
}

Matrix spearman_matrix(const Matrix& variables, int threads) {
  return correlations(doubled_ranks(variables, threads), threads);
}

std::vector<double> spearman_with(const Matrix& variables, std::span<const double> other) {
  std::vector<double> ranks(variables.rows), result;
  std::vector<double> other_ranks(other.size());
  write_doubled_ranks(other, other_ranks);
  for (std::size_t j = 0; j < variables.columns; ++j) {
    write_doubled_ranks(variables.column(j), ranks);
    result.push_back(correlation_of_centred(ranks, other_ranks));
  }
  return result;
}

}  // namespace radiomics
