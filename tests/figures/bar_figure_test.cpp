#include "radiomics/figures/bar_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

BarFigure correlations() {
  return {.title = "Volume",
          .x_label = "rho",
          .footnote = "foot",
          .low = -1,
          .thresholds = {-0.8, 0.8},
          .bars = {{"a", 0.9, "0.90"},
                   {"b", -0.5, "-0.50"},
                   {"c", -0.85, ""},
                   {"d", std::nan(""), ""},
                   {"e", 7, "7"}}};
}

TEST(BarFigure, HasItsParts) {
  const std::string svg = to_svg(correlations());
  expect_sound(svg);
  for (const char* text : {">Volume</text>", ">rho<", ">foot<", ">a<", ">0.90<", ">not estimable<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  EXPECT_EQ(count(svg, "fill=\"#0072b2\""), 3u) << "those beyond a threshold stand out";
  EXPECT_EQ(count(svg, "stroke-dasharray"), 2u) << "thresholds";
  EXPECT_EQ(svg, to_svg(correlations()));
}

TEST(BarFigure, BarsBeginAtZero) {
  const std::string svg = to_svg(correlations());
  // The plot is from 86 to 622, zero at 354; -0.5 reaches a quarter of the width to the left.
  EXPECT_NEAR(attribute_of(svg, "rect", "#b4bcc4", "x"), 354 - 134, 0.005) << svg;
  EXPECT_NEAR(attribute_of(svg, "rect", "#b4bcc4", "width"), 134, 0.005);
  EXPECT_EQ(count(svg, "width=\"268\" height=\"13\""), 1u) << "7 ends with the axis";
}

TEST(BarFigure, NothingToShowIsNoTrouble) {
  expect_sound(to_svg(BarFigure{}));
  expect_sound(to_svg(BarFigure{.low = 0, .high = 0, .bars = {{"a", 1, "1"}}}));
}

}  // namespace
}  // namespace radiomics
