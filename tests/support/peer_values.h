#pragma once

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {

/// The rows of one run in a table of tests/peers, which another program has measured.
inline std::vector<std::vector<std::string>> peer_rows(const std::string& table,
                                                       const std::string& run) {
  auto rows = read_csv(std::filesystem::path(RADIOMICS_PEER_VALUES) / table).rows;
  std::erase_if(rows, [&](const auto& row) { return row.front() != run; });
  return rows;
}

/// The distance of two values, relative to the larger one; NaN is far from everything.
inline double relative_difference(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return INFINITY;
  return a == b ? 0 : std::abs(a - b) / std::max(std::abs(a), std::abs(b));
}

/// Our table of the only region of a case.
struct OurValues {
  std::vector<FeatureTable::Column> columns;
  std::vector<double> values;

  OurValues(const Case& input, const Settings& settings) : columns(columns_of(settings)) {
    const Extraction extraction = extract(input, settings);
    for (const Failure& failure : extraction.failures) ADD_FAILURE() << failure.message;
    if (extraction.rows.size() == 1) values = extraction.rows.front().values;
    EXPECT_EQ(values.size(), columns.size());
  }

  /// The indices of the columns that fulfil a condition.
  template <class Condition>
  std::vector<std::size_t> where(Condition condition) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (condition(columns[i])) found.push_back(i);
    return found;
  }

  /// The value of a feature without aggregation.
  double operator()(std::string_view family, std::string_view feature) const {
    const auto found = where([&](const FeatureTable::Column& column) {
      return column.family == family && column.definition.name == feature;
    });
    return found.size() == 1 ? values[found.front()] : NAN;
  }
};

}  // namespace radiomics
