#include "radiomics/statistics/decision_curve.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;

const SurvivalData patients{{1, 2, 6, 7}, {1, 1, 1, 0}};
const std::vector<double> risk{0.9, 0.4, 0.4, 0.1};

// At 0.4 three of four are treated, of whom two have the event by 5.
TEST(DecisionCurve, ByHand) {
  const auto curve = decision_curve(patients, risk, 5, std::vector<double>{0.4});
  EXPECT_NEAR(curve[0].true_positive_rate, 0.5, rounding);
  EXPECT_NEAR(curve[0].false_positive_rate, 0.25, rounding);
  EXPECT_NEAR(curve[0].net_benefit, 0.5 - 0.25 * 0.4 / 0.6, rounding);
}

TEST(DecisionCurve, IsZeroWhereNobodyIsTreated) {
  EXPECT_EQ(decision_curve(patients, risk, 5, std::vector<double>{0.95})[0].net_benefit, 0);
}

TEST(DecisionCurve, BelowAllRisksIsTreatingAll) {
  const std::vector<double> thresholds{0.05};
  const double benefit = decision_curve(patients, risk, 5, thresholds)[0].net_benefit;
  EXPECT_EQ(benefit, treat_all(patients, 5, thresholds)[0].net_benefit);
  EXPECT_NEAR(benefit, 0.5 - 0.5 * 0.05 / 0.95, rounding);
}

TEST(DecisionCurve, IsUndefinedBeyondTheFollowUpOfTheTreated) {
  const SurvivalData data{{1, 2, 6}, {1, 0, 0}};
  const auto curve =
      decision_curve(data, std::vector<double>{0.9, 0.9, 0.1}, 5, std::vector<double>{0.5});
  EXPECT_TRUE(std::isnan(curve[0].net_benefit));
}

}  // namespace
}  // namespace radiomics
