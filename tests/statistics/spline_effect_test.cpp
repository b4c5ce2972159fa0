#include "radiomics/statistics/spline_effect.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/restricted_cubic_spline.h"

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;
const std::vector<double> knots{1, 2, 4};

Matrix covariance(double first, double both, double second) {
  Matrix matrix(2, 2);
  matrix.values = {first, both, both, second};
  return matrix;
}

// The second column at 3 is (2^3 - 1^3 (4 - 1) / (4 - 2)) / (4 - 1)^2 = 6.5 / 9, at 1 it is 0.
TEST(SplineEffect, ByHand) {
  const std::vector<double> coefficients{0.5, -2};
  const auto vcov = covariance(0.04, -0.01, 0.09);
  const auto effect = spline_effect(std::vector<double>{3}, 1, {knots, coefficients, vcov}, 0.95);
  const double curved = 6.5 / 9;
  EXPECT_NEAR(effect[0].estimate, 2 * 0.5 - 2 * curved, rounding);
  const double variance = 4 * 0.04 - 2 * 2 * curved * 0.01 + curved * curved * 0.09;
  EXPECT_NEAR(effect[0].std_error, std::sqrt(variance), rounding);
  EXPECT_NEAR(effect[0].conf_high, effect[0].estimate + 1.959963984540054 * std::sqrt(variance),
              rounding);
}

TEST(SplineEffect, IsNothingAtTheReference) {
  const std::vector<double> coefficients{0.5, -2};
  const auto vcov = covariance(0.04, -0.01, 0.09);
  const auto effect =
      spline_effect(std::vector<double>{2.5}, 2.5, {knots, coefficients, vcov}, 0.95);
  EXPECT_EQ(effect[0].estimate, 0);
  EXPECT_EQ(effect[0].std_error, 0);
  EXPECT_EQ(effect[0].conf_low, 0);
}

// A column that was dropped counts as 0: what remains is a line, also beyond the knots.
TEST(SplineEffect, WithoutItsCurvedColumnIsAStraightLine) {
  const std::vector<double> coefficients{0.5, undefined};
  const auto vcov = covariance(0.04, undefined, undefined);
  const std::vector<double> values{-5, 1, 3, 90};
  const auto effect = spline_effect(values, 2, {knots, coefficients, vcov}, 0.95);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_NEAR(effect[i].estimate, 0.5 * (values[i] - 2), rounding);
    EXPECT_NEAR(effect[i].std_error, 0.2 * std::abs(values[i] - 2), rounding);
  }
}

// Beyond the outer knots the slope stays what it is there.
TEST(SplineEffect, IsStraightBeyondTheKnots) {
  const std::vector<double> coefficients{0.5, -2};
  const auto vcov = covariance(0.04, -0.01, 0.09);
  const auto effect =
      spline_effect(std::vector<double>{4, 5, 6}, 1, {knots, coefficients, vcov}, 0.95);
  EXPECT_NEAR(effect[2].estimate - effect[1].estimate, effect[1].estimate - effect[0].estimate,
              rounding);
}

}  // namespace
}  // namespace radiomics
