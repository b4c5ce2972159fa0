#include "radiomics/statistics/gray_test.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/log_rank.h"

namespace radiomics {
namespace {

constexpr double rounding = 1e-13;

// At 1 both are at risk: the score of the first group is 1 - 1/2. Noise of 1/2 in each group moves
// it by 1/2, now and by way of the weights to come: variance 1/2 (1/4 + 1/4). As in the log-rank
// test.
TEST(GrayTest, TwoPatientsByHand) {
  const CompetingRisksData data{{1, 2}, {1, 1}};
  const auto test = gray_test(data, 1, std::vector{0, 1}, 2);
  EXPECT_EQ(test.n, (std::vector<int>{1, 1}));
  EXPECT_NEAR(test.score[0], 0.5, rounding);
  EXPECT_NEAR(test.score[1], -0.5, rounding);
  EXPECT_NEAR(test.variance(0, 0), 0.25, rounding);
  EXPECT_NEAR(test.statistic, 1, rounding);
  EXPECT_EQ(test.df, 1);
  EXPECT_NEAR(test.statistic, log_rank(cause_specific(data, 1), std::vector{0, 1}, 2).statistic,
              rounding);
}

// Nobody is censored before 3, so at 2 the patient with the competing event still counts: the score
// of the first group is (1 - 3/5) + (0 - 2/4); that of log-rank would be (1 - 3/5) + (0 - 1/3).
TEST(GrayTest, PatientsWithTheCompetingEventStayAtRisk) {
  const CompetingRisksData data{{1, 1.5, 3, 2, 3}, {1, 2, 0, 1, 0}};
  const std::vector<int> groups{0, 0, 0, 1, 1};
  EXPECT_NEAR(gray_test(data, 1, groups, 2).score[0], 0.4 - 0.5, rounding);
}

const CompetingRisksData trial{{1, 2, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9, 10, 11},
                               {1, 2, 1, 0, 1, 2, 0, 1, 1, 2, 0, 1, 2, 0}};
const std::vector<int> arms{0, 1, 2, 0, 1, 0, 1, 2, 0, 1, 2, 0, 1, 2};

TEST(GrayTest, NamesOfGroupsDoNotMatter) {
  std::vector<int> renamed;
  for (const int arm : arms) renamed.push_back((arm + 1) % 3);
  const auto test = gray_test(trial, 1, arms, 3), other = gray_test(trial, 1, renamed, 3);
  EXPECT_EQ(test.df, 2);
  EXPECT_GT(test.statistic, 0.1);
  EXPECT_NEAR(test.statistic, other.statistic, rounding);
  EXPECT_NEAR(test.score[0] + test.score[1] + test.score[2], 0, rounding);
}

TEST(GrayTest, StrataAddUp) {
  CompetingRisksData twice = trial;
  twice.time.insert(twice.time.end(), trial.time.begin(), trial.time.end());
  twice.cause.insert(twice.cause.end(), trial.cause.begin(), trial.cause.end());
  std::vector<int> groups = arms, strata(2 * arms.size());
  groups.insert(groups.end(), arms.begin(), arms.end());
  for (std::size_t i = arms.size(); i < strata.size(); ++i) strata[i] = 1;
  const auto one = gray_test(trial, 1, arms, 3), both = gray_test(twice, 1, groups, 3, strata);
  EXPECT_NEAR(both.score[0], 2 * one.score[0], rounding);
  EXPECT_NEAR(both.variance(0, 1), 2 * one.variance(0, 1), rounding);
  EXPECT_NEAR(both.statistic, 2 * one.statistic, rounding);
}

TEST(GrayTest, EmptyGroupsAndNothingToCompare) {
  const auto test = gray_test(trial, 1, arms, 3), wider = gray_test(trial, 1, arms, 5);
  EXPECT_NEAR(wider.statistic, test.statistic, rounding);
  EXPECT_EQ(wider.df, 2);
  const auto alone = gray_test(trial, 1, std::vector<int>(trial.size(), 0), 1);
  EXPECT_EQ(alone.df, 0);
  EXPECT_TRUE(std::isnan(alone.p_value));
  const auto no_events = gray_test({{1, 2, 3}, {2, 0, 2}}, 1, std::vector{0, 1, 1}, 2);
  EXPECT_EQ(no_events.df, 0);
  EXPECT_TRUE(std::isnan(no_events.p_value));
}

}  // namespace
}  // namespace radiomics
