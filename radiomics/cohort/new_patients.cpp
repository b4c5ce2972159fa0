#include "radiomics/cohort/new_patients.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// The factors of the frame with all its levels, in their order; the others as they are.
std::vector<FactorSpec> with_levels_of(const ModelFrame& frame, std::vector<FactorSpec> factors) {
  std::vector<FactorSpec> result;
  for (const auto& level : frame.levels) {
    if (result.empty() || result.back().name != level.variable)
      result.push_back({.name = level.variable, .levels = {}});
    result.back().levels.push_back(level.level);
  }
  for (auto& factor : factors)
    if (std::ranges::find(result, factor.name, &FactorSpec::name) == result.end())
      result.push_back(std::move(factor));
  return result;
}

std::vector<VariableSpec> with_knots_of(const ModelFrame& frame,
                                        std::vector<VariableSpec> variables) {
  for (auto& variable : variables)
    for (const auto& spline : frame.splines)
      if (variable.knots > 0 && spline.variable == variable.name) variable.knots_at = spline.knots;
  return variables;
}

std::vector<int> strata_of(const Cohort& table, const ModelFrame& frame,
                           const std::vector<std::string>& names,
                           const std::vector<FactorSpec>& factors) {
  std::vector<Grouping> groupings;
  for (const auto& name : names) groupings.push_back(grouping_of(table, name, factors));
  const Grouping crossing = crossed(groupings, table.size());
  std::vector<int> strata;
  for (std::size_t i = 0; i < table.size(); ++i) {
    strata.push_back(-1);
    if (crossing.group[i] < 0) continue;
    const auto& label = crossing.labels[std::size_t(crossing.group[i])];
    const auto found = std::ranges::find(frame.strata_labels, label);
    const auto stratum = int(found - frame.strata_labels.begin());
    if (found == frame.strata_labels.end() || std::ranges::count(frame.strata, stratum) == 0)
      throw Error(ErrorKind::invalid_argument, column(table, names[0]).place(i) +
                                                   ": no fitted patient is in the stratum '" +
                                                   one_line(label) + "'; leave the row out");
    strata.back() = stratum;
  }
  return strata;
}

}  // namespace

NewPatients new_patients(const Cohort& table, const ModelFrame& frame, const FrameRequest& request,
                         const std::vector<FactorSpec>& factors) {
  std::vector<ModelTerm> terms;
  NewPatients result{.covariates = design_matrix(table, with_knots_of(frame, request.variables),
                                                 with_levels_of(frame, factors), terms)};
  result.complete.assign(table.size(), 1);
  if (!request.strata.empty()) result.strata = strata_of(table, frame, request.strata, factors);
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < result.covariates.columns; ++j)
      if (std::isnan(result.covariates(i, j))) result.complete[i] = 0;
    if (!result.strata.empty() && result.strata[i] < 0) result.complete[i] = 0;
  }
  return result;
}

}  // namespace radiomics
