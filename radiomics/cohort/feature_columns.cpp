#include "radiomics/cohort/feature_columns.h"

#include <algorithm>
#include <array>

#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

bool has_a_number(const Column& column, const CellRules& rules) {
  for (std::size_t i = 0; i < column.cells.size(); ++i)
    if (!column.missing[i] && to_number(column.cells[i], rules)) return true;
  return false;
}

const CohortTable* table_of_role(const Cohort& cohort, std::string_view role) {
  const auto found = std::ranges::find(cohort.tables, role, &CohortTable::role);
  return found == cohort.tables.end() ? nullptr : &*found;
}

bool is_id(const Cohort& cohort, const std::string& name) {
  return std::ranges::any_of(cohort.tables,
                             [&](const CohortTable& table) { return table.id_column == name; });
}

std::vector<std::string> matching(const Cohort& cohort, const std::vector<std::string>& patterns) {
  std::vector<std::string> names, all;
  for (auto table = cohort.tables.rbegin(); table != cohort.tables.rend(); ++table)
    for (const auto& name : table->text.columns) {
      if (std::ranges::find(all, name) != all.end()) continue;
      all.push_back(name);
      if (!is_id(cohort, name) && std::ranges::any_of(patterns, [&](const std::string& pattern) {
            return matches(name, pattern);
          }))
        names.push_back(name);
    }
  require(!names.empty(), ErrorKind::column_not_found,
          "no column matches --feature " + one_line(join(patterns, ", ")) +
              "; columns: " + listed(all));
  return names;
}

std::vector<std::string> by_rule(const Cohort& cohort) {
  const CohortTable* features = table_of_role(cohort, "features");
  require(features != nullptr, ErrorKind::column_not_found,
          cohort.tables[0].file + ": say which of its columns are features: --feature PATTERN");
  const CohortTable* clinical = table_of_role(cohort, "clinical");
  const auto is_clinical = [&](const std::string& name) {
    return clinical &&
           std::ranges::find(clinical->text.columns, name) != clinical->text.columns.end();
  };
  std::vector<std::string> names;
  for (const auto& name : features->text.columns)
    if (!is_id(cohort, name) && !is_bookkeeping(name) && !is_clinical(name)) names.push_back(name);
  require(!names.empty(), ErrorKind::column_not_found,
          features->file + ": no column is a feature; columns: " + listed(features->text.columns));
  return names;
}

}  // namespace

bool is_bookkeeping(const std::string& column) {
  static constexpr std::array<std::string_view, 11> words{
      "roi",   "session", "reader",   "perturbation", "control", "label",
      "image", "mask",    "warnings", "fold",         "batch"};
  const std::string name = lower_case(trimmed(column));
  return std::ranges::find(words, name) != words.end() || name.starts_with("diagnostics_");
}

FeatureColumns feature_columns(const Cohort& cohort, const std::vector<std::string>& patterns,
                               const std::vector<std::string>& others) {
  require(!patterns.empty() || cohort.tables.size() == 2, ErrorKind::column_not_found,
          cohort.tables[0].file +
              ": with one table alone say which columns are features: --feature PATTERN");
  return feature_columns_beside(cohort, patterns, others);
}

FeatureColumns feature_columns_beside(const Cohort& cohort,
                                      const std::vector<std::string>& patterns,
                                      const std::vector<std::string>& others) {
  FeatureColumns features;
  std::vector<std::vector<double>> values;
  for (const auto& name : patterns.empty() ? by_rule(cohort) : matching(cohort, patterns)) {
    if (std::ranges::find(others, name) != others.end()) continue;
    const Column cells = column(cohort, name);
    if (!has_a_number(cells, cohort.cells)) {
      features.warnings.push_back(
          {.code = WarningCode::not_numeric,
           .message = cells.file + ":1:" + one_line(name) + ": no number in the column, left out",
           .column = name});
      continue;
    }
    features.names.push_back(name);
    values.push_back(numbers(cells, cohort.cells));
  }
  require(!features.names.empty(), ErrorKind::not_numeric,
          "no feature column with a number is left (columns with another part in the analysis are "
          "no features); choose others with --feature");
  features.values = Matrix(cohort.size(), values.size());
  for (std::size_t j = 0; j < values.size(); ++j)
    std::ranges::copy(values[j], features.values.column(j).begin());
  return features;
}

}  // namespace radiomics
