#include "radiomics/statistics/fine_gray.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;

Matrix columns(const std::vector<std::vector<double>>& values) {
  Matrix result(values.front().size(), values.size());
  for (std::size_t j = 0; j < values.size(); ++j)
    std::ranges::copy(values[j], result.column(j).begin());
  return result;
}

// Nobody is censored. With e = exp(b) the partial likelihood is 1/(2+2e) * e/(1+2e) * 1/(1+e), as
// the second patient stays at risk; its maximum solves 4 e^2 + e - 1 = 0.
TEST(FineGray, FourPatientsByHand) {
  const CompetingRisksData data{{1, 2, 3, 4}, {1, 2, 1, 1}};
  const auto fit = fit_fine_gray(data, columns({{0, 1, 1, 0}}));
  const double e = (std::sqrt(17.) - 1) / 8;
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.events, 3);
  EXPECT_EQ(fit.competing_events, 1);
  EXPECT_NEAR(fit.coefficients[0], std::log(e), rounding);
  EXPECT_NEAR(fit.log_likelihood_null, -std::log(4. * 3 * 2), rounding);
  EXPECT_NEAR(fit.log_likelihood, std::log(e) - std::log((2 + 2 * e) * (1 + 2 * e) * (1 + e)),
              rounding);
  EXPECT_EQ(fit.baseline_time, (std::vector<double>{1, 3, 4}));
  EXPECT_NEAR(fit.baseline_jump[0], 1 / (2 + 2 * e), rounding);
  EXPECT_NEAR(fit.baseline_jump[1], 1 / (1 + 2 * e), rounding);
  const double variance_of_x = [](double p) { return p * (1 - p); }(e / (1 + e)) * 2 +
                               2 * e / std::pow(1 + 2 * e, 2);
  EXPECT_NEAR(fit.information(0, 0), variance_of_x, rounding);
  EXPECT_NEAR(predicted_incidence(fit, std::vector{1.}, 3),
              1 - std::exp(-e * (fit.baseline_jump[0] + fit.baseline_jump[1])), rounding);
}

// At 2 one of two is censored, so G is 1/2 at 3: the risk set there is 1 and a half patient.
TEST(FineGray, WeightsFallWithCensoring) {
  const CompetingRisksData data{{1, 2, 3}, {2, 0, 1}};
  const auto fit = fit_fine_gray(data, Matrix(3, 0));
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.log_likelihood_null, -std::log(1.5), rounding);
  EXPECT_EQ(fit.log_likelihood, fit.log_likelihood_null);
  EXPECT_NEAR(fit.baseline_jump[0], 1 / 1.5, rounding);
  EXPECT_EQ(predicted_incidence(fit, {}, 2.9), 0);
  EXPECT_NEAR(predicted_incidence(fit, {}, 3), 1 - std::exp(-1 / 1.5), rounding);
  EXPECT_TRUE(std::isnan(predicted_incidence(fit, {}, 3.1)));
}

const CompetingRisksData trial{{1, 2, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9, 10, 11},
                               {1, 2, 1, 0, 1, 2, 0, 1, 1, 2, 0, 1, 2, 0}};
const std::vector<double> age{61, 70, 58, 66, 73, 49, 64, 60, 55, 71, 68, 62, 59, 65};

TEST(FineGray, UnitsAndOrderDoNotMatter) {
  const auto fit = fit_fine_gray(trial, columns({age}));
  std::vector<double> other_unit;
  std::vector<std::size_t> backwards;
  for (std::size_t i = age.size(); i-- > 0;) {
    backwards.push_back(i);
    other_unit.push_back(1e6 + 1000 * age[i]);
  }
  const auto same = fit_fine_gray(subset(trial, backwards), columns({other_unit}));
  EXPECT_NEAR(same.coefficients[0] * 1000, fit.coefficients[0], 1e-9);
  EXPECT_NEAR(same.std_errors[0] * 1000, fit.std_errors[0], 1e-9);
  EXPECT_NEAR(same.log_likelihood, fit.log_likelihood, rounding);
  EXPECT_NEAR(fit.wald.statistic, std::pow(fit.coefficients[0] / fit.std_errors[0], 2), rounding);
}

TEST(FineGray, AliasedTermsAreNamedAndChangeNothing) {
  std::vector<double> months;
  for (const double years : age) months.push_back(12 * years + 1);
  const auto fit = fit_fine_gray(trial, columns({age}));
  const auto wide =
      fit_fine_gray(trial, columns({std::vector<double>(age.size(), 3.3), age, months}));
  EXPECT_EQ(wide.status, (std::vector{TermStatus::aliased, TermStatus::ok, TermStatus::aliased}));
  EXPECT_NEAR(wide.coefficients[1], fit.coefficients[0], rounding);
  EXPECT_NEAR(wide.std_errors[1], fit.std_errors[0], rounding);
  EXPECT_TRUE(std::isnan(wide.coefficients[0]) && std::isnan(wide.vcov(1, 2)));
  EXPECT_EQ(wide.likelihood_ratio.df, 1);
  EXPECT_NEAR(predicted_incidence(wide, std::vector{3.3, 60., 721.}, 6),
              predicted_incidence(fit, std::vector{60.}, 6), rounding);
}

TEST(FineGray, InfiniteTermsAreNamed) {
  // Whoever has the mark never has the event.
  std::vector<double> mark;
  for (const auto cause : trial.cause) mark.push_back(cause == 0);
  const auto fit = fit_fine_gray(trial, columns({mark, age}));
  EXPECT_EQ(fit.status, (std::vector{TermStatus::infinite, TermStatus::ok}));
  EXPECT_TRUE(std::isnan(fit.coefficients[0]) && std::isnan(fit.std_errors[0]));
  EXPECT_TRUE(std::isfinite(fit.coefficients[1]));
  EXPECT_GT(fit.log_likelihood, fit.log_likelihood_null);
  EXPECT_TRUE(std::isnan(predicted_incidence(fit, std::vector{0., 60.}, 6)));
}

TEST(FineGray, InfiniteTermsAreSeenInManyPatients) {
  CompetingRisksData data;
  std::vector<double> mark, other;
  for (std::size_t i = 0; i < 20000; ++i) {
    data.time.push_back(double(i % 100) + 1);
    data.cause.push_back(i % 3);
    mark.push_back(i < 12 && i % 3 == 2);
    other.push_back(double(i % 7));
  }
  const auto fit = fit_fine_gray(data, columns({mark, other}));
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.status, (std::vector{TermStatus::infinite, TermStatus::ok}));
  EXPECT_TRUE(std::isnan(fit.wald.p_value));
}

TEST(FineGray, WithoutEventsNothingIsEstimated) {
  const auto fit = fit_fine_gray({{1, 2}, {2, 0}}, columns({{0, 1}}));
  EXPECT_FALSE(fit.converged);
  EXPECT_TRUE(std::isnan(fit.coefficients[0]) && std::isnan(fit.log_likelihood));
  EXPECT_TRUE(std::isnan(predicted_incidence(fit, std::vector{1.}, 1)));
}

}  // namespace
}  // namespace radiomics
