#include "radiomics/statistics/agreement.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace radiomics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double square(double x) { return x * x; }

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

std::vector<double> subject_means(const Matrix& ratings) {
  std::vector<double> means(ratings.rows, 0);
  for (std::size_t j = 0; j < ratings.columns; ++j)
    for (std::size_t i = 0; i < ratings.rows; ++i) means[i] += ratings(i, j);
  for (double& value : means) value /= double(ratings.columns);
  return means;
}

/// Mean squares of the two-way layout of `n` subjects and `k` raters.
struct MeanSquares {
  double n = 0;
  double k = 0;
  double subjects = 0;
  double raters = 0;
  double error = 0;   ///< two-way: what neither subject nor rater explains
  double within = 0;  ///< one-way: raters and error together

  double subject_df() const { return n - 1; }
  double error_df() const { return (n - 1) * (k - 1); }
  double within_df() const { return n * (k - 1); }
};

MeanSquares mean_squares(const Matrix& ratings) {
  const std::vector<double> means = subject_means(ratings);
  const double grand_mean = mean(means);
  double subjects = 0, raters = 0, error = 0, within = 0;
  for (const double value : means) subjects += square(value - grand_mean);
  for (std::size_t j = 0; j < ratings.columns; ++j) {
    const double shift = mean(ratings.column(j)) - grand_mean;
    raters += square(shift);
    for (std::size_t i = 0; i < ratings.rows; ++i) {
      within += square(ratings(i, j) - means[i]);
      error += square(ratings(i, j) - means[i] - shift);
    }
  }
  MeanSquares result{.n = double(ratings.rows), .k = double(ratings.columns)};
  result.subjects = result.k * subjects / result.subject_df();
  result.raters = result.n * raters / (result.k - 1);
  result.error = error / result.error_df();
  result.within = within / result.within_df();
  return result;
}

/// (F - 1) / (F + k - 1), the ICC that belongs to a ratio of mean squares.
double icc_of_ratio(double f, double k) { return f == infinity ? 1 : (f - 1) / (f + k - 1); }

void test_subjects(IntraclassCorrelation& icc, double subjects, double error, double df1,
                   double df2) {
  icc.statistic = subjects / error;
  icc.df1 = df1;
  icc.df2 = df2;
  icc.p_value = icc.statistic == infinity ? 0 : f_p(icc.statistic, df1, df2);
}

/// ICC(1,1) and ICC(C,1): both are functions of the F ratio alone.
void estimate_by_ratio(IntraclassCorrelation& icc, double k, double conf_level) {
  const double p = (1 + conf_level) / 2;
  icc.estimate = icc_of_ratio(icc.statistic, k);
  icc.conf_low = icc_of_ratio(icc.statistic / f_quantile(p, icc.df1, icc.df2), k);
  icc.conf_high = icc_of_ratio(icc.statistic * f_quantile(p, icc.df2, icc.df1), k);
}

void estimate_agreement(IntraclassCorrelation& icc, const MeanSquares& ms, double conf_level) {
  const double n = ms.n, k = ms.k, p = (1 + conf_level) / 2;
  icc.estimate = (ms.subjects - ms.error) /
                 (ms.subjects + (k - 1) * ms.error + k * (ms.raters - ms.error) / n);
  // Satterthwaite: raters and error together have about `df` degrees of freedom.
  const double from_raters = k * icc.estimate * ms.raters;
  const double from_error = (n * (1 + (k - 1) * icc.estimate) - k * icc.estimate) * ms.error;
  const double df = square(from_raters + from_error) /
                    (square(from_raters) / (k - 1) + square(from_error) / ms.error_df());
  const double noise = k * ms.raters + (k * n - k - n) * ms.error;
  if (!(df > 0)) {  // no difference between raters at all, or a mean square of 0
    if (noise == 0) icc.conf_low = icc.conf_high = icc.estimate;
    return;
  }
  const double low = f_quantile(p, ms.subject_df(), df), high = f_quantile(p, df, ms.subject_df());
  icc.conf_low = n * (ms.subjects - low * ms.error) / (low * noise + n * ms.subjects);
  icc.conf_high = n * (high * ms.subjects - ms.error) / (noise + n * high * ms.subjects);
}

}  // namespace

std::string_view to_string(IccType type) {
  switch (type) {
    case IccType::one_way:
      return "ICC(1,1)";
    case IccType::agreement:
      return "ICC(A,1)";
    case IccType::consistency:
      break;
  }
  return "ICC(C,1)";
}

IntraclassCorrelation intraclass_correlation(const Matrix& ratings, IccType type,
                                             double conf_level) {
  IntraclassCorrelation icc{.type = type};
  if (ratings.rows < 2 || ratings.columns < 2) return icc;
  if (std::ranges::all_of(ratings.values, [&](double x) { return x == ratings.values[0]; }))
    return icc;
  const MeanSquares ms = mean_squares(ratings);
  if (type == IccType::one_way)
    test_subjects(icc, ms.subjects, ms.within, ms.subject_df(), ms.within_df());
  else
    test_subjects(icc, ms.subjects, ms.error, ms.subject_df(), ms.error_df());
  if (type == IccType::agreement)
    estimate_agreement(icc, ms, conf_level);
  else
    estimate_by_ratio(icc, ms.k, conf_level);
  return icc;
}

double concordance_correlation(std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  if (x.empty()) return undefined;
  const double mean_x = mean(x), mean_y = mean(y);
  double covariance = 0, spread = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    covariance += (x[i] - mean_x) * (y[i] - mean_y);
    spread += square(x[i] - mean_x) + square(y[i] - mean_y);
  }
  const double n = double(x.size());
  return 2 * covariance / (spread + n * square(mean_x - mean_y));  // 0 / 0 is NaN
}

double within_subject_cv(const Matrix& ratings) {
  if (ratings.rows < 2 || ratings.columns < 2) return undefined;
  const std::vector<double> means = subject_means(ratings);
  double sum = 0;
  for (std::size_t i = 0; i < ratings.rows; ++i) {
    double variance = 0;
    for (std::size_t j = 0; j < ratings.columns; ++j) variance += square(ratings(i, j) - means[i]);
    variance /= double(ratings.columns - 1);
    sum += means[i] == 0 ? undefined : variance / square(means[i]);
  }
  return std::sqrt(sum / double(ratings.rows));
}

}  // namespace radiomics
