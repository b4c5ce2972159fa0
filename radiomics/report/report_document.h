#pragma once

#include <string>
#include <variant>
#include <vector>

namespace radiomics {

// A report as a document without a format. All texts are plain and may come from tables: what
// writes the document escapes them, so that no cell of a table can become markup.

struct TextSpan {
  std::string text{};
  bool bold = false;
};

struct Paragraph {
  std::vector<TextSpan> spans{};
};

/// A paragraph that stands out.
struct Note {
  std::string text{};
  bool warning = false;  ///< something is wrong or doubtful, else something to know
};

enum class Align { left, right };

struct ReportColumn {
  std::string heading{};
  Align align = Align::right;
};

struct ReportTable {
  std::string caption{};  ///< "": none, and no number
  std::vector<ReportColumn> columns{};
  std::vector<std::vector<std::string>> rows{};  ///< a cell per column; missing ones are empty
  std::vector<std::string> footnotes{};
};

/// A picture, which is also a file beside the Markdown.
struct ReportFigure {
  std::string file{};     ///< its name: letters, digits, '-', '_' and '.'; the rest is %-encoded
  std::string svg{};      ///< as SvgPicture writes it
  std::string caption{};  ///< for everyone, and for those who cannot see the picture
};

struct ReportList {
  std::vector<std::string> items{};
};

using ReportBlock = std::variant<Paragraph, Note, ReportTable, ReportFigure, ReportList>;

struct ReportSection {
  std::string heading{};
  int level = 2;  ///< 2 or 3; sections of level 2 are the table of contents
  std::vector<ReportBlock> blocks{};
};

struct Report {
  std::string title{};
  std::vector<std::string> summary{};  ///< what the reader must know, a sentence or two each
  std::vector<ReportSection> sections{};
  std::string footer{};  ///< "": none
};

Paragraph paragraph(std::string text);

/// A table whose first `left` columns are words and the others numbers.
ReportTable table_of(std::vector<std::string> headings, int left = 1);

/// CommonMark with the tables of GitHub. Tables and figures are numbered in their order.
std::string to_markdown(const Report& report);

/// One page of HTML that needs nothing else: figures are inside, no scripts, no references to
/// anything outside, and a policy that forbids both. Prints on paper. Numbers as in Markdown.
std::string to_html(const Report& report);

}  // namespace radiomics
