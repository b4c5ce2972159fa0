#include "radiomics/tables/csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// Whether a spreadsheet may take a text for a formula, or look for one behind its first character.
bool begins_like_formula(std::string_view text) {
  constexpr std::string_view beginnings[] = {"=",
                                             "+",
                                             "-",
                                             "@",
                                             "\t",
                                             "\r",
                                             "\n",
                                             "\xef\xbc\x9d",
                                             "\xef\xbc\x8b",
                                             "\xef\xbc\x8d",
                                             "\xef\xbc\xa0"};  // full-width = + - @
  return std::ranges::any_of(beginnings, [&](auto one) { return text.starts_with(one); });
}

std::string_view without_apostrophes(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return text;
}

/// to_number() reads "nan(x)", too, which a spreadsheet takes for a function.
bool is_plain_number(std::string_view text) {
  return to_number(text) && text.find('(') == std::string_view::npos;
}

bool needs_apostrophe(std::string_view text) {
  return begins_like_formula(without_apostrophes(text)) && !is_plain_number(text);
}

/// One line of a table, which goes to the stream at once.
class Line {
 public:
  explicit Line(std::size_t expected_bytes = 0) { text_.reserve(expected_bytes); }

  Line& cell(std::string_view text) {
    begin_cell();
    const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
    if (quoted) text_ += '"';
    if (needs_apostrophe(text)) text_ += '\'';
    if (!quoted) {
      text_ += text;
      return *this;
    }
    for (const char c : text) {
      if (c == '"') text_ += c;
      text_ += c;
    }
    text_ += '"';
    return *this;
  }

  Line& cell(double number) {
    begin_cell();
    if (std::isnan(number)) {  // to_chars may write a sign
      text_ += "nan";
      return *this;
    }
    char buffer[32];  // the longest double has 24 characters
    text_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
    return *this;
  }

  void write(std::ostream& out) {
    text_ += '\n';
    out.write(text_.data(), std::streamsize(text_.size()));
  }

  const std::string& text() const { return text_; }

 private:
  void begin_cell() {
    if (!first_) text_ += ',';
    first_ = false;
  }

  std::string text_;
  bool first_ = true;
};

}  // namespace

std::string csv_cell(std::string_view text) { return Line().cell(text).text(); }

std::string_view text_of_csv_cell(std::string_view cell) {
  if (cell.starts_with('\'') && begins_like_formula(without_apostrophes(cell)))
    cell.remove_prefix(1);
  return cell;
}

void write_long_csv(const FeatureTable& table, std::ostream& out) {
  out << "case,roi,image_type,family,feature,ibsi_code,aggregation,value,unit\n";
  for (const auto& row : table.rows)
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const auto& [image_type, family, definition, aggregation] = table.columns[i];
      Line line;
      line.cell(row.case_name).cell(row.roi).cell(image_type).cell(family).cell(definition.name);
      line.cell(definition.ibsi).cell(ibsi_code(aggregation)).cell(row.values[i]);
      line.cell(definition.unit).write(out);
    }
}

void write_wide_csv(const FeatureTable& table, std::ostream& out) {
  write_wide_header(table, out);
  for (const auto& row : table.rows) write_wide_row(row, out);
}

void write_wide_header(const FeatureTable& header, std::ostream& out) {
  Line line;
  line.cell("case").cell("roi");
  for (const std::string& name : header.carried_columns) line.cell(name);
  line.cell("warnings");
  for (const auto& column : diagnostic_columns()) line.cell(column.name);
  for (const auto& column : header.columns) line.cell(column_name(column));
  line.write(out);
}

void write_wide_row(const FeatureTable::Row& row, std::ostream& out) {
  constexpr std::size_t text_bytes = 512, number_bytes = 20;  // as most are
  Line line(text_bytes + number_bytes * row.values.size());
  line.cell(row.case_name).cell(row.roi);
  for (const std::string& text : row.carried) line.cell(text);
  line.cell(join(row.warnings, "; "));
  for (const auto& column : diagnostic_columns()) line.cell(column.text(row.diagnostics));
  for (const double value : row.values) line.cell(value);
  line.write(out);
}

void write_failures_header(std::ostream& out) { out << "case,roi,step,kind,message\n"; }

void write_failure(const Failure& failure, std::ostream& out) {
  Line line;
  line.cell(failure.case_name).cell(failure.roi).cell(failure.step).cell(failure.kind);
  line.cell(failure.message).write(out);
}

}  // namespace radiomics
