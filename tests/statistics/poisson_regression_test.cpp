#include "radiomics/statistics/poisson_regression.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double converged = 1e-10;  // Newton's last step is far below this

TEST(PoissonRegression, OfAConstantIsTheLogOfTheRatio) {
  const std::vector<double> counts{3, 0, 2}, offset{std::log(1.0), std::log(4.0), std::log(5.0)};
  const auto fit = fit_poisson(counts, Matrix(3, 1, 1), offset);
  EXPECT_NEAR(fit.coefficients[0], std::log(5.0 / 10), converged);
  EXPECT_NEAR(fit.std_errors[0], 1 / std::sqrt(5.0), converged);
}

// Two groups: rates 2/4 and 9/3, so the log ratio has variance 1/2 + 1/9.
TEST(PoissonRegression, OfTwoGroupsIsTheRatioOfTheirRates) {
  Matrix design(4, 2, 1);
  design(0, 1) = design(1, 1) = 0;
  const std::vector<double> counts{2, 0, 4, 5},
      offset{std::log(1.0), std::log(3.0), std::log(1.0), std::log(2.0)};
  const auto fit = fit_poisson(counts, design, offset);
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.coefficients[0], std::log(0.5), converged);
  EXPECT_NEAR(fit.coefficients[1], std::log(6.0), converged);
  EXPECT_NEAR(fit.std_errors[1], std::sqrt(1.0 / 2 + 1.0 / 9), converged);
}

TEST(PoissonRegression, WithoutCountsHasNoFit) {
  const auto fit =
      fit_poisson(std::vector<double>{0, 0}, Matrix(2, 1, 1), std::vector<double>{0, 0});
  EXPECT_FALSE(fit.converged);
  EXPECT_TRUE(std::isnan(fit.coefficients[0]));
}

TEST(PoissonRegression, OfDependentColumnsHasNoFit) {
  const auto fit =
      fit_poisson(std::vector<double>{1, 2}, Matrix(2, 2, 1), std::vector<double>{0, 0});
  EXPECT_FALSE(fit.converged);
}

}  // namespace
}  // namespace radiomics
