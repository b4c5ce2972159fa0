#include "radiomics/figures/residual_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

ResidualFigure two_panels() {
  const ResidualPanel panel{.term = "diameter",
                            .note = "p = 0.31",
                            .time = {1, 5, 10, 20},
                            .residual = {-1, 1, 2, std::nan("")},
                            .smooth_time = {0, 10, 20},
                            .smooth = {0, 1, 0},
                            .smooth_low = {-1, 0, -1},
                            .smooth_high = {1, 2, 1},
                            .coefficient = 0.5};
  return {.title = "Residuals", .x_label = "Months", .footnote = "foot", .panels = {panel, panel}};
}

TEST(ResidualFigure, HasAPanelPerTerm) {
  const std::string svg = to_svg(two_panels());
  expect_sound(svg);
  for (const char* text : {">diameter<", ">p = 0.31<", ">Months<"})
    EXPECT_EQ(count(svg, text), 2u) << text;
  EXPECT_EQ(count(svg, "<circle"), 6u) << "the undefined residual has no point";
  EXPECT_EQ(count(svg, "stroke-dasharray=\"6 4\""), 2u) << "the coefficients";
  EXPECT_EQ(svg, to_svg(two_panels()));
}

TEST(ResidualFigure, OnePanelTakesTheWidth) {
  auto figure = two_panels();
  const auto height = [&figure] { return attribute_of(to_svg(figure), "svg", "", "height"); };
  const double one_row = height();
  figure.panels.resize(1);
  EXPECT_EQ(height(), one_row);
  // The time of 10 of 20.4 across 64 to 692.
  EXPECT_NEAR(attribute_of(to_svg(figure), "circle", "cx=\"371", "cx"), 64 + 628 / 2.04, 0.005);
  figure.panels.resize(3);
  EXPECT_GT(height(), one_row + 200);
}

TEST(ResidualFigure, NothingToShowIsNoTrouble) {
  expect_sound(to_svg(ResidualFigure{}));
  expect_sound(to_svg(ResidualFigure{.panels = {{.term = "x"}}}));
}

}  // namespace
}  // namespace radiomics
