#include "radiomics/figures/calibration_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

CalibrationFigure quarters() {
  return {
      .title = "At 24",
      .points = {{0.5, 0.5, 0.4, 0.6}, {0.8, 0.9, 0.7, std::nan("")}, {0.9, std::nan(""), 0, 1}},
      .curve_x = {0.2, 0.5, 0.9},
      .curve_y = {0.1, 0.5, 1.2},
      .curve_low = {0.05, 0.4, 1},
      .curve_high = {0.3, 0.6, 1.5},
      .predicted = {0.2, 0.21, 0.9, 1, std::nan("")},
      .notes = {"Slope 0.91 & more"},
      .footnote = "foot"};
}

TEST(CalibrationFigure, HasItsParts) {
  const std::string svg = to_svg(quarters());
  expect_sound(svg);
  for (const char* text : {">At 24</text>", ">Predicted risk<", ">Observed risk<", ">Perfect<",
                           ">Smooth curve<", ">Slope 0.91 &amp; more<", ">Patients<", ">foot<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  EXPECT_EQ(count(svg, "<circle"), 3u) << "two groups that are defined, one in the legend";
  EXPECT_EQ(count(svg, "fill=\"#9a9a9a\""), 3u) << "bars: two patients share one";
  EXPECT_EQ(svg, to_svg(quarters()));
}

TEST(CalibrationFigure, EqualRisksLieOnTheDiagonal) {
  const std::string svg = to_svg(quarters());
  // The plot is a square of 400 from (76, 48).
  EXPECT_NEAR(attribute_of(svg, "circle", "", "cx"), 276, 0.005);
  EXPECT_NEAR(attribute_of(svg, "circle", "", "cy"), 248, 0.005);
}

TEST(CalibrationFigure, SmallRisksFillTheAxes) {
  CalibrationFigure figure{.points = {{0.03, 0.04, 0.01, 0.09}}};
  const std::string svg = to_svg(figure);
  EXPECT_EQ(count(svg, ">0.10<"), 2u) << "the end of both axes: " << svg;
  expect_sound(to_svg(CalibrationFigure{}));
}

}  // namespace
}  // namespace radiomics
