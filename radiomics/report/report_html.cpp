#include <cctype>
#include <string_view>

#include "radiomics/core/text.h"
#include "radiomics/report/report_document.h"

namespace radiomics {
namespace {

constexpr std::string_view before_title = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>)";

constexpr std::string_view style = R"(</title>
<style>
:root { color-scheme: only light; }
body { background: #fff; color: #1a1a1a; margin: 0; font: 16px/1.5 Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
p, ul, figcaption { max-width: 46rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid #c8c8c8; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p, ul { margin: .6rem 0; }
.summary { max-width: 46rem; border-left: 4px solid #0072b2; background: #f2f7fb; padding: .6rem 1rem; font-size: 1.05rem; }
.note, .warning { border-left: 4px solid #999; background: #f6f6f6; padding: .5rem 1rem; }
.warning { border-color: #d55e00; background: #fdf4ee; }
nav { font-size: .9rem; margin: 1.25rem 0; }
nav ul { columns: 2; list-style: none; margin: .25rem 0 0; padding: 0; }
a { color: #005a8e; }
.table { overflow-x: auto; margin: 1.1rem 0 1.4rem; }
table { border-collapse: collapse; font-size: .88rem; line-height: 1.35; border-top: 2px solid #1a1a1a; border-bottom: 2px solid #1a1a1a; width: 100%; }
caption, figcaption { text-align: left; font-size: .9rem; padding-bottom: .4rem; }
caption { caption-side: top; }
th { text-align: left; vertical-align: bottom; border-bottom: 1px solid #1a1a1a; font-weight: bold; }
th, td { padding: .28rem .6rem; unicode-bidi: isolate; }
td { vertical-align: top; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr + tr td { border-top: 1px solid #e6e6e6; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.footnote { font-size: .82rem; color: #444; margin: .3rem 0; }
figure { margin: 1.4rem 0; }
figure svg { max-width: 100%; height: auto; display: block; }
figcaption { padding: .4rem 0 0; }
footer { margin-top: 3rem; border-top: 1px solid #c8c8c8; padding-top: .6rem; font-size: .82rem; color: #444; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  figure, .summary, .note, .warning, tr { break-inside: avoid; }
  h1, h2, h3, caption { break-after: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  p, ul, figcaption, .summary { max-width: none; }
  a { color: inherit; text-decoration: none; }
}
</style>
</head>
<body>
<main>
)";

constexpr std::string_view end = "</main>\n</body>\n</html>\n";

/// Text in which long names, of features above all, may be broken at their underscores.
std::string flowing(std::string_view text) {
  std::string result;
  for (const char c : markup_escaped(text)) result += c == '_' ? "_<wbr>" : std::string(1, c);
  return result;
}

std::string element(std::string_view name, const std::string& content,
                    std::string_view attributes = "") {
  return "<" + std::string(name) + std::string(attributes) + ">" + content + "</" +
         std::string(name) + ">\n";
}

/// A tag of a picture whose names get a prefix: two pictures of a page may use the same.
std::string renamed(std::string_view tag, const std::string& prefix) {
  std::string result(tag);
  for (const std::string_view before : {" id=\"", "url(#", "href=\"#"})
    for (auto at = result.find(before); at != std::string::npos;
         at = result.find(before, at + before.size()))
      result.insert(at + before.size(), prefix);
  return result;
}

/// A picture as part of a page: without the line that declares a file, and with names of its own.
std::string inlined(std::string_view svg, const std::string& prefix) {
  if (svg.starts_with("<?xml")) svg.remove_prefix(svg.find("?>") + 2);
  svg = trimmed(svg);
  std::string result;
  while (!svg.empty()) {
    const bool tag = svg.front() == '<';
    const auto stop = svg.find(tag ? '>' : '<');
    const auto part = svg.substr(0, stop == std::string_view::npos ? stop : stop + (tag ? 1 : 0));
    result += tag ? renamed(part, prefix) : std::string(part);
    svg.remove_prefix(part.size());
  }
  return result;
}

class HtmlWriter {
 public:
  void operator()(const Paragraph& paragraph) {
    std::string content;
    for (const auto& span : paragraph.spans)
      content += span.bold ? "<strong>" + flowing(span.text) + "</strong>" : flowing(span.text);
    text_ += element("p", content);
  }

  void operator()(const Note& note) {
    text_ +=
        note.warning
            ? element("p", "<strong>Warning:</strong> " + flowing(note.text), " class=\"warning\"")
            : element("p", "<strong>Note:</strong> " + flowing(note.text), " class=\"note\"");
  }

  void operator()(const ReportList& list) {
    std::string items = "\n";
    for (const auto& item : list.items) items += element("li", flowing(item));
    if (!list.items.empty()) text_ += element("ul", items);
  }

  void operator()(const ReportTable& table) {
    std::string content = "\n", headings, rows = "\n";
    if (!table.caption.empty())
      content += element("caption", "<strong>Table " + to_text(++tables_) + ".</strong> " +
                                        flowing(table.caption));
    for (const auto& column : table.columns)
      headings += "<th scope=\"col\"" + std::string(alignment(column)) + ">" +
                  flowing(column.heading) + "</th>";
    for (const auto& cells : table.rows) rows += row(table, cells);
    content += element("thead", element("tr", headings)) + element("tbody", rows);
    content = "\n" + element("table", content);
    for (const auto& footnote : table.footnotes)
      content += element("p", flowing(footnote), " class=\"footnote\"");
    text_ += element("div", content, " class=\"table\"");
  }

  void operator()(const ReportFigure& figure) {
    const std::string number = to_text(++figures_);
    text_ +=
        element("figure", "\n" + inlined(figure.svg, "figure-" + number + "-") + "\n" +
                              element("figcaption", "<strong>Figure " + number + ".</strong> " +
                                                        flowing(figure.caption)));
  }

  void add(const std::string& html) { text_ += html; }
  const std::string& text() const { return text_; }

 private:
  static std::string_view alignment(const ReportColumn& column) {
    return column.align == Align::right ? " class=\"number\"" : "";
  }

  static std::string row(const ReportTable& table, const std::vector<std::string>& cells) {
    std::string content;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      content += "<td" + std::string(alignment(table.columns[i])) + ">" +
                 (i < cells.size() ? flowing(cells[i]) : "") + "</td>";
    return element("tr", content);
  }

  std::string text_;
  int tables_ = 0;
  int figures_ = 0;
};

std::string anchor(std::size_t section) { return "section-" + to_text(section + 1); }

std::string contents(const Report& report) {
  std::string items = "\n";
  for (std::size_t i = 0; i < report.sections.size(); ++i)
    if (report.sections[i].level == 2)
      items += element(
          "li", "<a href=\"#" + anchor(i) + "\">" + flowing(report.sections[i].heading) + "</a>");
  return element("nav", "\n<strong>Contents</strong>\n" + element("ul", items),
                 " aria-label=\"Contents\"");
}

std::string summary(const Report& report) {
  std::string sentences = "\n";
  for (const auto& sentence : report.summary) sentences += element("p", flowing(sentence));
  return report.summary.empty() ? "" : element("div", sentences, " class=\"summary\"");
}

}  // namespace

std::string to_html(const Report& report) {
  HtmlWriter writer;
  writer.add(std::string(before_title) + markup_escaped(report.title) + std::string(style));
  writer.add(element("h1", flowing(report.title)) + summary(report));
  if (report.sections.size() > 2) writer.add(contents(report));
  for (std::size_t i = 0; i < report.sections.size(); ++i) {
    const auto& section = report.sections[i];
    writer.add(element("h" + to_text(section.level), flowing(section.heading),
                       " id=\"" + anchor(i) + "\""));
    for (const auto& block : section.blocks) std::visit(writer, block);
  }
  if (!report.footer.empty()) writer.add(element("footer", flowing(report.footer)));
  writer.add(std::string(end));
  return writer.text();
}

}  // namespace radiomics
