#include "radiomics/statistics/firth_cox.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/statistics/cox_samples.h"

namespace radiomics {
namespace {

// Two patients, the one with x = 1 dies first. With r = exp(coefficient) the likelihood r / (r + 1)
// has no maximum; times the root of the information r / (r + 1)^2 it has one at r = 3.
TEST(FirthCox, TwoPatientsByHand) {
  const FirthCoxFit fit = fit_firth_cox(cox_data({1, 2}, {1, 1}, {1, 0}));
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.coefficients[0], std::log(3), 1e-8);
  EXPECT_NEAR(fit.std_errors[0], 4 / std::sqrt(3), 1e-8);
  EXPECT_NEAR(fit.likelihood_ratio.statistic, 3 * std::log(3) - 4 * std::log(2), 1e-8);
  const auto likelihood = [](double b) { return 1.5 * b - 2 * std::log1p(std::exp(b)); };
  const double half = chi_squared_quantile(0.95, 1) / 2;
  for (const double limit : {fit.conf_low[0], fit.conf_high[0]})
    EXPECT_NEAR(likelihood(std::log(3)) - likelihood(limit), half, 1e-7);
}

}  // namespace
}  // namespace radiomics
