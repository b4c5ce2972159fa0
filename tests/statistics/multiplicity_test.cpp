#include "radiomics/statistics/multiplicity.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

using Values = std::vector<double>;

constexpr auto all_adjustments = {Adjustment::benjamini_hochberg, Adjustment::benjamini_yekutieli,
                                  Adjustment::holm, Adjustment::hochberg, Adjustment::bonferroni};

std::ptrdiff_t rejected(const Values& p_values, Adjustment adjustment) {
  return std::ranges::count_if(adjusted_p_values(p_values, adjustment),
                               [](double p) { return p <= 0.05; });
}

// Thrombolysis after myocardial infarction, 15 comparisons: Benjamini and Hochberg 1995, section
// 4.1. At 0.05 Bonferroni and Hochberg reject three hypotheses, the false discovery rate four.
TEST(Multiplicity, ThrombolysisAsPublished) {
  const Values p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  EXPECT_EQ(rejected(p, Adjustment::bonferroni), 3);
  EXPECT_EQ(rejected(p, Adjustment::hochberg), 3);
  EXPECT_EQ(rejected(p, Adjustment::holm), 3);
  EXPECT_EQ(rejected(p, Adjustment::benjamini_hochberg), 4);
}

void expect_adjusted(Adjustment adjustment, const Values& expected) {
  const auto ours = adjusted_p_values(Values{0.04, 0.01, 0.03}, adjustment);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(ours[i], expected[i], 1e-15) << to_string(adjustment);
}

// In order 0.01, 0.03, 0.04. BH: 3, 3/2 and 1 times, the second not above the third; BY: 11/6 times
// that; Holm: 3, 2 and 1 times, the third not below the second; Hochberg: the second not above it.
TEST(Multiplicity, ThreeTestsByHand) {
  expect_adjusted(Adjustment::benjamini_hochberg, {0.04, 0.03, 0.04});
  expect_adjusted(Adjustment::benjamini_yekutieli, {0.22 / 3, 0.055, 0.22 / 3});
  expect_adjusted(Adjustment::holm, {0.06, 0.03, 0.06});
  expect_adjusted(Adjustment::hochberg, {0.04, 0.03, 0.04});
  expect_adjusted(Adjustment::bonferroni, {0.12, 0.03, 0.09});
}

TEST(Multiplicity, WhatHasNoPValueIsNoTest) {
  for (const auto adjustment : all_adjustments) {
    const auto with_gap =
        adjusted_p_values(Values{0.02, undefined, 0.01, undefined, 0.3}, adjustment);
    const auto without = adjusted_p_values(Values{0.02, 0.01, 0.3}, adjustment);
    EXPECT_EQ((Values{with_gap[0], with_gap[2], with_gap[4]}), without);
    EXPECT_TRUE(std::isnan(with_gap[1]) && std::isnan(with_gap[3]));
    EXPECT_TRUE(adjusted_p_values({}, adjustment).empty());
    EXPECT_EQ(adjusted_p_values(Values{0.7}, adjustment), Values{0.7});
  }
}

TEST(Multiplicity, NeverExceedsOneNorChangesTheOrder) {
  const Values p{0.9, 0.2, 0.2, 0.001, 1, 0.5, 0.0004};
  for (const auto adjustment : all_adjustments) {
    const auto adjusted = adjusted_p_values(p, adjustment);
    for (std::size_t i = 0; i < p.size(); ++i) {
      EXPECT_LE(adjusted[i], 1);
      EXPECT_GE(adjusted[i], p[i]);
      for (std::size_t j = 0; j < p.size(); ++j)
        if (p[i] <= p[j]) {
          EXPECT_LE(adjusted[i], adjusted[j]) << to_string(adjustment);
        }
    }
  }
}

}  // namespace
}  // namespace radiomics
