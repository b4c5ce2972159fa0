#include "radiomics/statistics/log_rank.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/statistics/cox_samples.h"

namespace radiomics {
namespace {

constexpr double printed_2 = 5.001e-3;  // half a unit of the last digit of values with two decimals

/// Times of two arms, censored ones with a minus sign.
struct Arms {
  SurvivalData data;
  std::vector<int> arm;
};

Arms arms(const std::vector<double>& first, const std::vector<double>& second) {
  Arms result;
  for (const auto* times : {&first, &second})
    for (const double time : *times) {
      result.data.time.push_back(std::abs(time));
      result.data.event.push_back(time > 0);
      result.arm.push_back(times == &second);
    }
  return result;
}

// Weeks of remission of leukaemia, 6-mercaptopurine and placebo: Freireich et al. 1963, analysed by
// Gehan 1965. Kleinbaum and Klein, Survival Analysis, chapter 2: 9 and 21 events observed, 19.25
// and 10.75 expected, chi-square 16.79 with 1 degree of freedom.
TEST(LogRank, RemissionsOn6MpAndPlaceboAsPublished) {
  const auto trial = arms(
      {6, 6, 6, 7, 10, 13, 16, 22, 23, -6, -9, -10, -11, -17, -19, -20, -25, -32, -32, -34, -35},
      {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23});
  const auto test = log_rank(trial.data, trial.arm, 2);
  EXPECT_EQ(test.n, (std::vector<int>{21, 21}));
  EXPECT_EQ(test.observed, (std::vector<double>{9, 21}));
  EXPECT_NEAR(test.expected[0], 19.25, printed_2);
  EXPECT_NEAR(test.expected[1], 10.75, printed_2);
  EXPECT_NEAR(test.statistic, 16.79, printed_2);
  EXPECT_EQ(test.df, 1);
}

// Acute myelogenous leukaemia, Miller 1981, p. 49; chi-square 3.4 on 1 df, p = 0.0653, as printed
// in the documentation of R's survival package for these data.
TEST(LogRank, MaintenanceAsPublished) {
  const auto trial = arms({9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161},
                          {5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45});
  const auto test = log_rank(trial.data, trial.arm, 2);
  EXPECT_NEAR(test.statistic, 3.4, 0.05);   // printed with one decimal
  EXPECT_NEAR(test.p_value, 0.0653, 5e-5);  // with four
  EXPECT_NEAR(test.expected[0], 10.69, printed_2);
  EXPECT_NEAR(test.expected[1], 7.31, printed_2);
}

TEST(LogRank, TwoPatientsByHand) {
  const auto trial = arms({1}, {2});
  const auto test = log_rank(trial.data, trial.arm, 2);
  // At 1 both are at risk: E = 1/2 each, V = 1/4. At 2 only one: no variance.
  EXPECT_EQ(test.expected, (std::vector<double>{0.5, 1.5}));
  EXPECT_EQ(test.variance, (std::vector<double>{0.25, -0.25, -0.25, 0.25}));
  EXPECT_NEAR(test.statistic, 1, 1e-15);
}

// At 1 one of three dies, of the first group: E = 1/3 each; scores 1, 2, 3 have the variance 2/3
// among those at risk and the dead one is 1 below their mean. At 2 one of two: 1/2 below, 1/4.
TEST(LogRank, TrendByHand) {
  const SurvivalData data{{1, 2, 3}, {1, 1, 1}};
  const auto test = log_rank(data, std::vector<int>{0, 1, 2}, 3);
  const std::vector<double> scores{1, 2, 3};
  const auto trend = log_rank_trend(test, scores);
  EXPECT_NEAR(trend.statistic, 1.5 * 1.5 / (2.0 / 3 + 1.0 / 4), 1e-12);
  EXPECT_EQ(trend.df, 1);
  const std::vector<double> moved{1e6 + 10, 1e6 + 20, 1e6 + 30};
  EXPECT_NEAR(log_rank_trend(test, moved).statistic, trend.statistic, 1e-9)
      << "only distances count";
}

// The variance is hypergeometric, as that of the score of the exact partial likelihood.
TEST(LogRank, TrendIsTheScoreTestOfTheScores) {
  CoxData data = random_cohort(150, 0, 3);
  data.offset.clear();
  std::vector<int> group;
  std::vector<double> scores{1, 2, 5};
  data.covariates = Matrix(150, 1);
  for (std::size_t i = 0; i < 150; ++i) {
    group.push_back(int(i * i % 3 + i % 2));
    data.covariates(i, 0) = scores[std::size_t(group[i])];
  }
  const auto test = log_rank(data.outcome, group, 3, data.strata);
  const CoxFit fit = fit_cox(data, {.ties = Ties::exact});
  EXPECT_NEAR(log_rank_trend(test, scores).statistic, fit.score.statistic, 1e-10);
}

TEST(LogRank, TrendOfTwoGroupsIsTheTestItself) {
  const auto trial = arms({1, 3, -4, 6}, {2, 3, 5, -7});
  const auto test = log_rank(trial.data, trial.arm, 2);
  EXPECT_NEAR(log_rank_trend(test, std::vector<double>{1, 2}).statistic, test.statistic, 1e-12);
  EXPECT_TRUE(std::isnan(log_rank_trend(test, std::vector<double>{4, 4}).p_value));
  const auto none = log_rank(SurvivalData{{1, 2}, {0, 0}}, std::vector<int>{0, 1}, 2);
  EXPECT_TRUE(std::isnan(log_rank_trend(none, std::vector<double>{1, 2}).statistic));
}

TEST(LogRank, OneStratumIsNoStratum) {
  const auto trial = arms({1, 3, -4, 6}, {2, 3, 5, -7});
  const std::vector<int> one(8, 0);
  for (const double rho : {0.0, 1.0}) {
    const auto plain = log_rank(trial.data, trial.arm, 2, {}, rho);
    const auto stratified = log_rank(trial.data, trial.arm, 2, one, rho);
    EXPECT_EQ(plain.statistic, stratified.statistic);
    EXPECT_NEAR(plain.observed[0] + plain.observed[1], plain.expected[0] + plain.expected[1],
                1e-14);
  }
}

TEST(LogRank, WhatCannotBeComparedIsNotTested) {
  const auto no_events = arms({-1, -2}, {-3, -4});
  const auto nothing = log_rank(no_events.data, no_events.arm, 2);
  EXPECT_EQ(nothing.statistic, 0);
  EXPECT_EQ(nothing.df, 0);
  EXPECT_TRUE(std::isnan(nothing.p_value));
  // The second arm left before the first death: it expects none.
  const auto gone = arms({5, 6}, {-1, -2});
  EXPECT_EQ(log_rank(gone.data, gone.arm, 2).df, 0);
}

TEST(LogRank, GroupsThatStrataSeparateLoseADegreeOfFreedom) {
  const SurvivalData data{{1, 2, 3, 4, 1, 2, 3, 4}, {1, 1, 1, 1, 1, 1, 1, 1}};
  const std::vector<int> group{0, 1, 0, 1, 2, 3, 2, 3}, strata{0, 0, 0, 0, 1, 1, 1, 1};
  const auto test = log_rank(data, group, 4, strata);
  EXPECT_EQ(test.df, 2);
  const SurvivalData half{{1, 2, 3, 4}, {1, 1, 1, 1}};
  const auto one = log_rank(half, std::vector<int>{0, 1, 0, 1}, 2);
  EXPECT_NEAR(test.statistic, 2 * one.statistic, 1e-12);  // two independent, equal comparisons
}

}  // namespace
}  // namespace radiomics
