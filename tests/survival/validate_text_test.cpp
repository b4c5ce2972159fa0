#include "radiomics/survival/validate_text.h"

#include <gtest/gtest.h>

namespace radiomics {
namespace {

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

CalibrationSlope slope(double estimate, double low, double high) {
  return {.slope = {estimate, 0.1, low, high}};
}

TEST(ValidateTextTest, ConcordanceIsReadWithItsInterval) {
  ValidatedPrediction prediction{.name = "tnm"};
  EXPECT_EQ(concordance_text(prediction), "") << "undefined";
  prediction.concordance.estimate = {0.6, 0.03, 0.55, 0.65};
  EXPECT_EQ(concordance_text(prediction),
            "tnm: of two patients of whom one has the event first, it gives that one the higher "
            "risk in 60 % (C 0.600 (0.550 to 0.650); 50 % is chance).");
  prediction.concordance.estimate.conf_low = 0.45;
  EXPECT_TRUE(has(concordance_text(prediction), "compatible with chance"));
  prediction.concordance.estimate = {0.4, 0.03, 0.35, 0.45};
  EXPECT_TRUE(has(concordance_text(prediction), "worse than chance"));
}

TEST(ValidateTextTest, SlopesAreJudgedByTheirInterval) {
  ValidatedPrediction prediction{.name = "a"};
  EXPECT_TRUE(has(slope_text(prediction, slope(1.1, 0.8, 1.4)), "the interval holds 1"));
  EXPECT_TRUE(has(slope_text(prediction, slope(0.5, 0.2, 0.8)), "too extreme"));
  EXPECT_FALSE(has(slope_text(prediction, slope(0.5, 0.2, 0.8)), "separate nobody"));
  EXPECT_TRUE(has(slope_text(prediction, slope(0.3, -0.1, 0.7)), "separate nobody"));
  EXPECT_TRUE(has(slope_text(prediction, slope(0.6, -0.2, 1.4)), "but also 0"));
  EXPECT_TRUE(has(slope_text(prediction, slope(2, 1.5, 2.5)), "too moderate"));
  prediction.apparent = true;
  EXPECT_TRUE(has(slope_text(prediction, slope(1, 0.8, 1.2)), "apparent"));
  EXPECT_FALSE(has(slope_text(prediction, slope(1, 0.8, 1.2)), "holds"));
}

TEST(ValidateTextTest, ExpectedIsComparedWithTheIntervalOfTheObserved) {
  const ValidatedPrediction prediction{.name = "a"};
  CalibrationResult result{.time = 24, .totals = {0.5, 0.45, 0.5 / 0.45}};
  result.observed_limits = {0.4, 0.6};
  EXPECT_TRUE(has(observed_text(prediction, result), "agrees within chance"));
  result.totals.expected = 0.3;
  EXPECT_TRUE(has(observed_text(prediction, result), "too low"));
  result.totals.expected = 0.7;
  EXPECT_TRUE(has(observed_text(prediction, result), "too high"));
  EXPECT_EQ(observed_text(prediction, {}), "");
}

TEST(ValidateTextTest, DecisionNeedsBothStrategiesBeaten) {
  const DecisionResult decision{
      .time = 24,
      .model = {{.threshold = 0.1, .net_benefit = 0.2}, {.threshold = 0.3, .net_benefit = 0.05}},
      .treat_all = {{.threshold = 0.1, .net_benefit = 0.25},
                    {.threshold = 0.3, .net_benefit = -0.1}}};
  EXPECT_TRUE(has(decision_text({.name = "a"}, decision), "at the threshold 0.3;"));
  DecisionResult useless = decision;
  useless.model[1].net_benefit = -0.01;
  EXPECT_TRUE(has(decision_text({.name = "a"}, useless), "at no threshold"));
}

}  // namespace
}  // namespace radiomics
