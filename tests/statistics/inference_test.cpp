#include "radiomics/statistics/inference.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

// Values of R 4.2: 2 * pnorm(-z), pchisq(x, df, lower = FALSE), 2 * pt(-t, df), pf(f, a, b, lower =
// FALSE), qnorm.
TEST(Inference, TailsAreThoseOfR) {
  EXPECT_NEAR(normal_p(1.959963984540054), 0.05, 1e-15);
  EXPECT_NEAR(normal_p(-10) / 1.523970604832105e-23, 1, 1e-12);
  EXPECT_NEAR(normal_p(30) / 9.813427854296374e-198, 1, 1e-11);
  EXPECT_NEAR(chi_squared_p(3.841458820694124, 1), 0.05, 1e-15);
  EXPECT_NEAR(chi_squared_p(200, 2) / 3.720075976020836e-44, 1, 1e-12);
  EXPECT_NEAR(student_p(2.228138851986274, 10), 0.05, 1e-14);
  EXPECT_NEAR(f_p(4.102821015130401, 2, 10), 0.05, 1e-14);
  EXPECT_NEAR(normal_quantile_two_sided(0.8), 1.2815515655446004, 1e-15);
}

TEST(Inference, UndefinedStaysUndefined) {
  EXPECT_TRUE(std::isnan(normal_p(undefined)));
  EXPECT_TRUE(std::isnan(chi_squared_test(1, 0).p_value));
  EXPECT_EQ(chi_squared_p(-1e-17, 1), 1);
  EXPECT_EQ(normal_p(std::numeric_limits<double>::infinity()), 0);
}

TEST(Inference, QuantilesOfFAreFoundAndNeverRefused) {
  EXPECT_NEAR(f_quantile(0.95, 2, 10), 4.102821015130401, 1e-13);
  EXPECT_EQ(f_quantile(0.975, 5, 1e-6), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(f_quantile(0.975, 5, undefined)));
}

TEST(Inference, IntervalsAreSymmetric) {
  const auto estimate = normal_estimate(1, 2, 0.95);
  EXPECT_NEAR(estimate.conf_low, 1 - 2 * 1.959963984540054, 1e-14);
  EXPECT_NEAR(estimate.conf_high, 1 + 2 * 1.959963984540054, 1e-14);
}

}  // namespace
}  // namespace radiomics
