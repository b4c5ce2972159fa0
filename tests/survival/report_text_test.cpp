#include "radiomics/survival/report_text.h"

#include <gtest/gtest.h>

#include "radiomics/cohort/horizon.h"

namespace radiomics {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(ReportText, ValuesOfVariablesAreWrittenInFull) {
  EXPECT_EQ(value_text(19.314, 4), "19.31");
  EXPECT_EQ(value_text(44372.4, 4), "44372");
  EXPECT_EQ(value_text(-44372.6, 4), "-44373");
  EXPECT_EQ(value_text(9999.4, 4), "9999");
  EXPECT_EQ(value_text(9999.6, 4), "10000");
  EXPECT_EQ(value_text(0.000012345, 3), "1.23e-05");
  EXPECT_EQ(value_text(3e15, 3), "3e+15");
}

TEST(ReportText, PValues) {
  EXPECT_EQ(p_cell(0.016), "0.016");
  EXPECT_EQ(p_cell(0.0213456), "0.0213");
  EXPECT_EQ(p_cell(0.00099), "< 0.001");
  EXPECT_EQ(p_cell(0.9999), "> 0.999");
  EXPECT_EQ(p_cell(undefined), "not tested");
  EXPECT_EQ(p_phrase(0.016), "p = 0.016");
  EXPECT_EQ(p_phrase(1e-300), "p < 0.001");
  EXPECT_EQ(p_phrase(1), "p > 0.999");
  EXPECT_EQ(p_phrase(undefined, "-"), "-");
}

TEST(ReportText, Percent) {
  EXPECT_EQ(percent(0.95), "95 %");
  EXPECT_EQ(percent(0.975), "97.5 %");
  EXPECT_EQ(percent(0.12345, 1), "12.3 %");
  EXPECT_EQ(percent(undefined), "not estimable");
}

TEST(ReportText, TimesThatAreNotReached) {
  EXPECT_EQ(time_text(18.2049), "18.2");
  EXPECT_EQ(time_text(undefined), "not reached");
  EXPECT_EQ(with_limits({.p = 0.5, .estimate = 18.2, .conf_low = 12.1, .conf_high = undefined}),
            "18.2 (12.1 to not reached)");
  EXPECT_EQ(with_limits({.p = 0.5, .estimate = undefined, .conf_low = 30, .conf_high = undefined}),
            "not reached (30 to not reached)");
  EXPECT_EQ(
      with_limits({.p = 0.5, .estimate = undefined, .conf_low = undefined, .conf_high = undefined}),
      "not reached");
}

TEST(ReportText, Estimates) {
  EXPECT_EQ(with_limits(Estimate{0.6431, 0.03, 0.5812, 0.7049}, 3), "0.643 (0.581 to 0.705)");
  EXPECT_EQ(with_limits(Estimate{.estimate = 0.5}, 2), "0.50");
  EXPECT_EQ(with_limits(Estimate{}, 2), "not estimable");
}

TEST(ReportText, RatiosShowTheWidthOfTheirInterval) {
  EXPECT_EQ(ratio_with_limits(1.1, 1.02, 1.19), "1.10 (1.02 to 1.19)");
  EXPECT_EQ(ratio_with_limits(1.00002, 1.00001, 1.00003), "1.000020 (1.000010 to 1.000030)");
  EXPECT_EQ(ratio_with_limits(12.345, 3.21, 123.4), "12.3 (3.21 to 123)");
  EXPECT_EQ(ratio_with_limits(2, 0.001, 1e6), "2.00 (< 0.01 to > 1000)");
  EXPECT_EQ(ratio_with_limits(2, 1, infinite), "2.00 (1.00 to > 1000)");
  EXPECT_EQ(ratio_with_limits(2, undefined, undefined), "2.00");
  EXPECT_EQ(ratio_with_limits(infinite, 0, infinite), "not estimable");
  EXPECT_EQ(ratio_with_limits(undefined, undefined, undefined), "not estimable");
}

TEST(ReportText, HorizonsAreYearsWhereTheyCanBe) {
  EXPECT_EQ(horizon_phrase(12, TimeUnit::months), "1 year");
  EXPECT_EQ(horizon_phrase(24, TimeUnit::months), "2 years");
  EXPECT_EQ(horizon_phrase(18, TimeUnit::months), "18 months");
  EXPECT_EQ(horizon_phrase(1, TimeUnit::months), "1 month");
  EXPECT_EQ(horizon_phrase(730.5, TimeUnit::days), "2 years");
  EXPECT_EQ(horizon_phrase(730, TimeUnit::days), "730 days") << "half a day short";
  EXPECT_EQ(horizon_phrase(0, TimeUnit::years), "0 years");
  EXPECT_EQ(horizon_phrase(24, {}), "time 24");
}

TEST(ReportText, TicksOfMonthsAreWholeYears) {
  EXPECT_EQ(tick_step(79, TimeUnit::months), 12);
  EXPECT_EQ(tick_step(30, TimeUnit::months), 3);
  EXPECT_EQ(tick_step(2000, TimeUnit::months), 120);
  EXPECT_EQ(tick_step(79, TimeUnit::days), 0);
  EXPECT_EQ(tick_step(79, {}), 0);
}

}  // namespace
}  // namespace radiomics
