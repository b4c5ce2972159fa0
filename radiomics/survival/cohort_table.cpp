#include "radiomics/survival/cohort_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/statistics/sample_quantile.h"

namespace radiomics {
namespace {

/// The patients of every column of the table: all, then each group.
std::vector<std::vector<std::size_t>> members_of(const Cohort& cohort, const Grouping& groups,
                                                 bool divided) {
  std::vector<std::vector<std::size_t>> members(1 + (divided ? groups.labels.size() : 0));
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    members[0].push_back(i);
    if (divided && groups.group[i] >= 0) members[1 + std::size_t(groups.group[i])].push_back(i);
  }
  return members;
}

GroupSummary summarise_numbers(const std::vector<double>& all,
                               const std::vector<std::size_t>& members) {
  std::vector<double> values;
  for (const auto i : members)
    if (!std::isnan(all[i])) values.push_back(all[i]);
  GroupSummary summary{.n = values.size(), .n_missing = members.size() - values.size()};
  summary.numbers = summarise(std::move(values));
  return summary;
}

GroupSummary count_levels(const Grouping& levels, const std::vector<std::size_t>& members) {
  GroupSummary summary{.counts = std::vector<std::size_t>(levels.labels.size(), 0)};
  for (const auto i : members) {
    if (levels.group[i] < 0) {
      ++summary.n_missing;
      continue;
    }
    ++summary.n;
    ++summary.counts[std::size_t(levels.group[i])];
  }
  return summary;
}

DescribedVariable describe_variable(const Cohort& cohort, const std::string& name,
                                    const std::vector<std::vector<std::size_t>>& members,
                                    const std::vector<FactorSpec>& factors) {
  DescribedVariable variable{.name = name};
  if (std::ranges::find(factors, name, &FactorSpec::name) != factors.end()) {
    const Grouping levels = grouping_of(cohort, name, factors);
    variable.levels = levels.labels;
    for (const auto& group : members) variable.groups.push_back(count_levels(levels, group));
    return variable;
  }
  const auto values = numbers(column(cohort, name), cohort.cells);
  for (const auto& group : members) variable.groups.push_back(summarise_numbers(values, group));
  return variable;
}

}  // namespace

NumberSummary summarise(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  NumberSummary summary;
  if (values.empty()) return summary;
  const auto quantiles = sample_quantiles(values, std::vector{0.0, 0.25, 0.5, 0.75, 1.0});
  summary = {.median = quantiles[2],
             .q25 = quantiles[1],
             .q75 = quantiles[3],
             .min = quantiles[0],
             .max = quantiles[4]};
  const double n = double(values.size());
  summary.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return summary;
  double squares = 0;
  for (const double value : values) squares += (value - summary.mean) * (value - summary.mean);
  summary.sd = std::sqrt(squares / (n - 1));
  return summary;
}

CohortDescription describe_cohort(const Cohort& cohort, const std::vector<std::string>& variables,
                                  const std::string& by, const std::vector<FactorSpec>& factors) {
  const Grouping groups = grouping_of(cohort, by, factors);
  const auto members = members_of(cohort, groups, !by.empty());
  CohortDescription description;
  if (!by.empty()) description.groups = groups.labels;
  for (const auto& group : members) description.sizes.push_back(group.size());
  for (const auto& name : variables)
    description.variables.push_back(describe_variable(cohort, name, members, factors));
  return description;
}

std::vector<MissingCount> count_missing(const Cohort& cohort,
                                        const std::vector<std::string>& more) {
  std::vector<std::string> names = cohort.tables[0].text.columns;
  for (const auto& name : more)
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  std::vector<MissingCount> counts;
  for (const auto& name : names) {
    const Column cells = column(cohort, name);
    counts.push_back({name, std::size_t(std::ranges::count_if(
                                cells.missing, [](char missing) { return missing != 0; }))});
  }
  return counts;
}

}  // namespace radiomics
