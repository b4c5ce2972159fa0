#include "radiomics/figures/axes.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

using Values = std::vector<double>;

std::vector<std::string> labels(const std::vector<Tick>& ticks) {
  std::vector<std::string> result;
  for (const auto& tick : ticks) result.push_back(tick.label);
  return result;
}
using Labels = std::vector<std::string>;

TEST(Axes, ScalesHaveRoundEnds) {
  const Scale scale = covering({0.13, 0.87, std::nan(""), INFINITY}, 5);
  EXPECT_DOUBLE_EQ(scale.low, 0);
  EXPECT_DOUBLE_EQ(scale.high, 1);
  EXPECT_EQ(covering({}, 5).high, 1);
  const Scale one = covering({7}, 5);
  EXPECT_LT(one.low, 7);
  EXPECT_GT(one.high, 7);
}

TEST(Axes, LinearTicksHaveTheSameDecimals) {
  EXPECT_EQ(labels(linear_ticks({-1, 1}, 5)), (Labels{"\xe2\x88\x92"
                                                      "1.0",
                                                      "\xe2\x88\x92"
                                                      "0.5",
                                                      "0.0", "0.5", "1.0"}));
  EXPECT_EQ(labels(linear_ticks({0, 60}, 6)), (Labels{"0", "10", "20", "30", "40", "50", "60"}));
  EXPECT_EQ(labels(linear_ticks({60, 0}, 6)).size(), 7u) << "an axis that runs backwards";
}

TEST(Axes, TicksOfVerySmallAndLargeNumbersAreShort) {
  EXPECT_EQ(labels(linear_ticks({-2e-5, 2e-5}, 4)), (Labels{"\xe2\x88\x92"
                                                            "2e-05",
                                                            "\xe2\x88\x92"
                                                            "1e-05",
                                                            "0", "1e-05", "2e-05"}));
  EXPECT_EQ(labels(linear_ticks({0, 3e12}, 3)), (Labels{"0", "1e+12", "2e+12", "3e+12"}));
  EXPECT_EQ(labels(linear_ticks({0, 2e6}, 2)), (Labels{"0", "1000000", "2000000"}));
}

TEST(Axes, NumbersOfAnySizeEndInAPicture) {
  EXPECT_TRUE(labels(linear_ticks({1e17, 1e17 + 16}, 5)).size() <= 10);
  for (const double value : {1e300, 1e-300, -1e17})
    for (const auto& label : labels(linear_ticks(covering({value, 2 * value}, 5), 5)))
      EXPECT_EQ(label.find('n'), std::string::npos) << label;
  EXPECT_TRUE(linear_ticks(covering({-1.7e308, 1.7e308}, 5), 5).empty());
}

TEST(Axes, RatioTicksArePowersOfTwo) {
  EXPECT_EQ(labels(ratio_ticks({0.2, 5, true})), (Labels{"0.25", "0.5", "1", "2", "4"}));
  EXPECT_EQ(labels(ratio_ticks({0.7, 1.6, true})), (Labels{"0.8", "1", "1.25", "1.5"}));
  EXPECT_EQ(labels(ratio_ticks({0.85, 1.2, true})), (Labels{"0.9", "1", "1.1", "1.2"}));
}

TEST(Axes, PlotsMapValuesToPixels) {
  const Plot plot{
      .left = 100, .top = 0, .right = 300, .bottom = 50, .x = {0.25, 4, true}, .y = {0, 10}};
  EXPECT_DOUBLE_EQ(plot.px(1), 200);
  EXPECT_DOUBLE_EQ(plot.px(2), 250);
  EXPECT_DOUBLE_EQ(plot.py(10), 0);
  EXPECT_DOUBLE_EQ(plot.py(2), 40);
}

TEST(Axes, LabelsKeepTheirDistance) {
  EXPECT_EQ(spread_labels({50, 10, 52}, 10, 0, 100), (Values{50, 10, 60}));
  EXPECT_EQ(spread_labels({95, 98}, 10, 0, 100), (Values{90, 100}));
}

TEST(Axes, LegendsBreakLinesAndCutLongLabels) {
  std::string longest;
  longest.append(200, 'x');
  const auto items = legend_items({"a", longest, "b"}, 100, 400, 20);
  EXPECT_EQ(items[0].y, 20);
  EXPECT_GT(items[1].y, 20);
  EXPECT_GT(items[2].y, items[1].y);
  EXPECT_LE(items[1].x + text_width(items[1].label, figure_text), 400);
}

}  // namespace
}  // namespace radiomics
