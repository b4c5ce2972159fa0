#include "radiomics/figures/forest_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

ForestFigure three_rows() {
  ForestFigure figure{.title = "OS <1>", .low_side = "better", .footnote = "foot"};
  figure.rows = {{.label = "diameter",
                  .group = "Imaging",
                  .counts = "84/105",
                  .estimate = 1,
                  .conf_low = 0.5,
                  .conf_high = 2,
                  .text = "1.00 (0.50 to 2.00)",
                  .p = "0.9"},
                 {.label = "wide",
                  .group = "Imaging",
                  .estimate = 2,
                  .conf_low = 0.001,
                  .conf_high = INFINITY,
                  .text = "2.00"},
                 {.label = "separated", .group = "Stage", .estimate = INFINITY}};
  return figure;
}

TEST(ForestFigure, HasItsTexts) {
  const std::string svg = to_svg(three_rows());
  expect_sound(svg);
  for (const char* text : {">OS &lt;1&gt;<", ">Imaging<", ">Stage<", ">diameter<", ">84/105<",
                           ">1.00 (0.50 to 2.00)<", ">0.9<", ">foot<", "better<"})
    EXPECT_GE(count(svg, text), 1u) << text;
  EXPECT_EQ(count(svg, ">Imaging<"), 1u) << "once for both rows";
  EXPECT_EQ(count(svg, ">not estimable<"), 1u);
  EXPECT_EQ(count(svg, "fill=\"#0072b2\""), 2u) << "no box for the infinite ratio";
  EXPECT_EQ(svg, to_svg(three_rows()));
}

TEST(ForestFigure, TheBoxOfOneLiesOnTheLineOfOne) {
  const std::string svg = to_svg(three_rows());
  const double side = attribute_of(svg, "rect", "#0072b2", "width");
  EXPECT_NEAR(attribute_of(svg, "rect", "#0072b2", "x") + side / 2,
              attribute_of(svg, "line", "stroke-dasharray", "x1"), 0.011)  // two roundings
      << svg;
}

TEST(ForestFigure, ArrowsWhereAnIntervalLeavesTheAxis) {
  auto figure = three_rows();
  EXPECT_EQ(count(to_svg(figure), "<path"), 2u) << "one at each end of the wide interval";
  figure.rows[1].conf_low = 1;
  figure.rows[1].conf_high = 4;
  EXPECT_EQ(count(to_svg(figure), "<path"), 0u);
}

TEST(ForestFigure, IsAsWideAsItsLabelsNeed) {
  auto figure = three_rows();
  EXPECT_EQ(attribute_of(to_svg(figure), "svg", "", "width"), 860);
  figure.rows[0].label = "original_morphology_maximum_axial_diameter_perpendicular";
  const std::string svg = to_svg(figure);
  EXPECT_EQ(count(svg, ">" + figure.rows[0].label + "<"), 1u);
  EXPECT_GT(attribute_of(svg, "svg", "", "width"), 900);
  figure.rows[0].label = std::string(1000, 'w');
  EXPECT_LT(attribute_of(to_svg(figure), "svg", "", "width"), 1200);
}

TEST(ForestFigure, GrowsWithItsRows) {
  auto figure = three_rows();
  const double before = attribute_of(to_svg(figure), "svg", "", "height");
  for (int i = 0; i < 60; ++i) figure.rows.push_back(figure.rows[0]);
  const std::string svg = to_svg(figure);
  expect_sound(svg);
  EXPECT_GT(attribute_of(svg, "svg", "", "height"), before + 60 * 20);
  expect_sound(to_svg(ForestFigure{}));
}

}  // namespace
}  // namespace radiomics
