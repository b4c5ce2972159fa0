#pragma once

// What R computed, for comparison: the cases of a file, and the rows that R used.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "radiomics/cohort/column.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

using nlohmann::json;

/// null, "NaN" and "Inf" are all undefined here.
double number(const json& value);

/// `tolerance` is relative; what is undefined there has to be undefined here.
void expect_equal(double ours, const json& reference, const std::string& what,
                  double tolerance = 1e-10);

template <class Values>
void expect_all_equal(const Values& ours, const json& reference, const std::string& what,
                      double tolerance = 1e-10) {
  ASSERT_EQ(ours.size(), reference.size()) << what;
  for (std::size_t i = 0; i < ours.size(); ++i)
    expect_equal(double(ours[i]), reference[i], what + "[" + to_text(i) + "]", tolerance);
}

/// The cases of a file, of which none may be missing: what is compared is counted.
json cases_of(const std::filesystem::path& file, std::size_t count);

/// The case with that id.
json case_of(const std::filesystem::path& file, const std::string& id);

/// Columns of a table as R would use them in a formula.
struct ReferenceDesign {
  std::vector<std::string> terms;  ///< as R names them: stageIIIA
  Matrix values;                   ///< NaN where missing
};

/// A table of the reference data.
class ReferenceTable {
 public:
  explicit ReferenceTable(const std::filesystem::path& file);

  std::size_t size() const { return cohort_.size(); }
  std::vector<double> numbers(const std::string& name) const;  ///< NaN where missing
  Grouping groups(const std::string& name) const;              ///< sorted; -1 where missing
  Matrix matrix(const std::vector<std::string>& names) const;  ///< of numbers

  /// Treatment contrasts; `factors` as in the spec of a case (null or {name: levels}), else text
  /// columns are factors with sorted levels.
  ReferenceDesign design(const std::vector<std::string>& names, const json& factors) const;

  /// The rows (from 0) that have a value in all these columns, of numbers or of text.
  std::vector<std::size_t> complete_rows(const std::vector<std::string>& names) const;

  /// Times and events (1, else censored) of those rows; ties merged.
  SurvivalData survival(const std::string& time, const std::string& event,
                        const std::vector<std::size_t>& rows) const;

 private:
  Cohort cohort_;
};

/// The strings of a JSON array, of one string, or none of null.
std::vector<std::string> strings(const json& value);

}  // namespace radiomics
