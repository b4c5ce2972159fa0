#include "radiomics/figures/series.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

const Plot plot{.left = 0, .top = 0, .right = 100, .bottom = 100, .x = {0, 10}, .y = {0, 10}};
const double gap = std::nan("");

template <class Draw>
std::string drawn(Draw draw) {
  SvgPicture picture(100, 100, "", "");
  draw(picture);
  return picture.document();
}

TEST(FigureSeries, LinesAreCutAtThePlotAndHaveGaps) {
  const auto line = [](const std::vector<double>& x, const std::vector<double>& y) {
    return drawn(
        [&](SvgPicture& picture) { draw_line(picture, plot, x, y, {.stroke = "#000000"}); });
  };
  EXPECT_EQ(count(line({0, 5, 10}, {0, 5, 0}), "d=\"M0,100L50,50L100,100\""), 1u);
  EXPECT_EQ(count(line({0, 10}, {5, 15}), "d=\"M0,50L50.01,-0.01\""), 1u);
  EXPECT_EQ(count(line({0, 1, 2, 3, 4}, {1, 1, gap, 1, 1}), "d=\"M0,90L10,90M30,90L40,90\""), 1u);
  EXPECT_EQ(count(line({0, 1}, {20, 30}), "<path"), 0u);
  EXPECT_EQ(count(line({}, {}), "<path"), 0u);
}

TEST(FigureSeries, BandsAreInterrupted) {
  const std::vector<double> x{0, 1, 2, 3}, low{1, gap, 1, 1}, high{2, 2, 2, 20};
  const auto band =
      drawn([&](SvgPicture& picture) { draw_band(picture, plot, x, low, high, "#000000", 0.5); });
  EXPECT_EQ(count(band, "opacity"), 2u);
  EXPECT_EQ(count(band, "M20,80L30,0L30,90L20,90Z"), 1u) << "clamped to the plot: " << band;
  const auto none =
      drawn([&](SvgPicture& picture) { draw_band(picture, plot, x, {}, {}, "#000000", 0.5); });
  EXPECT_EQ(count(none, "<path"), 0u);
}

TEST(FigureSeries, StepsGoAcrossThenDown) {
  const auto steps = drawn([&](SvgPicture& picture) {
    draw_steps(picture, plot, 10, {2, 4, 6}, {8, 8, 5}, {.stroke = "#000000"});
  });
  EXPECT_EQ(count(steps, "d=\"M0,0H20V20H60V50\""), 1u) << steps;
}

TEST(FigureSeries, StepsBeyondThePlotEndAtItsEdge) {
  const auto steps = drawn([&](SvgPicture& picture) {
    draw_steps(picture, plot, 0, {2, 4}, {1e300, 5}, {.stroke = "#000000"});
  });
  EXPECT_EQ(count(steps, "d=\"M0,100H20V0H40V50\""), 1u) << steps;
}

TEST(FigureSeries, AtRiskIsTheEntryOfTheNextTime) {
  EXPECT_EQ(at_risk({1, 3, 5}, {9, 6, 2}, 3), 6);
  EXPECT_EQ(at_risk({1, 3, 5}, {9, 6, 2}, 3.1), 2);
  EXPECT_EQ(at_risk({1, 3, 5}, {9, 6, 2}, 5.1), 0);
}

}  // namespace
}  // namespace radiomics
