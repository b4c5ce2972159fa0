#include "radiomics/statistics/auc.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/statistics/censoring_weights.h"
#include "tests/support/random_survival.h"

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;

TEST(TimeDependentAuc, OfAPerfectMarkerIsOne) {
  const SurvivalData data{{1, 2, 3, 4, 5}, {1, 1, 0, 1, 1}};
  const auto auc = auc_at(data, std::vector<double>{5, 4, 3, 2, 1}, 3.5);
  EXPECT_EQ(auc.cases, 2);
  EXPECT_EQ(auc.controls, 2);
  EXPECT_EQ(auc.auc.estimate.estimate, 1);
  EXPECT_EQ(auc.auc.estimate.std_error, 0);
}

TEST(TimeDependentAuc, OfAConstantIsOneHalf) {
  const auto cohort = random_cohort(50, 20, 1, 1);
  const auto auc = auc_at(cohort.data, std::vector<double>(50, 3), 10);
  EXPECT_NEAR(auc.auc.estimate.estimate, 0.5, rounding);
}

// Cases at 1 and 3 (weights 1 and 1 / G(3-) = 4/3), controls at 4 and 5. The first beats both, the
// second ties with one and loses to the other.
TEST(TimeDependentAuc, ByHand) {
  const SurvivalData data{{1, 2, 3, 4, 5}, {1, 0, 1, 0, 1}};
  const auto auc = auc_at(data, std::vector<double>{9, 0, 3, 3, 5}, 3);
  EXPECT_NEAR(auc.auc.estimate.estimate, (1 * 2 + 4.0 / 3 * 0.5) / ((1 + 4.0 / 3) * 2), rounding);
}

TEST(TimeDependentAuc, IsThatOfAllPairs) {
  const auto cohort = random_cohort(70, 20, 10, 2);
  const auto weights = censoring_weights(cohort.data, CensoringCurve(cohort.data), 9);
  double won = 0, pairs = 0;
  for (std::size_t i = 0; i < 70; ++i)
    for (std::size_t j = 0; j < 70; ++j) {
      if (cohort.data.time[i] > 9 || cohort.data.time[j] <= 9) continue;
      const double weight = weights[i] * weights[j];
      pairs += weight;
      won +=
          weight * ((cohort.risk[i] > cohort.risk[j]) + 0.5 * (cohort.risk[i] == cohort.risk[j]));
    }
  const auto auc = auc_at(cohort.data, cohort.risk, 9);
  EXPECT_NEAR(auc.auc.estimate.estimate, won / pairs, rounding);
  const auto& influence = auc.auc.influence;
  EXPECT_NEAR(std::accumulate(influence.begin(), influence.end(), 0.0), 0, 70 * rounding);
}

// Without censoring the standard error is that of the two-sample U-statistic, here of DeLong's form
// with divisors n for both groups; computed from the placements of 2 cases and 3 controls:
// cases 1 and 1/2, controls 1, 1/2 and 3/4, AUC 3/4.
TEST(TimeDependentAuc, WithoutCensoringIsTheMannWhitneyStatistic) {
  const SurvivalData data{{1, 2, 5, 6, 7}, {1, 1, 1, 1, 1}};
  const auto auc = auc_at(data, std::vector<double>{5, 3, 2, 4, 3}, 3).auc;
  EXPECT_NEAR(auc.estimate.estimate, 0.75, rounding);
  const double cases[] = {0.25, -0.25}, controls[] = {0.25, -0.25, 0};
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(auc.influence[i], 5 * cases[i] / 2, rounding);
  for (std::size_t j = 0; j < 3; ++j)
    EXPECT_NEAR(auc.influence[2 + j], 5 * controls[j] / 3, rounding);
}

TEST(TimeDependentAuc, NeedsCasesAndControls) {
  const SurvivalData data{{1, 2, 3}, {1, 1, 0}};
  const std::vector<double> risk{3, 2, 1};
  EXPECT_TRUE(std::isnan(auc_at(data, risk, 0.5).auc.estimate.estimate));
  const auto late = auc_at(data, risk, 3);
  EXPECT_TRUE(std::isnan(late.auc.estimate.estimate));
  EXPECT_TRUE(std::isnan(difference(late.auc, auc_at(data, risk, 2).auc, 0.95).estimate));
  EXPECT_EQ(late.last_usable_time, 2);
}

TEST(TimeDependentAuc, OfTheReversedRiskIsTheRest) {
  const auto cohort = random_cohort(70, 20, 10, 3);
  std::vector<double> reversed;
  for (const double risk : cohort.risk) reversed.push_back(-risk);
  const auto auc = auc_at(cohort.data, cohort.risk, 9).auc;
  const auto rest = auc_at(cohort.data, reversed, 9).auc;
  EXPECT_NEAR(auc.estimate.estimate + rest.estimate.estimate, 1, rounding);
  EXPECT_NEAR(auc.estimate.std_error, rest.estimate.std_error, rounding);
}

}  // namespace
}  // namespace radiomics
