#include "radiomics/tables/csv.h"

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

void write_line(const std::vector<std::string>& cells, std::ostream& out) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) out << ',';
    first = false;
    out << csv_cell(cell);
  }
  out << '\n';
}

std::vector<std::string> wide_header(const FeatureTable& table) {
  std::vector<std::string> cells{"case", "roi"};
  cells.insert(cells.end(), table.carried_columns.begin(), table.carried_columns.end());
  cells.emplace_back("warnings");
  for (const auto& column : diagnostic_columns()) cells.emplace_back(column.name);
  for (const auto& column : table.columns) cells.push_back(column_name(column));
  return cells;
}

std::vector<std::string> wide_cells(const FeatureTable::Row& row) {
  std::vector<std::string> cells{row.case_name, row.roi};
  cells.insert(cells.end(), row.carried.begin(), row.carried.end());
  cells.push_back(join(row.warnings, "; "));
  for (const auto& column : diagnostic_columns()) cells.push_back(column.text(row.diagnostics));
  for (const double value : row.values) cells.push_back(to_text(value));
  return cells;
}

}  // namespace

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string(2, c) : std::string(1, c);
  return result + '"';
}

void write_long_csv(const FeatureTable& table, std::ostream& out) {
  out << "case,roi,image_type,family,feature,ibsi_code,aggregation,value,unit\n";
  for (const auto& row : table.rows)
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const auto& [image_type, family, definition, aggregation] = table.columns[i];
      write_line(
          {row.case_name, row.roi, image_type, std::string(family), std::string(definition.name),
           std::string(definition.ibsi), std::string(ibsi_code(aggregation)),
           to_text(row.values[i]), std::string(definition.unit)},
          out);
    }
}

void write_wide_csv(const FeatureTable& table, std::ostream& out) {
  write_line(wide_header(table), out);
  for (const auto& row : table.rows) write_line(wide_cells(row), out);
}

void write_failures_csv(const std::vector<Failure>& failures, std::ostream& out) {
  out << "case,roi,step,kind,message\n";
  for (const auto& [case_name, roi, step, kind, message] : failures)
    write_line({case_name, roi, step, kind, message}, out);
}

}  // namespace radiomics
