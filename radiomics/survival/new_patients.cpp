#include "radiomics/survival/new_patients.h"

#include <algorithm>

namespace radiomics {
namespace {

/// The factors among the variables with the levels that they have in the cohort.
std::vector<FactorSpec> factors_of(const Cohort& cohort, const std::vector<VariableSpec>& variables,
                                   const std::vector<FactorSpec>& declared) {
  std::vector<FactorSpec> factors;
  for (const auto& variable : variables)
    if (std::ranges::find(declared, variable.name, &FactorSpec::name) != declared.end())
      factors.push_back({variable.name, grouping_of(cohort, variable.name, declared).labels});
  return factors;
}

}  // namespace

NewPatients read_new_patients(const std::filesystem::path& file, const Cohort& cohort,
                              const std::vector<VariableSpec>& variables,
                              const AnalysisOptions& options) {
  CohortOptions reading{.clinical = file};
  reading.separator = options.cohort.separator;
  reading.cells = options.cohort.cells;
  const Cohort rows = read_cohort(reading);
  NewPatients result{.table = rows.tables[0]};
  result.table.role = "newdata";
  std::vector<ModelTerm> terms;
  result.covariates =
      design_matrix(rows, variables, factors_of(cohort, variables, options.factors), terms);
  return result;
}

}  // namespace radiomics
