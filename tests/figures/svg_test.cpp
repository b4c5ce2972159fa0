#include "radiomics/figures/svg.h"

#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

TEST(Svg, EscapesTextAndRoundsCoordinates) {
  SvgPicture picture(100, 50.5, "a < b", "\"c\" & d");
  picture.text(1.0 / 3, 2, "x<y>&\"\n\xc3\xa9", {.anchor = Anchor::end, .bold = true});
  picture.path(SvgPath().move(0, -0.001).line(1.005, 2).across(3.10).down(4).close(),
               {.stroke = "#000000"});
  const std::string document = picture.document();
  EXPECT_TRUE(document.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns="));
  EXPECT_NE(document.find("width=\"100\" height=\"50.5\" viewBox=\"0 0 100 50.5\""),
            std::string::npos);
  EXPECT_NE(document.find("<title>a &lt; b</title>\n<desc>&quot;c&quot; &amp; d</desc>"),
            std::string::npos);
  EXPECT_NE(document.find("<text x=\"0.33\" y=\"2\""), std::string::npos);
  EXPECT_NE(document.find(">x&lt;y&gt;&amp;&quot; \xc3\xa9</text>"), std::string::npos);
  EXPECT_NE(document.find("d=\"M0,0L1,2H3.1V4Z\""), std::string::npos) << document;
}

TEST(Svg, FitsTextToAWidth) {
  EXPECT_EQ(fitted_name("short", 13, 100), "short");
  const std::string name = fitted_name("original_glrlm_run_entropy_3d_avg", 13, 100);
  EXPECT_TRUE(name.starts_with("orig") && name.ends_with("_avg")) << name;
  EXPECT_NE(name.find("\xe2\x80\xa6"), std::string::npos) << name;
  EXPECT_LE(text_width(name, 13), 100);
  EXPECT_EQ(fitted_name("\xc3\xa9\xc3\xa9\xc3\xa9", 10, 5), "\xe2\x80\xa6");
  for (double width = 10; width < 60; ++width) {
    const std::string cut_name =
        fitted_name("\xc3\xa9 \xe6\xb5\x8b\xe8\xaf\x95\xc3\xa9 abc", 10, width);
    EXPECT_EQ(valid_utf8(cut_name), cut_name) << width;
  }
  EXPECT_EQ(fitted("short", 13, 100), "short");
  const std::string cut = fitted("a rather long name", 13, 60);
  EXPECT_LE(text_width(cut, 13), 60);
  EXPECT_TRUE(cut.starts_with("a r") && cut.ends_with("\xe2\x80\xa6")) << cut;
  EXPECT_EQ(fitted("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 10, 20), "\xc3\xa9\xe2\x80\xa6")
      << "whole characters";
  EXPECT_GT(text_width("WWW", 13), text_width("iii", 13));
}

TEST(Style, TicksAreRound) {
  EXPECT_EQ(tick_step(1000, 7), 200);
  EXPECT_EQ(tick_step(0.7, 7), 0.1);
  EXPECT_EQ(tick_step(59, 7), 10);
  EXPECT_EQ(tick_step(0, 7), 1);
  EXPECT_EQ(ticks_to(10, 5), (std::vector<double>{0, 5, 10}));
  EXPECT_EQ(ticks_to(0.3, 0.1).size(), 4u) << "0.1 + 0.1 + 0.1 is not 0.3";
}

TEST(Style, SeriesBeyondThePaletteAreDashed) {
  EXPECT_EQ(series_colour(0), series_colour(palette.size()));
  EXPECT_EQ(series_dashes(0), "");
  EXPECT_NE(series_dashes(palette.size()), "");
}

}  // namespace
}  // namespace radiomics
