#include "radiomics/figures/survival_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

SurvivalFigure two_arms() {
  SurvivalCurve curve{.label = "stage <II>",
                      .time = {2, 5, 8},
                      .estimate = {0.8, 0.8, 0.4},
                      .conf_low = {0.5, 0.5, 0.1},
                      .conf_high = {0.9, 0.9, 0.7},
                      .n_censor = {0, 1, 1},
                      .n_risk = {5, 4, 3},
                      .median = 8};
  SurvivalFigure figure{.title = "OS",
                        .description = "two arms",
                        .x_label = "Time (months)",
                        .y_label = "Probability",
                        .note = "p = 0.5",
                        .footnote = "Ticks: censored.",
                        .x_tick_step = 2,
                        .curves = {curve, curve}};
  figure.curves[1].label = "other";
  figure.curves[1].median = std::nan("");
  return figure;
}

TEST(SurvivalFigure, HasItsParts) {
  const std::string svg = to_svg(two_arms());
  for (const char* text : {">OS</text>", ">Time (months)<", ">Probability<", ">p = 0.5<",
                           ">Ticks: censored.<", ">Number at risk<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  EXPECT_EQ(count(svg, ">stage &lt;II&gt;<"), 2u) << "legend and numbers at risk";
  EXPECT_EQ(count(svg, "opacity="), 2u) << "bands";
  EXPECT_EQ(count(svg, "stroke-dasharray=\"3 3\""), 2u) << "one median was reached: two guides";
  // At 0, 2, 4, 6, 8: 5, 5, 4, 3, 3 in each arm; the axis has none of 5 and 3.
  EXPECT_EQ(count(svg, ">5</text>"), 4u);
  EXPECT_EQ(count(svg, ">3</text>"), 4u);
}

TEST(SurvivalFigure, IsSelfContainedAndDeterministic) {
  const std::string svg = to_svg(two_arms());
  EXPECT_EQ(svg, to_svg(two_arms()));
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_EQ(svg.find("href"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(SurvivalFigure, UndefinedLimitsInterruptTheBand) {
  auto figure = two_arms();
  figure.curves.resize(1);
  figure.curves[0].conf_low = {std::nan(""), 0.5, 0.1};
  const std::string svg = to_svg(figure);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(count(svg, "opacity="), 1u);
  figure.curves[0].conf_low = figure.curves[0].conf_high = {};
  EXPECT_EQ(count(to_svg(figure), "opacity="), 0u);
}

TEST(SurvivalFigure, ManyCurvesHaveNoBandsAndATallerTable) {
  auto figure = two_arms();
  for (int i = 0; i < 7; ++i) figure.curves.push_back(figure.curves[0]);
  EXPECT_EQ(count(to_svg(figure), "opacity="), 0u);
}

TEST(SurvivalFigure, EverybodyAtTimeZeroIsNoTrouble) {
  SurvivalFigure figure = two_arms();
  for (auto& curve : figure.curves)
    curve = {"x", {0}, {1}, {std::nan("")}, {std::nan("")}, {3}, {3}, std::nan("")};
  const std::string svg = to_svg(figure);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
}

}  // namespace
}  // namespace radiomics
