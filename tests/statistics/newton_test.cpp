#include "radiomics/statistics/newton.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(Maximise, HalvesStepsThatOvershoot) {
  // -log cosh(x - 3): from 0 Newton's first step goes far beyond 3.
  const auto maximum = maximise(
      [](std::span<const double> at) {
        const double x = at[0] - 3;
        LocalLikelihood here{-std::log(std::cosh(x)), {-std::tanh(x)}, Matrix(1, 1)};
        here.information(0, 0) = 1 / std::pow(std::cosh(x), 2);
        return here;
      },
      1, 50);
  EXPECT_TRUE(maximum.converged);
  EXPECT_NEAR(maximum.parameters[0], 3, 1e-12);
}

TEST(IndependentParameters, CombinationsOfEarlierOnesAreLeftOut) {
  Matrix information(4, 4);  // of (a, b, a + b, nothing)
  const double values[3][3] = {{2, 1, 3}, {1, 4, 5}, {3, 5, 8}};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) information(i, j) = values[i][j];
  EXPECT_EQ(independent_parameters(information), (std::vector<std::size_t>{0, 1}));
  EXPECT_TRUE(independent_parameters(Matrix(0, 0)).empty());
}

// Correlation 0.6: variance inflation 1 / (1 - 0.36), whatever the units.
TEST(OwnParts, AreWhatNoOtherParameterTells) {
  Matrix information(2, 2);
  information.values = {4, 6, 6, 25};
  for (const double part : own_parts(information)) EXPECT_NEAR(part, 0.8, 1e-15);
  EXPECT_TRUE(own_parts(Matrix(0, 0)).empty());
  EXPECT_TRUE(is_infinite(11, 1, 1));
  EXPECT_TRUE(is_infinite(1, 1e4, 0.8));
  EXPECT_TRUE(is_infinite(1, std::nan(""), 1));
  EXPECT_FALSE(is_infinite(11, 1, 0.8));
}

TEST(StandardisedColumns, ConstantColumnsAreZero) {
  Matrix matrix(2, 2);
  matrix.values = {1, 3, 0.1, 0.1};
  const auto columns = standardised_columns(matrix);
  EXPECT_EQ(columns.values.values, (std::vector<double>{-1, 1, 0, 0}));
  EXPECT_EQ(columns.means[0], 2);
  EXPECT_EQ(columns.scales, (std::vector<double>{1, 1}));
}

}  // namespace
}  // namespace radiomics
