#include "tests/support/r_reference.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "radiomics/statistics/inference.h"

namespace radiomics {

double number(const json& value) { return value.is_number() ? value.get<double>() : undefined; }

void expect_equal(double ours, const json& reference, const std::string& what, double tolerance) {
  const double expected = number(reference);
  if (std::isnan(expected))
    EXPECT_TRUE(std::isnan(ours)) << what << ": " << ours;
  else
    EXPECT_NEAR(ours, expected, tolerance * std::abs(expected) + 1e-300) << what;
}

json cases_of(const std::filesystem::path& file, std::size_t count) {
  json cases = json::parse(std::ifstream(file)).at("cases");
  EXPECT_EQ(cases.size(), count) << file;
  return cases;
}

json case_of(const std::filesystem::path& file, const std::string& id) {
  const json cases = json::parse(std::ifstream(file)).at("cases");
  for (const auto& one : cases)
    if (one.at("id") == id) return one;
  ADD_FAILURE() << file << " has no case " << id;
  return {};
}

std::vector<std::string> strings(const json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return {value.get<std::string>()};
  return value.get<std::vector<std::string>>();
}

ReferenceTable::ReferenceTable(const std::filesystem::path& file)
    : cohort_(read_cohort({.clinical = file})) {}

std::vector<double> ReferenceTable::numbers(const std::string& name) const {
  return radiomics::numbers(column(cohort_, name), cohort_.cells);
}

Grouping ReferenceTable::groups(const std::string& name) const {
  return group_by(column(cohort_, name), {}, cohort_.cells);
}

Matrix ReferenceTable::matrix(const std::vector<std::string>& names) const {
  Matrix result(size(), names.size());
  for (std::size_t j = 0; j < names.size(); ++j)
    std::ranges::copy(numbers(names[j]), result.column(j).begin());
  return result;
}

ReferenceDesign ReferenceTable::design(const std::vector<std::string>& names,
                                       const json& factors) const {
  ReferenceDesign result;
  std::vector<std::vector<double>> columns;
  for (const auto& name : names) {
    const Column cells = column(cohort_, name);
    const bool declared = factors.is_object() && factors.contains(name);
    const bool is_text = std::ranges::any_of(cells.cells, [&](std::string_view cell) {
      return !cohort_.cells.is_missing(cell) && !to_number(cell, cohort_.cells);
    });
    if (!declared && !is_text) {
      result.terms.push_back(name);
      columns.push_back(numbers(name));
      continue;
    }
    const Grouping grouping = group_by(
        cells, declared ? strings(factors.at(name)) : std::vector<std::string>{}, cohort_.cells);
    for (std::size_t level = 1; level < grouping.labels.size(); ++level) {
      result.terms.push_back(name + grouping.labels[level]);
      columns.emplace_back();
      for (const int group : grouping.group)
        columns.back().push_back(group < 0 ? undefined : double(group == int(level)));
    }
  }
  result.values = Matrix(size(), columns.size());
  for (std::size_t j = 0; j < columns.size(); ++j)
    std::ranges::copy(columns[j], result.values.column(j).begin());
  return result;
}

std::vector<std::size_t> ReferenceTable::complete_rows(
    const std::vector<std::string>& names) const {
  std::vector<char> complete(size(), 1);
  for (const auto& name : names) {
    const Column cells = column(cohort_, name);
    for (std::size_t i = 0; i < size(); ++i) complete[i] = complete[i] && !cells.missing[i];
  }
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < size(); ++i)
    if (complete[i]) rows.push_back(i);
  return rows;
}

SurvivalData ReferenceTable::survival(const std::string& time, const std::string& event,
                                      const std::vector<std::size_t>& rows) const {
  const auto times = numbers(time), events = numbers(event);
  SurvivalData data;
  for (const auto row : rows) {
    data.time.push_back(times[row]);
    data.event.push_back(events[row] == 1);
  }
  return with_ties_merged(data);
}

}  // namespace radiomics
