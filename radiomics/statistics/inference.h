#pragma once

#include <limits>

namespace radiomics {

/// What is not defined, not reached or cannot be estimated; null in JSON.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// An estimate with its standard error and its interval. NaN where undefined.
struct Estimate {
  double estimate = undefined;
  double std_error = undefined;
  double conf_low = undefined;
  double conf_high = undefined;
};

/// Estimate +- z x standard error, `level` the confidence level.
Estimate normal_estimate(double estimate, double std_error, double level);

/// A test with its p-value. NaN where undefined; df is 0 then.
struct Test {
  double statistic = undefined;
  double df = 0;
  double p_value = undefined;
};

/// The test that refers `statistic` to chi-squared; p is NaN if df is 0 or the statistic NaN.
Test chi_squared_test(double statistic, double df);

// Tails are taken as complements, never as 1 - P: they keep their digits down to 1e-300. All are
// NaN where the statistic is.
double normal_p(double z);                             ///< two-sided
double student_p(double t, double df);                 ///< two-sided
double chi_squared_p(double statistic, double df);     ///< upper tail
double f_p(double statistic, double df1, double df2);  ///< upper tail

/// z with P(|Z| <= z) = level: 1.96 for 0.95.
double normal_quantile_two_sided(double level);
double student_quantile_two_sided(double level, double df);
double chi_squared_quantile(double p, double df);
double f_quantile(double p, double df1, double df2);

}  // namespace radiomics
