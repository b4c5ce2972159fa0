#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "radiomics/cohort/cohort.h"
#include "radiomics/cohort/column.h"
#include "radiomics/statistics/inference.h"

namespace radiomics {

/// Numbers in one line. NaN without a value; sd also with a single one.
struct NumberSummary {
  double median = undefined;
  double q25 = undefined;  ///< quantiles of type 7
  double q75 = undefined;
  double mean = undefined;
  double sd = undefined;  ///< n - 1
  double min = undefined;
  double max = undefined;
};

/// What one group of patients has of a variable.
struct GroupSummary {
  std::size_t n = 0;  ///< with a value
  std::size_t n_missing = 0;
  NumberSummary numbers{};            ///< of a numeric variable
  std::vector<std::size_t> counts{};  ///< of a factor: one per level
};

struct DescribedVariable {
  std::string name{};
  std::vector<std::string> levels{};   ///< empty: numeric
  std::vector<GroupSummary> groups{};  ///< all patients, then those of each group
};

/// The table that describes a cohort, of all its patients, whatever their outcome.
struct CohortDescription {
  std::vector<std::string> groups{};  ///< labels without "all"; empty: not divided
  std::vector<std::size_t> sizes{};   ///< of all, then of each group
  std::vector<DescribedVariable> variables{};
};

/// Describes columns; declared factors by level, others as numbers. Patients without a value of
/// `by` count in all only.
/// \throws Error column_not_found, not_numeric, nonfinite, invalid_argument
CohortDescription describe_cohort(const Cohort& cohort, const std::vector<std::string>& variables,
                                  const std::string& by, const std::vector<FactorSpec>& factors);

/// NaN values are left out.
NumberSummary summarise(std::vector<double> values);

/// The cells that are missing in a column.
struct MissingCount {
  std::string column{};
  std::size_t count = 0;
};

/// Of every column of the clinical table (of the features if that is the only one), and of `more`.
std::vector<MissingCount> count_missing(const Cohort& cohort, const std::vector<std::string>& more);

}  // namespace radiomics
