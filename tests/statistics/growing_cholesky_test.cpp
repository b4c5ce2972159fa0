#include "radiomics/statistics/growing_cholesky.h"

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"

namespace radiomics {
namespace {

/// B'B of a random B: positive definite.
Matrix random_products(std::size_t size) {
  RandomStream random(4, 1);
  Matrix b(size + 3, size), result(size, size);
  for (auto& value : b.values) value = random.uniform() - 0.5;
  for (std::size_t c = 0; c < size; ++c)
    for (std::size_t r = 0; r < size; ++r)
      for (std::size_t i = 0; i < b.rows; ++i) result(r, c) += b(i, r) * b(i, c);
  return result;
}

/// The factor solves the equations of those rows and columns of `matrix`.
void expect_solves(const GrowingCholesky& factor, const Matrix& matrix,
                   const std::vector<std::size_t>& members) {
  ASSERT_EQ(factor.size(), members.size());
  std::vector<double> truth, right(members.size());
  for (std::size_t k = 0; k < members.size(); ++k) truth.push_back(double(k) - 1.5);
  for (std::size_t r = 0; r < members.size(); ++r)
    for (std::size_t c = 0; c < members.size(); ++c)
      right[r] += matrix(members[r], members[c]) * truth[c];
  factor.solve(right);
  for (std::size_t k = 0; k < truth.size(); ++k)
    EXPECT_NEAR(right[k], truth[k], 1e-9) << k;  // the condition number is below 1e5
}

TEST(GrowingCholesky, SolvesAfterColumnsHaveComeAndGone) {
  const Matrix matrix = random_products(12);
  std::vector<std::size_t> members{0, 1, 2, 3, 4};
  Matrix first(5, 5);
  for (std::size_t c = 0; c < 5; ++c)
    for (std::size_t r = 0; r < 5; ++r) first(r, c) = matrix(r, c);
  GrowingCholesky factor;
  ASSERT_TRUE(factor.assign(first));
  expect_solves(factor, matrix, members);
  const auto append = [&](std::size_t j) {
    std::vector<double> beside;
    for (const auto i : members) beside.push_back(matrix(i, j));
    ASSERT_TRUE(factor.append(beside, matrix(j, j)));
    members.push_back(j);
  };
  const auto remove = [&](std::size_t index) {
    factor.remove(index);
    members.erase(members.begin() + std::ptrdiff_t(index));
  };
  for (std::size_t j = 5; j < 12; ++j) append(j);
  expect_solves(factor, matrix, members);
  for (const std::size_t index : {11, 0, 4, 4}) {  // last, first, neighbours
    remove(index);
    expect_solves(factor, matrix, members);
  }
  append(0);
  expect_solves(factor, matrix, members);
  while (!members.empty()) remove(0);
  EXPECT_EQ(factor.size(), 0);
  append(3);
  expect_solves(factor, matrix, members);
}

TEST(GrowingCholesky, RefusesAColumnThatOthersMakeUp) {
  Matrix matrix(2, 2, 1);
  GrowingCholesky factor;
  EXPECT_FALSE(factor.assign(matrix));
  EXPECT_EQ(factor.size(), 0);
  ASSERT_TRUE(factor.append({}, 1));
  const std::vector<double> same{1};
  EXPECT_FALSE(factor.append(same, 1));
  EXPECT_EQ(factor.size(), 1);
  std::vector<double> right{3};
  factor.solve(right);
  EXPECT_EQ(right[0], 3);
}

}  // namespace
}  // namespace radiomics
