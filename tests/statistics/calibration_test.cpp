#include "radiomics/statistics/calibration.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/calibration_curve.h"
#include "radiomics/statistics/cox_predict.h"
#include "tests/support/random_survival.h"

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;

// Halving the linear predictor doubles its coefficient.
TEST(CalibrationSlope, IsInverseToTheScaleOfThePredictor) {
  const auto cohort = random_cohort(100, 40, 20, 1);
  std::vector<double> half;
  for (const double risk : cohort.risk) half.push_back(risk / 2);
  const auto slope = calibration_slope(cohort.data, cohort.risk);
  const auto doubled = calibration_slope(cohort.data, half);
  constexpr double converged = 1e-9;  // of a Cox fit
  EXPECT_NEAR(doubled.slope.estimate, 2 * slope.slope.estimate, converged);
  EXPECT_NEAR(doubled.p_value, slope.p_value, converged);
}

TEST(CalibrationSlope, OfAConstantIsUndefined) {
  const auto cohort = random_cohort(100, 40, 20, 1);
  EXPECT_TRUE(
      std::isnan(calibration_slope(cohort.data, std::vector<double>(100, 2)).slope.estimate));
}

TEST(ObservedExpected, ByHand) {
  const SurvivalData data{{1, 2, 3, 4}, {1, 0, 1, 0}};
  const auto ours = observed_expected(data, std::vector<double>{0.5, 0.5, 0.75, 0.25}, 3);
  EXPECT_NEAR(ours.observed, 1 - 0.75 * 0.5, rounding);
  EXPECT_NEAR(ours.expected, 0.5, rounding);
  EXPECT_NEAR(ours.ratio, 1.25, rounding);
  EXPECT_TRUE(std::isnan(observed_expected(data, std::vector<double>(4, 0.5), 5).ratio));
}

// The quartiles of 1 ... 8 are 2.75, 4.5 and 6.25.
TEST(CalibrationGroups, AreCutAtTheQuantiles) {
  SurvivalData data;
  std::vector<double> risk;
  for (int i = 1; i <= 8; ++i) {
    data.time.push_back(9 - i);
    data.event.push_back(1);
    risk.push_back(i / 10.0);
  }
  const auto groups = calibration_groups(data, risk, 4.5, 4);
  ASSERT_EQ(groups.size(), 4u);
  for (const auto& group : groups) EXPECT_EQ(group.n, 2);
  EXPECT_NEAR(groups[0].mean_predicted, 0.15, rounding);
  EXPECT_EQ(groups[0].observed, 0);
  EXPECT_EQ(groups[3].observed, 1);
}

TEST(CalibrationGroups, AreFewerWhereQuantilesCoincide) {
  const auto cohort = random_cohort(60, 40, 20, 3);
  std::vector<double> risk(60, 0.25);
  risk[0] = 0.75;
  const auto groups = calibration_groups(cohort.data, risk, 5, 4);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].n, 59);
  EXPECT_EQ(groups[1].n, 1);
}

TEST(PoissonCalibration, LeavesOutWhoIsExpectedNothingOf) {
  const SurvivalData data{{1, 2, 3}, {1, 0, 1}};
  const auto ours =
      poisson_calibration(data, std::vector<double>{0, 1, 2}, std::vector<double>{0, 0.5, 0.3});
  EXPECT_EQ(ours.zero_expected, 1);
  EXPECT_EQ(ours.observed, 2);
  EXPECT_NEAR(ours.expected, 0.8, rounding);
  EXPECT_NEAR(ours.log_ratio.estimate, std::log(1 / 0.8), 1e-10);  // converged
}

/// Risks at `horizon` by a Cox model in two groups, which is the model of the curve itself.
std::vector<double> risks_of_two_groups(const SurvivalData& data, double horizon) {
  CoxData model{.outcome = data, .covariates = Matrix(data.size(), 1)};
  for (std::size_t i = 0; i < data.size(); i += 2) model.covariates(i, 0) = 1;
  const CoxFit fit = fit_cox(model);
  const std::vector<double> until(data.size(), horizon);
  std::vector<double> risks;
  for (const double hazard :
       cumulative_hazards(fit, cox_baseline(fit, model), {.covariates = model.covariates}, until))
    risks.push_back(1 - std::exp(-hazard));
  return risks;
}

TEST(CalibrationCurve, OfTheModelItselfIsTheDiagonal) {
  const auto cohort = random_cohort(100, 40, 20, 4);
  const auto risk = risks_of_two_groups(cohort.data, 20);
  const auto curve = calibration_curve(cohort.data, risk, 20);
  EXPECT_TRUE(curve.knots.empty());  // two values are a line
  for (std::size_t i = 0; i < risk.size(); ++i)
    EXPECT_NEAR(curve.observed[i], risk[i], 1e-9);  // the convergence of two Cox fits
  EXPECT_NEAR(curve.e_max, 0, 1e-9);
}

TEST(CalibrationCurve, OfRisksThatAreTooLowLiesAbove) {
  const auto cohort = random_cohort(100, 40, 20, 4);
  auto risk = risks_of_two_groups(cohort.data, 20);
  for (double& value : risk) value /= 2;
  const auto curve = calibration_curve(cohort.data, risk, 20);
  for (std::size_t i = 0; i < risk.size(); ++i) EXPECT_GT(curve.observed[i], risk[i]);
  EXPECT_NEAR(curve.ici, curve.observed[0] / 4 + curve.observed[1] / 4, 1e-9);
  EXPECT_GE(curve.e_max, curve.e90);
  EXPECT_GE(curve.e90, curve.e50);
}

TEST(CalibrationCurve, IsUndefinedWithoutVariationOrFollowUp) {
  const auto cohort = random_cohort(100, 40, 20, 5);
  EXPECT_TRUE(std::isnan(calibration_curve(cohort.data, std::vector<double>(100, 0.3), 20).ici));
  const auto late = calibration_curve(cohort.data, cohort.risk, 41);
  EXPECT_TRUE(std::isnan(late.ici));
  EXPECT_TRUE(late.observed.empty());
}

// Risks of exactly 0 and 1 are predictions too.
TEST(CalibrationCurve, TakesCertainRisks) {
  const auto cohort = random_cohort(200, 40, 30, 6);
  std::vector<double> risk;
  for (const double value : cohort.risk) risk.push_back(std::min(1.0, value));
  risk[0] = 0;
  risk[1] = 1;
  EXPECT_TRUE(std::isfinite(calibration_curve(cohort.data, risk, 20, 3).ici));
}

}  // namespace
}  // namespace radiomics
