#include "radiomics/statistics/spearman.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

using Values = std::vector<double>;

constexpr double rounding = 1e-14;

Matrix random_matrix(std::size_t rows, std::size_t columns) {
  Matrix matrix(rows, columns);
  RandomStream random(1, 2);
  for (double& value : matrix.values) value = random.uniform();
  return matrix;
}

TEST(Spearman, TiedValuesShareTheMeanOfTheirRanks) {
  EXPECT_EQ(average_ranks(Values{30, 10, 20, 20}), (Values{4, 1, 2.5, 2.5}));
  EXPECT_EQ(average_ranks(Values{5, 5, 5}), (Values{2, 2, 2}));
  EXPECT_EQ(average_ranks(Values{-0.0, 0.0}), (Values{1.5, 1.5}));
  EXPECT_TRUE(average_ranks({}).empty());
  for (const double rank : average_ranks(Values{1, undefined})) EXPECT_TRUE(std::isnan(rank));
}

// IQ and hours of television of ten people: the worked example of many textbooks, -29/165.
TEST(Spearman, WithoutTiesAsPublished) {
  const Values iq{106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
  const Values hours{7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
  EXPECT_NEAR(spearman(iq, hours), -29.0 / 165, rounding);
}

// Ranks 1 2.5 2.5 4 and 1 3 2 4: products of the distances from 2.5 add up to 4.5, squares to 4.5
// and 5.
TEST(Spearman, WithTiesByHand) {
  EXPECT_NEAR(spearman(Values{1, 2, 2, 3}, Values{1, 3, 2, 4}), 4.5 / std::sqrt(4.5 * 5), rounding);
}

TEST(Spearman, MonotoneIsExactlyOne) {
  const Values x{0.1, 0.7, 0.3, 12, 5};
  Values y = x, z = x;
  for (double& value : y) value = std::exp(value);
  for (double& value : z) value = -value;
  EXPECT_EQ(spearman(x, y), 1);
  EXPECT_EQ(spearman(x, z), -1);
}

// Distances from the means 2 and 4: -1 0 1 and -2 1 1. Products add up to 3, squares to 2 and 6.
TEST(Pearson, ByHand) {
  EXPECT_NEAR(pearson(Values{1, 2, 3}, Values{2, 5, 5}), 3 / std::sqrt(2.0 * 6), rounding);
}

TEST(Pearson, IsThatOfValuesOfAnySize) {
  const Values x{1, 2, 3}, y{2, 5, 5};
  for (const double unit : {1e-200, 1e200}) {
    Values scaled = x;
    for (double& value : scaled) value *= unit;
    EXPECT_NEAR(pearson(scaled, y), pearson(x, y), rounding) << unit;
  }
}

TEST(Pearson, ConstantsAndGapsHaveNoCorrelation) {
  const Values x{1, 2, 3}, constant{0.1, 0.1, 0.1}, gap{1, undefined, 3};
  for (const auto& other : {constant, gap}) {
    EXPECT_TRUE(std::isnan(pearson(x, other)));
    EXPECT_TRUE(std::isnan(spearman(x, other)));
  }
  EXPECT_TRUE(std::isnan(spearman({}, {})));
  EXPECT_TRUE(std::isnan(pearson({}, {})));
}

TEST(CorrelationMatrix, HoldsEveryPair) {
  const Matrix variables = random_matrix(17, 150);  // more than one block
  const Matrix ranked = spearman_matrix(variables), linear = pearson_matrix(variables);
  const auto with_last = spearman_with(variables, variables.column(149));
  for (std::size_t i = 0; i < 150; ++i) {
    EXPECT_EQ(ranked(i, i), 1);
    EXPECT_EQ(linear(i, i), 1);
    EXPECT_EQ(ranked(i, 149), with_last[i]);
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_EQ(ranked(i, j), spearman(variables.column(i), variables.column(j)));
      EXPECT_NEAR(linear(i, j), pearson(variables.column(i), variables.column(j)), rounding);
      EXPECT_EQ(ranked(i, j), ranked(j, i));
      EXPECT_EQ(linear(i, j), linear(j, i));
    }
  }
}

TEST(CorrelationMatrix, IsTheSameForAnyNumberOfThreads) {
  const Matrix variables = random_matrix(40, 300);
  EXPECT_EQ(spearman_matrix(variables, 1).values, spearman_matrix(variables, 3).values);
  EXPECT_EQ(pearson_matrix(variables, 1).values, pearson_matrix(variables, 3).values);
}

TEST(CorrelationMatrix, AConstantColumnIsUndefinedAndLeavesTheRestAlone) {
  Matrix variables = random_matrix(9, 3);
  const double other = spearman(variables.column(0), variables.column(2));
  std::ranges::fill(variables.column(1), 0.3);
  for (const auto& matrix : {spearman_matrix(variables), pearson_matrix(variables)}) {
    for (std::size_t i = 0; i < 3; ++i) EXPECT_TRUE(std::isnan(matrix(i, 1)));
    EXPECT_EQ(matrix(0, 0), 1);
  }
  EXPECT_EQ(spearman_matrix(variables)(0, 2), other);
  EXPECT_EQ(spearman_matrix(Matrix(5, 0)).columns, 0u);
}

}  // namespace
}  // namespace radiomics
