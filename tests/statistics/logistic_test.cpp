#include "radiomics/statistics/logistic.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;

using Outcome = std::vector<std::uint8_t>;

Matrix columns(const std::vector<std::vector<double>>& values) {
  Matrix result(values.front().size(), values.size());
  for (std::size_t j = 0; j < values.size(); ++j)
    std::ranges::copy(values[j], result.column(j).begin());
  return result;
}

/// Exposed and not exposed patients with and without the event.
struct Table {
  std::vector<double> exposed;
  Outcome outcome;

  void add(int count, double exposure, std::uint8_t event) {
    exposed.insert(exposed.end(), std::size_t(count), exposure);
    outcome.insert(outcome.end(), std::size_t(count), event);
  }
};

Table two_by_two() {
  Table table;
  table.add(10, 1, 1);
  table.add(20, 1, 0);
  table.add(5, 0, 1);
  table.add(30, 0, 0);
  return table;
}

TEST(Logistic, TwoByTwoTableByHand) {
  const Table table = two_by_two();
  const auto fit = fit_logistic(columns({table.exposed}), table.outcome);
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.n, 65u);
  EXPECT_EQ(fit.events, 15);
  EXPECT_NEAR(fit.coefficients[0], std::log(5. / 30), rounding);
  EXPECT_NEAR(fit.coefficients[1], std::log(10. * 30 / (20. * 5)), rounding);
  EXPECT_NEAR(fit.std_errors[0], std::sqrt(1. / 5 + 1. / 30), rounding);
  EXPECT_NEAR(fit.std_errors[1], std::sqrt(1. / 10 + 1. / 20 + 1. / 5 + 1. / 30), rounding);
  EXPECT_NEAR(fit.vcov(0, 1), -(1. / 5 + 1. / 30), rounding);
  EXPECT_NEAR(fit.fitted[0], 1. / 3, rounding);
  const auto likelihood = [](double events, double others) {
    const double n = events + others;
    return events * std::log(events / n) + others * std::log(others / n);
  };
  EXPECT_NEAR(fit.deviance, -2 * (likelihood(10, 20) + likelihood(5, 30)), 1e-11);
  EXPECT_NEAR(fit.null_deviance, -2 * likelihood(15, 50), 1e-11);
  EXPECT_NEAR(fit.aic, fit.deviance + 4, rounding);
  EXPECT_EQ(fit.likelihood_ratio.df, 1);
}

// With the intercept alone the weighted proportion and its sandwich are sums.
TEST(Logistic, WeightsByHand) {
  const Outcome outcome{1, 1, 0, 0, 0};
  const std::vector<double> weights{1, 2, 1, 3, 1.5};
  const auto fit = fit_logistic(Matrix(5, 0), outcome, weights);
  const double p = 3 / 8.5;
  double meat = 0;
  for (std::size_t i = 0; i < 5; ++i) meat += std::pow(weights[i] * (outcome[i] - p), 2);
  EXPECT_NEAR(fit.coefficients[0], std::log(p / (1 - p)), rounding);
  EXPECT_NEAR(fit.std_errors[0], std::sqrt(meat) / (8.5 * p * (1 - p)), rounding);
  EXPECT_TRUE(std::isnan(fit.likelihood_ratio.p_value));
}

TEST(Logistic, WeightsCountLikeCopies) {
  const Table table = two_by_two();
  const auto fit = fit_logistic(columns({table.exposed}), table.outcome);
  const auto weighted = fit_logistic(columns({{1, 1, 0, 0}}), Outcome{1, 0, 1, 0},
                                     std::vector<double>{10, 20, 5, 30});
  EXPECT_NEAR(weighted.coefficients[1], fit.coefficients[1], rounding);
  EXPECT_NEAR(weighted.deviance, fit.deviance, 1e-11);
}

TEST(Logistic, CompleteSeparationIsInfinite) {
  const auto fit = fit_logistic(columns({{1, 2, 3, 4, 5, 6}}), Outcome{0, 0, 0, 1, 1, 1});
  EXPECT_EQ(fit.status, (std::vector{TermStatus::infinite, TermStatus::infinite}));
  EXPECT_TRUE(std::isnan(fit.coefficients[1]) && std::isnan(fit.std_errors[1]));
  EXPECT_NEAR(fit.deviance, 0, 1e-10);  // it falls towards 0 for ever
  EXPECT_TRUE(std::isnan(predicted_probability(fit, columns({{3.}}))[0]));
}

