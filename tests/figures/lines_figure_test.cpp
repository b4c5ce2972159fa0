#include "radiomics/figures/lines_figure.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

LinesFigure two_lines() {
  return {.title = "AUC",
          .x_label = "Months",
          .y_label = "AUC(t)",
          .note = "n = 5",
          .footnote = "foot",
          .y_values = {0, 1},
          .y_guides = {0.5},
          .from_zero = true,
          .series = {{"TNM", {5, 10}, {0.5, 0.75}, {0.4, 0.6}, {0.6, 0.9}},
                     {"TNM + imaging", {5, 8, 10}, {0.6, std::nan(""), INFINITY}, {}, {}}}};
}

TEST(LinesFigure, HasItsParts) {
  const std::string svg = to_svg(two_lines());
  expect_sound(svg);
  for (const char* text : {">AUC</text>", ">Months<", ">AUC(t)<", ">n = 5<", ">foot<", ">TNM<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  EXPECT_EQ(count(svg, "opacity"), 1u) << "one band";
  // The plot is 436 x 340 from (84, 48): x from 0 to 10, y from 0 to 1.
  EXPECT_EQ(count(svg, "d=\"M302,218L520,133\""), 1u) << svg;
  EXPECT_EQ(svg, to_svg(two_lines()));
}

TEST(LinesFigure, NothingToShowIsNoTrouble) {
  expect_sound(to_svg(LinesFigure{}));
  expect_sound(to_svg(LinesFigure{.series = {{"x", {1}, {1}, {}, {}}}}));
  expect_sound(to_svg(DecisionCurveFigure{}));
}

TEST(DecisionCurveFigure, ShowsModelsAndTheTwoStrategies) {
  const DecisionCurveFigure figure{
      .title = "DCA",
      .threshold = {0.1, 0.2, 0.3, 0.4},
      .models = {{"TNM", {0.2, 0.1, std::nan(""), 0}}, {"imaging", {0.2, 0.15, 0.1, 0.05}}},
      .treat_all = {0.2, 0.1, 0, -0.5}};
  const std::string svg = to_svg(figure);
  expect_sound(svg);
  for (const char* text : {">TNM<", ">imaging<", ">Treat all<", ">Treat none<",
                           ">Threshold probability<", ">Net benefit<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  EXPECT_EQ(count(svg, ">\xe2\x88\x92"), 0u) << "no ticks far below 0";
  EXPECT_EQ(svg, to_svg(figure));
}

TEST(DecisionCurveFigure, LabelsOfCurvesThatLieOnEachOtherStandApart) {
  // Two models alike, one that ends at 0 with treat none, treat all far below: all would meet.
  const DecisionCurveFigure figure{
      .threshold = {0.1, 0.3, 0.5},
      .models = {{"a", {0.2, 0.1, 0}}, {"b", {0.2, 0.1, 0}}, {"c", {0.1, -0.5, -0.9}}},
      .treat_all = {0.2, -0.1, -0.6}};
  const std::string svg = to_svg(figure);
  std::vector<double> heights;
  for (const char* label : {">a<", ">b<", ">c<", ">Treat all<", ">Treat none<"}) {
    EXPECT_EQ(attribute_of(svg, "text", label, "x"), attribute_of(svg, "text", ">a<", "x"))
        << label;
    heights.push_back(attribute_of(svg, "text", label, "y"));
  }
  std::ranges::sort(heights);
  for (std::size_t i = 1; i < heights.size(); ++i) EXPECT_GE(heights[i] - heights[i - 1], 17);
}

}  // namespace
}  // namespace radiomics
