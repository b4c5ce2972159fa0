// A table with any separator, from its bytes to the numbers and groups of its columns.

#include <algorithm>
#include <string_view>

#include "radiomics/cohort/column.h"
#include "radiomics/tables/csv_reader.h"
#include "tests/fuzz/fuzz_file.h"

namespace radiomics {
namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

/// Both forms of a table hold the same cells.
void parse(std::string_view text, char separator) {
  const CsvCells cells = parse_csv_cells(std::string(text), "t.csv", separator);
  const TextTable table = parse_csv(text, "t.csv", separator);
  check(cells.rows() > 0 && cells.rows() == table.rows.size());
  check(cells.cells.size() == cells.rows() * cells.columns.size());
  check(cells.columns == table.columns && cells.lines == table.lines);
  for (std::size_t row = 0; row < cells.rows(); ++row)
    for (std::size_t column = 0; column < cells.columns.size(); ++column)
      check(cells.at(row, column) == table.rows[row][column]);
}

void read_columns(const Cohort& cohort) {
  constexpr std::size_t most_columns = 50;  // each is looked up by its name
  for (std::size_t j = 0; j < std::min(most_columns, cohort.tables[0].text.columns.size()); ++j) {
    const Column cells = column(cohort, cohort.tables[0].text.columns[j]);
    check(cells.cells.size() == cohort.size() && cells.lines.size() == cohort.size());
    allowing_refusal([&] { check(numbers(cells, cohort.cells).size() == cohort.size()); });
    allowing_refusal([&] {
      const Grouping grouping = group_by(cells, {}, cohort.cells);
      for (const int group : grouping.group) check(group < int(grouping.labels.size()));
    });
  }
}

}  // namespace
}  // namespace radiomics

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace radiomics;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char separator : {',', ';', '\t', '|'})
    allowing_refusal([&] { parse(text, separator); });
  CohortOptions options;
  options.clinical = fuzz_file("t.csv", data, size);
  allowing_refusal([&] { read_columns(read_cohort(options)); });
  options.separator = ';';
  options.cells = {.decimal = ',', .missing = {"-"}, .nonfinite_is_missing = true};
  allowing_refusal([&] { read_columns(read_cohort(options)); });
  return 0;
}
