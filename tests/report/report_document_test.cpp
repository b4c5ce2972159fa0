#include "radiomics/report/report_document.h"

#include <gtest/gtest.h>

#include "radiomics/figures/forest_figure.h"
#include "tests/support/svg_checks.h"

namespace radiomics {
namespace {

constexpr const char* hostile = "<script>&amp;\"'\n# *b* _i_ `c` [l](x) | \\ 1 < 2\xff";

Report small_report() {
  ReportTable table = table_of({"Group", "n"});
  table.caption = "Patients.";
  table.rows = {{"II|III", "5"}, {"I"}};
  table.footnotes = {"* few."};
  const ReportFigure figure{.file = "km_OS 1.svg",
                            .svg =
                                "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"><g id=\"a\"/>"
                                "<path clip-path=\"url(#a)\"/><text>url(#a)</text></svg>\n",
                            .caption = "Curves"};
  return {.title = "Report <1>",
          .summary = {"It adds nothing."},
          .sections = {{.heading = "OS",
                        .blocks = {Paragraph{{{"Of "}, {"5", true}, {" patients"}}}, table, figure,
                                   figure, ReportList{{"one", "2. two"}},
                                   Note{.text = "Few events", .warning = true}}},
                       {.heading = "Detail", .level = 3, .blocks = {Note{.text = "b"}}},
                       {.heading = "Method"}},
          .footer = "radiomics"};
}

TEST(ReportDocument, Markdown) {
  EXPECT_EQ(to_markdown(small_report()), R"(# Report \<1\>

**It adds nothing.**

## OS

Of **5** patients

**Table 1.** Patients.

| Group | n |
|---|---:|
| II\|III | 5 |
| I |  |

\* few.

![Curves](km_OS%201.svg)

**Figure 1.** Curves

![Curves](km_OS%201.svg)

**Figure 2.** Curves

- one
- 2\. two

> **Warning:** Few events

### Detail

> **Note:** b

## Method

---

radiomics
)");
}

TEST(ReportDocument, HtmlHasTheSameParts) {
  const std::string html = to_html(small_report());
  for (const char* part :
       {"<!DOCTYPE html>", "<title>Report &lt;1&gt;</title>", "<h1>Report &lt;1&gt;</h1>",
        "<h2 id=\"section-1\">OS</h2>", "<h3 id=\"section-2\">Detail</h3>",
        "<a href=\"#section-3\">Method</a>", "<p>Of <strong>5</strong> patients</p>",
        "<caption><strong>Table 1.</strong> Patients.</caption>",
        "<th scope=\"col\">Group</th><th scope=\"col\" class=\"number\">n</th>",
        "<tr><td>II|III</td><td class=\"number\">5</td></tr>",
        "<tr><td>I</td><td class=\"number\"></td></tr>", "<p class=\"footnote\">* few.</p>",
        "<strong>Figure 2.</strong> Curves", "<li>2. two</li>", "<footer>radiomics</footer>",
        "<p class=\"warning\"><strong>Warning:</strong> Few events</p>"})
    EXPECT_EQ(count(html, part), 1u) << part;
  EXPECT_EQ(count(html, "section-2"), 1u) << "the contents list the chapters alone";
}

TEST(ReportDocument, HtmlNeedsNothingElseAndRunsNothing) {
  const std::string html = to_html(small_report());
  EXPECT_EQ(count(html, "default-src 'none'"), 1u);
  for (const char* part : {"<script", "src=", "http:", "https:", "<link", "@import", "<?xml"})
    EXPECT_EQ(count(html, part), 0u) << part;
  EXPECT_EQ(html, to_html(small_report()));
}

TEST(ReportDocument, NamesInsidePicturesDoNotClash) {
  const std::string html = to_html(small_report());
  for (const char* part :
       {"id=\"figure-1-a\"", "\"url(#figure-1-a)\"", "id=\"figure-2-a\"", "\"url(#figure-2-a)\""})
    EXPECT_EQ(count(html, part), 1u) << part;
  EXPECT_EQ(count(html, "<text>url(#a)</text>"), 2u) << "text of a picture is left alone";
}

TEST(ReportDocument, TakesPicturesAsTheyAreDrawn) {
  const ReportFigure figure{.file = "f.svg", .svg = to_svg(ForestFigure{.title = "a < b"})};
  const std::string html = to_html({.sections = {{.heading = "h", .blocks = {figure}}}});
  EXPECT_EQ(count(html, "<figure>\n<svg xmlns="), 1u);
  EXPECT_EQ(count(html, "<title>a &lt; b</title>"), 1u);
  EXPECT_TRUE(
      is_well_formed(html.substr(html.find("<main>"), html.find("</body>") - html.find("<main>"))));
}

TEST(ReportDocument, NoCellBecomesMarkup) {
  ReportTable table = table_of({hostile});
  table.caption = hostile;
  table.rows = {{hostile}};
  table.footnotes = {hostile};
  const Report report{.title = hostile,
                      .summary = {hostile},
                      .sections = {{.heading = hostile,
                                    .blocks = {Paragraph{{{hostile, true}}}, table,
                                               ReportFigure{.file = hostile, .caption = hostile},
                                               ReportList{{hostile}}, Note{.text = hostile}}}}};
  const std::string html = to_html(report), markdown = to_markdown(report);
  const std::string in_html =
      "&lt;script&gt;&amp;amp;&quot;&#39; # *b* _<wbr>i_<wbr> `c` [l](x) | \\ 1 &lt; 2\xef\xbf\xbd";
  EXPECT_EQ(count(html, "<script"), 0u);
  EXPECT_EQ(count(html, in_html), 11u) << "names may be broken at underscores";
  EXPECT_EQ(count(html, "&#39; # *b* _i_ `c`"), 1u) << "but not in the title of the page";
  const std::string in_markdown =
      "\\<script\\>\\&amp;\"' \\# \\*b\\* \\_i\\_ \\`c\\` \\[l\\](x) \\| \\\\ 1 \\< 2\xef\xbf\xbd";
  EXPECT_EQ(count(markdown, in_markdown), 12u);
  EXPECT_EQ(count(markdown, "](x)"), 12u) << "never as a link: the bracket is escaped";
  EXPECT_EQ(count(markdown, "(%3Cscript%3E"), 1u);
}

TEST(ReportDocument, LinesThatWouldBeginSomethingDoNot) {
  const auto markdown = [](const char* text) {
    return to_markdown({.sections = {{.heading = "h", .blocks = {paragraph(text)}}}});
  };
  for (const auto& [text, shown] : std::vector<std::pair<const char*, const char*>>{
           {"- a", "\\- a"},
           {"12) a", "12\\) a"},
           {"1. mm", "1\\. mm"},
           {"1.5 mm", "1.5 mm"},
           {"a 1.5", "a 1.5"},
           {"=", "\\="},
           {"see http://x www.x", "see http\\://x www\\.x"}})
    EXPECT_NE(markdown(text).find("\n" + std::string(shown) + "\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace radiomics
