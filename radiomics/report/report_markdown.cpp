#include <cctype>
#include <string_view>

#include "radiomics/core/text.h"
#include "radiomics/report/report_document.h"

namespace radiomics {
namespace {

/// What has a meaning anywhere in a line, to CommonMark or to what is often added to it (tables,
/// formulas, addresses that become links).
constexpr std::string_view special = "\\`*_[]<>|#&~!$@";

/// "1. " or "12) " at the start, which would begin a list.
bool starts_as_number(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits]))) ++digits;
  if (digits == 0 || digits == text.size()) return false;
  const bool ends = digits + 1 == text.size() || text[digits + 1] == ' ';
  return ends && (text[digits] == '.' || text[digits] == ')');
}

/// Plain text as Markdown that shows just that text, on one line.
std::string escaped(std::string_view raw) {
  const std::string clean = valid_utf8(one_line(raw));
  const std::string_view text = trimmed(clean);
  std::string result;
  const bool number = starts_as_number(text);
  bool numbered = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool list = i == 0 && std::string_view("-+=").find(c) != std::string_view::npos;
    const bool ends_number = number && !numbered && (c == '.' || c == ')');
    const bool address = text.substr(i).starts_with("://") ||
                         (c == '.' && i >= 3 && lower_case(text.substr(i - 3, 3)) == "www");
    numbered = numbered || ends_number;
    if (list || ends_number || address || special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string address(std::string_view file) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : file) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) || c == '-' || c == '_' || c == '.')) {
      result += c;
    } else {
      result += '%';
      result += digits[byte >> 4];
      result += digits[byte & 15];
    }
  }
  return result;
}

class MarkdownWriter {
 public:
  void operator()(const Paragraph& paragraph) {
    std::string line;
    for (const auto& span : paragraph.spans) {
      // The stars of bold must touch the letters, so blanks stay outside.
      const bool before = span.text.starts_with(' '), after = span.text.ends_with(' ');
      const std::string text = escaped(span.text);
      if (before && !line.empty()) line += ' ';
      line += span.bold && !text.empty() ? "**" + text + "**" : text;
      if (after) line += ' ';
    }
    block(std::string(trimmed(line)));
  }

  void operator()(const Note& note) {
    block(std::string("> **") + (note.warning ? "Warning" : "Note") + ":** " + escaped(note.text));
  }

  void operator()(const ReportList& list) {
    std::string text;
    for (const auto& item : list.items) text += (text.empty() ? "- " : "\n- ") + escaped(item);
    block(text);
  }

  void operator()(const ReportTable& table) {
    if (!table.caption.empty())
      block("**Table " + to_text(++tables_) + ".** " + escaped(table.caption));
    std::vector<std::string> headings;
    std::string rule = "|";
    for (const auto& column : table.columns) {
      headings.push_back(column.heading);
      rule += column.align == Align::left ? "---|" : "---:|";
    }
    std::string text = row(headings, table.columns.size()) + "\n" + rule;
    for (const auto& cells : table.rows) text += "\n" + row(cells, table.columns.size());
    block(text);
    for (const auto& footnote : table.footnotes) block(escaped(footnote));
  }

  void operator()(const ReportFigure& figure) {
    block("![" + escaped(figure.caption) + "](" + address(figure.file) + ")");
    block("**Figure " + to_text(++figures_) + ".** " + escaped(figure.caption));
  }

  void block(const std::string& text) {
    if (!text.empty()) text_ += (text_.empty() ? "" : "\n") + text + "\n";
  }
  void heading(int level, const std::string& text) {
    std::string marks;
    marks.append(std::size_t(level), '#');
    block(marks + " " + escaped(text));
  }
  const std::string& text() const { return text_; }

 private:
  static std::string row(const std::vector<std::string>& cells, std::size_t columns) {
    std::string text = "|";
    for (std::size_t i = 0; i < columns; ++i)
      text += i < cells.size() ? " " + escaped(cells[i]) + " |" : "  |";
    return text;
  }

  std::string text_;
  int tables_ = 0;
  int figures_ = 0;
};

}  // namespace

std::string to_markdown(const Report& report) {
  MarkdownWriter writer;
  writer.heading(1, report.title);
  for (const auto& sentence : report.summary) writer.block("**" + escaped(sentence) + "**");
  for (const auto& section : report.sections) {
    writer.heading(section.level, section.heading);
    for (const auto& block : section.blocks) std::visit(writer, block);
  }
  writer.block(report.footer.empty() ? "" : "---\n\n" + escaped(report.footer));
  return writer.text();
}

}  // namespace radiomics
