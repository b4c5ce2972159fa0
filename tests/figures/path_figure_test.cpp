#include "radiomics/figures/path_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

PathFigure small_path() {
  return {.title = "Path",
          .footnote = "foot",
          .lambda = {1, std::exp(-1), std::exp(-2)},
          .non_zero = {0, 1, 2},
          .terms = {{"diameter", {0, 0.5, 1}}, {"gone", {0, 0.1, 0}}, {"sex", {0, 0, -1}}},
          .marks = {{"best", std::exp(-1)}, {"outside", 100}, {"never", std::nan("")}}};
}

TEST(PathFigure, LabelsWhatStays) {
  const std::string svg = to_svg(small_path());
  expect_sound(svg);
  for (const char* text : {">Path</text>", ">Coefficient<", ">diameter<", ">sex<", ">best<",
                           ">foot<", ">Non-zero coefficients<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  for (const char* text : {">gone<", ">outside<", ">never<"}) EXPECT_EQ(count(svg, text), 0u);
  EXPECT_EQ(svg, to_svg(small_path()));
}

TEST(PathFigure, ThePenaltyFallsToTheRight) {
  const std::string svg = to_svg(small_path());
  // The plot is from x 84 to 536 and y 96 to 456, -1 to 1; 0.5 at the middle.
  EXPECT_EQ(count(svg, "d=\"M84,276L310,186L536,96\""), 1u) << svg;
  EXPECT_NEAR(attribute_of(svg, "line", "stroke-dasharray=\"4 3\"", "x1"), 310, 0.005);
}

TEST(CrossValidationFigure, HasPointsWithBars) {
  CrossValidationFigure figure{.title = "CV",
                               .lambda = {1, 0.5, 0.25},
                               .value = {-10, -8, std::nan("")},
                               .std_error = {1, std::nan(""), 1},
                               .marks = {{"best", 0.5}}};
  const std::string svg = to_svg(figure);
  expect_sound(svg);
  EXPECT_EQ(count(svg, "<circle"), 2u);
  EXPECT_EQ(count(svg, "stroke=\"#9a9a9a\""), 1u);
  EXPECT_EQ(count(svg, ">best<"), 1u);
  EXPECT_EQ(svg, to_svg(figure));
  figure.std_error.clear();
  EXPECT_EQ(count(to_svg(figure), "stroke=\"#9a9a9a\""), 0u);
}

TEST(PathFigure, NothingToShowIsNoTrouble) {
  expect_sound(to_svg(PathFigure{}));
  expect_sound(to_svg(CrossValidationFigure{}));
  expect_sound(to_svg(CrossValidationFigure{.lambda = {0}, .value = {1}}));
}

}  // namespace
}  // namespace radiomics
