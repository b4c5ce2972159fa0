#include "radiomics/figures/flow_figure.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

TEST(FlowFigure, HasABoxPerStepAndPerExclusion) {
  const FlowFigure figure{.title = "Patients",
                          .steps = {{"Read (n = 9)", {"2 without time", "1 <odd>"}},
                                    {"Joined (n = 6)", {}},
                                    {"Analysed (n = 6)", {}}}};
  const std::string svg = to_svg(figure);
  expect_sound(svg);
  for (const char* text : {">Read (n = 9)<", ">Joined (n = 6)<", ">Analysed (n = 6)<",
                           ">2 without time<", ">1 &lt;odd&gt;<", ">Excluded<"})
    EXPECT_EQ(count(svg, text), 1u) << text;
  EXPECT_EQ(count(svg, "<rect"), 1u + 3u + 1u) << "paper, steps, exclusions";
  EXPECT_EQ(count(svg, "<path"), 3u) << "heads of arrows";
  EXPECT_LT(attribute_of(svg, "text", ">Read", "y"), attribute_of(svg, "text", ">Joined", "y"));
  EXPECT_EQ(svg, to_svg(figure));
}

TEST(FlowFigure, TheLastStepMayExcludeToo) {
  const std::string svg = to_svg(FlowFigure{.steps = {{"Read", {"1 gone"}}}});
  expect_sound(svg);
  EXPECT_EQ(count(svg, "<rect"), 3u);
  EXPECT_LT(attribute_of(svg, "text", ">1 gone<", "y"), attribute_of(svg, "svg", "", "height"));
  expect_sound(to_svg(FlowFigure{}));
}

}  // namespace
}  // namespace radiomics
