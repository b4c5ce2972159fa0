#include "radiomics/figures/spline_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

SplineFigure curve() {
  return {.title = "OS by age",
          .note = "nonlinearity: p = 0.02",
          .x_label = "age",
          .footnote = "foot",
          .x = {40, 60, 80},
          .log_ratio = {-1, 0, 1},
          .low = {-2, 0, 0},
          .high = {0, 0, 2},
          .knots = {50, 60, 70},
          .observed = {30, 45, 75}};
}

TEST(SplineFigure, HasItsParts) {
  const std::string svg = to_svg(curve());
  expect_sound(svg);
  for (const char* text : {">OS by age</text>", ">nonlinearity: p = 0.02<", ">age<", ">foot<",
                           ">Log hazard ratio<", ">Hazard ratio<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  // The plot is 548 x 340 from (84, 48): x from 40 to 80, y from -2 to 2.
  EXPECT_EQ(count(svg, "d=\"M84,303L358,218L632,133\""), 1u) << svg;
  EXPECT_EQ(count(svg, "stroke-dasharray=\"2 4\""), 3u) << "knots";
  EXPECT_EQ(count(svg, "stroke-dasharray=\"6 4\""), 1u) << "a ratio of 1";
  EXPECT_EQ(count(svg, "stroke=\"#555555\""), 2u) << "30 is outside";
  EXPECT_EQ(svg, to_svg(curve()));
}

// The axis ends three heights of the line above it: at 4 of a line from -1 to 1, not at 1000.
TEST(SplineFigure, AWideBandDoesNotFlattenTheLine) {
  SplineFigure wide = curve();
  wide.low = {-100, 0, 0};
  wide.high = {0, 0, 1000};
  const std::string svg = to_svg(wide);
  expect_sound(svg);
  EXPECT_EQ(count(svg, ">1000<"), 0u);
  EXPECT_EQ(count(svg, "d=\"M84,246.33L358,218L632,189.67\""), 1u) << "from -6 to 6";
}

TEST(SplineFigure, NothingToShowIsNoTrouble) {
  expect_sound(to_svg(SplineFigure{}));
  expect_sound(
      to_svg(SplineFigure{.x = {1}, .log_ratio = {std::nan("")}, .low = {0}, .high = {1}}));
}

}  // namespace
}  // namespace radiomics
