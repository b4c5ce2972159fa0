#include "radiomics/statistics/inference.h"

#include <cmath>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace radiomics {
namespace {

namespace math = boost::math;

/// The upper tail of a distribution; 0 at infinity, where Boost refuses.
template <class Distribution>
double upper_tail(const Distribution& distribution, double statistic) {
  if (std::isnan(statistic)) return undefined;
  if (std::isinf(statistic)) return statistic > 0 ? 0 : 1;
  return math::cdf(math::complement(distribution, statistic));
}

}  // namespace

Estimate normal_estimate(double estimate, double std_error, double level) {
  const double half_width = normal_quantile_two_sided(level) * std_error;
  return {estimate, std_error, estimate - half_width, estimate + half_width};
}

Test chi_squared_test(double statistic, double df) {
  return {statistic, df, chi_squared_p(statistic, df)};
}

double normal_p(double z) { return 2 * upper_tail(math::normal(), std::abs(z)); }

double student_p(double t, double df) {
  return df > 0 ? 2 * upper_tail(math::students_t(df), std::abs(t)) : undefined;
}

double chi_squared_p(double statistic, double df) {
  if (!(df > 0)) return undefined;
  // Rounding can leave a statistic of 0 just below it.
  return upper_tail(math::chi_squared(df), statistic < 0 ? 0 : statistic);
}

double f_p(double statistic, double df1, double df2) {
  if (!(df1 > 0 && df2 > 0)) return undefined;
  return upper_tail(math::fisher_f(df1, df2), statistic < 0 ? 0 : statistic);
}

double normal_quantile_two_sided(double level) {
  return math::quantile(math::complement(math::normal(), (1 - level) / 2));
}

double student_quantile_two_sided(double level, double df) {
  return math::quantile(math::complement(math::students_t(df), (1 - level) / 2));
}

double chi_squared_quantile(double p, double df) {
  return math::quantile(math::chi_squared(df), p);
}

// With a small part of a degree of freedom a quantile is too large for a number: infinite then.
double f_quantile(double p, double df1, double df2) {
  using Policy =
      math::policies::policy<math::policies::domain_error<math::policies::ignore_error>,
                             math::policies::overflow_error<math::policies::ignore_error>>;
  return math::quantile(math::fisher_f_distribution<double, Policy>(df1, df2), p);
}

}  // namespace radiomics
