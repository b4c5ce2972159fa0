#include "radiomics/statistics/brier.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/kaplan_meier.h"
#include "tests/support/random_survival.h"

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;

TEST(BrierScore, OfCertaintyIsZeroAndOfItsOppositeOne) {
  const SurvivalData data{{1, 2, 3, 4}, {1, 1, 1, 1}};
  EXPECT_EQ(brier_score(data, std::vector<double>{1, 1, 0, 0}, 2).brier.estimate.estimate, 0);
  EXPECT_EQ(brier_score(data, std::vector<double>{0, 0, 1, 1}, 2).brier.estimate.estimate, 1);
}

// Weights 1 and 4/3 for the events, 4/3 for who is followed beyond, 0 for the censored.
TEST(BrierScore, ByHand) {
  const SurvivalData data{{1, 2, 3, 4, 5}, {1, 0, 1, 0, 1}};
  const auto score = brier_score(data, std::vector<double>{0.8, 0.3, 0.5, 0.4, 0.1}, 3);
  EXPECT_NEAR(score.brier.estimate.estimate,
              (0.2 * 0.2 + 4.0 / 3 * (0.5 * 0.5 + 0.4 * 0.4 + 0.1 * 0.1)) / 5, rounding);
}

// S (1 - S) with the Kaplan-Meier estimate S: the weights make the weighted fraction of events 1-S.
TEST(BrierScore, OfTheNullModelIsTheVarianceOfTheState) {
  const auto cohort = random_cohort(150, 20, 10, 1);
  const auto score = brier_score(cohort.data, cohort.risk, 9);
  const double survival = at_horizon(kaplan_meier(cohort.data), 9).estimate;
  EXPECT_NEAR(score.null_brier.estimate.estimate, survival * (1 - survival), rounding);
  EXPECT_NEAR(score.ipa, 1 - score.brier.estimate.estimate / (survival * (1 - survival)), rounding);
}

TEST(BrierScore, IsUndefinedWhereWeightsEnd) {
  const SurvivalData data{{1, 2, 3}, {1, 1, 0}};
  const auto score = brier_score(data, std::vector<double>{1, 1, 0}, 3);
  EXPECT_TRUE(std::isnan(score.brier.estimate.estimate));
  EXPECT_TRUE(std::isnan(score.ipa));
  EXPECT_EQ(score.last_usable_time, 2);
  EXPECT_TRUE(std::isnan(brier_score({}, {}, 1).brier.estimate.estimate));
}

// Everyone dies at 1 or 3; risk 0 until 2, 1/2 from then on: the score is 0, then 1/2 from 1, then
// 1/4 from 2 and from 3. Null: 0, then 1/4, then 0.
TEST(IntegratedBrier, IsTheAreaOfTheSteps) {
  const SurvivalData data{{1, 3}, {1, 1}};
  const Matrix risks(2, 1, 0.5);
  const auto score = integrated_brier(data, std::vector<double>{2}, risks, 4);
  EXPECT_NEAR(score.brier, (0 + 0.5 + 0.25 + 0.25) / 4, rounding);
  EXPECT_NEAR(score.null_brier, (0.25 + 0.25) / 4, rounding);
  EXPECT_NEAR(score.ipa, 1 - 0.25 / 0.125, rounding);
}

TEST(IntegratedBrier, IsUndefinedWhereWeightsEndBeforeTau) {
  const SurvivalData data{{1, 3}, {1, 0}};
  const Matrix risks(2, 1, 0.5);
  EXPECT_TRUE(std::isnan(integrated_brier(data, std::vector<double>{2}, risks, 4).brier));
  EXPECT_FALSE(std::isnan(integrated_brier(data, std::vector<double>{2}, risks, 3).brier));
}

}  // namespace
}  // namespace radiomics
