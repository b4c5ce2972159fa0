#include "radiomics/figures/incidence_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

IncidenceFigure two_groups() {
  IncidenceGroup group{.label = "I", .time = {2, 5, 8}, .n_risk = {9, 7, 6}};
  group.causes = {{"relapse", {0.1, 0.1, 0.3}, {0.05, 0.05, 0.2}, {0.2, 0.2, 0.5}},
                  {"death", {0, 0.2, 0.2}, {std::nan(""), 0.1, 0.1}, {std::nan(""), 0.3, 0.3}}};
  IncidenceFigure figure{.title = "LR",
                         .x_label = "Months",
                         .note = "Gray p = 0.5",
                         .footnote = "foot",
                         .x_tick_step = 4,
                         .groups = {group, group}};
  figure.groups[1].label = "II";
  return figure;
}

TEST(IncidenceFigure, CurvesByGroupAndCause) {
  const std::string svg = to_svg(two_groups());
  expect_sound(svg);
  for (const char* text : {">I, relapse<", ">I, death<", ">II, relapse<", ">II, death<",
                           ">Number at risk<", ">Months<", ">Gray p = 0.5<", ">foot<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  EXPECT_EQ(count(svg, "opacity"), 4u) << "bands";
  EXPECT_EQ(count(svg, ">7</text>"), 2u) << "at risk at 4";
  EXPECT_EQ(svg, to_svg(two_groups()));
}

TEST(IncidenceFigure, OneGroupHasAColourPerCause) {
  auto figure = two_groups();
  figure.groups.resize(1);
  const std::string svg = to_svg(figure);
  EXPECT_EQ(count(svg, ">relapse<"), 1u);
  EXPECT_GT(count(svg, "#d55e00"), 0u);
}

TEST(IncidenceFigure, ACauseWithoutALabelLeavesThatOfTheGroup) {
  auto figure = two_groups();
  for (auto& group : figure.groups) {
    group.causes.resize(1);
    group.causes[0].label.clear();
  }
  const std::string svg = to_svg(figure);
  EXPECT_EQ(count(svg, ">II</text>"), 2u) << "legend and numbers at risk";
}

TEST(IncidenceFigure, StackedAreasReachTheSum) {
  const std::string svg = to_stacked_svg(two_groups(), 1);
  expect_sound(svg);
  for (const char* text : {">relapse<", ">death<", ">Event-free<", ">II<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  // The plot is 340 high and begins at 44: 0.3 + 0.2 lies at 44 + 170.
  EXPECT_EQ(count(svg, "V214"), 2u) << "area and line: " << svg;
}

TEST(IncidenceFigure, NothingToShowIsNoTrouble) {
  IncidenceFigure figure;
  expect_sound(to_svg(figure));
  figure.groups = {{.label = "x", .time = {0}, .n_risk = {1}, .causes = {{"a", {std::nan("")}}}}};
  expect_sound(to_svg(figure));
  expect_sound(to_stacked_svg(figure, 0));
}

}  // namespace
}  // namespace radiomics