// A level of a factor with events only: its own coefficient is infinite, the others are those of
// the patients without it.
TEST(Logistic, QuasiSeparationLeavesOtherTermsAlone) {
  Table table = two_by_two();
  const auto without = fit_logistic(columns({table.exposed}), table.outcome);
  std::vector<double> level(table.exposed.size(), 0);
  table.add(4, 0, 1);
  level.insert(level.end(), 4, 1);
  const auto fit = fit_logistic(columns({level, table.exposed}), table.outcome);
  EXPECT_EQ(fit.status, (std::vector{TermStatus::ok, TermStatus::infinite, TermStatus::ok}));
  // The likelihood is within 1e-13 of its bound, the other terms within the root of that.
  EXPECT_NEAR(fit.coefficients[0], without.coefficients[0], 1e-7);
  EXPECT_NEAR(fit.coefficients[2], without.coefficients[1], 1e-7);
  EXPECT_NEAR(fit.std_errors[0], without.std_errors[0], 1e-7);
  EXPECT_NEAR(fit.std_errors[2], without.std_errors[1], 1e-7);
}

TEST(Logistic, SeparationIsSeenInManyPatientsAndWithWeights) {
  std::vector<double> level(20000, 0), other;
  Outcome outcome;
  for (std::size_t i = 0; i < level.size(); ++i) {
    other.push_back(double(i % 7));
    outcome.push_back(i % 3 == 0);
  }
  for (const std::size_t i : {0, 3, 6}) level[i] = 1;  // all of them had the event
  const std::vector statuses{TermStatus::ok, TermStatus::infinite, TermStatus::ok};
  EXPECT_EQ(fit_logistic(columns({level, other}), outcome).status, statuses);
  const std::vector<double> weights(level.size(), 1.5);
  EXPECT_EQ(fit_logistic(columns({level, other}), outcome, weights).status, statuses);
}

TEST(Logistic, AliasedTermsAreNamedAndChangeNothing) {
  const Table table = two_by_two();
  std::vector<double> unexposed;
  for (const double exposure : table.exposed) unexposed.push_back(1 - exposure);
  const auto fit = fit_logistic(columns({table.exposed}), table.outcome);
  const auto wide = fit_logistic(columns({std::vector<double>(65, 0.1), table.exposed, unexposed}),
                                 table.outcome);
  EXPECT_EQ(wide.status, (std::vector{TermStatus::ok, TermStatus::aliased, TermStatus::ok,
                                      TermStatus::aliased}));
  EXPECT_NEAR(wide.coefficients[2], fit.coefficients[1], rounding);
  EXPECT_NEAR(wide.aic, fit.aic, rounding);
  EXPECT_EQ(wide.likelihood_ratio.df, 1);
  EXPECT_NEAR(predicted_probability(wide, columns({{0.1}, {1}, {0}}))[0], 1. / 3, rounding);
  EXPECT_EQ(likelihood_ratio_test(fit, wide).df, 0);
}

TEST(Logistic, LargeOffsetsKeepTheirDigits) {
  std::vector<double> shifted;
  const Table table = two_by_two();
  for (const double exposure : table.exposed) shifted.push_back(1e6 + exposure);
  const auto fit = fit_logistic(columns({shifted}), table.outcome);
  EXPECT_EQ(fit.status[1], TermStatus::ok);
  EXPECT_NEAR(fit.coefficients[1], std::log(3.), 1e-8);
  EXPECT_NEAR(fit.std_errors[1], std::sqrt(1. / 10 + 1. / 20 + 1. / 5 + 1. / 30), 1e-8);
}

TEST(Logistic, OneOutcomeOnlyEstimatesNothing) {
  const auto fit = fit_logistic(columns({{1, 2, 3}}), Outcome{0, 0, 0});
  EXPECT_FALSE(fit.converged);
  EXPECT_TRUE(std::isnan(fit.coefficients[0]) && std::isnan(fit.deviance));
  EXPECT_EQ(fit.fitted.size(), 3u);
}

TEST(BrierScore, ByHand) {
  EXPECT_NEAR(brier_score(std::vector{0.9, 0.2}, Outcome{1, 0}), (0.01 + 0.04) / 2, rounding);
  EXPECT_TRUE(std::isnan(brier_score({}, {})));
}

}  // namespace
}  // namespace radiomics
