#include "radiomics/survival/validate_subgroups.h"

#include <algorithm>
#include <cmath>

#include "radiomics/cohort/column.h"
#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/kaplan_meier.h"

namespace radiomics {
namespace {

constexpr std::size_t most_values = 3;

/// The analysed patients by the group they are in.
struct Division {
  SubgroupKind kind = SubgroupKind::factor;
  std::vector<double> cuts{};
  std::vector<std::string> labels{};
  std::vector<int> group{};  ///< per analysed patient; -1: no value
};

std::vector<double> distinct(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

/// Groups (low, high] by their upper ends; the last one has none.
Division by_upper_ends(SubgroupKind kind, const std::vector<double>& values,
                       const std::vector<double>& ends, std::vector<std::string> labels) {
  Division division{.kind = kind, .labels = std::move(labels)};
  for (const double value : values)
    division.group.push_back(
        std::isnan(value) ? -1 : int(std::ranges::lower_bound(ends, value) - ends.begin()));
  return division;
}

Division divide_by_number(const std::vector<double>& values) {
  const std::vector<double> known = distinct(values);
  std::vector<std::string> labels;
  if (known.size() <= most_values) {
    for (const double value : known) labels.push_back(to_text(value));
    return by_upper_ends(SubgroupKind::values, values, known, std::move(labels));
  }
  const std::vector<double> thirds{1.0 / 3, 2.0 / 3};
  std::vector<double> cuts = distinct(sample_quantiles(values, thirds));
  if (cuts.back() == known.back()) cuts.pop_back();  // nobody is above it
  if (cuts.empty()) return by_upper_ends(SubgroupKind::tertiles, values, cuts, {"all"});
  const auto text = [](double cut) { return rounded_text(cut, 6); };
  labels.push_back("up to " + text(cuts[0]));
  for (std::size_t k = 1; k < cuts.size(); ++k)
    labels.push_back("above " + text(cuts[k - 1]) + " to " + text(cuts[k]));
  labels.push_back("above " + text(cuts.back()));
  Division division = by_upper_ends(SubgroupKind::tertiles, values, cuts, std::move(labels));
  division.cuts = std::move(cuts);
  return division;
}

std::vector<double> numbers_of(const Cohort& cohort, const std::string& variable) {
  try {
    return numbers(column(cohort, variable), cohort.cells);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::not_numeric) throw;
    throw Error(ErrorKind::not_numeric,
                std::string(error.what()) + ", or its levels with --factor " + one_line(variable));
  }
}

Division divide(const Cohort& cohort, const std::string& variable,
                const std::vector<std::size_t>& patients, const AnalysisOptions& options) {
  if (is_factor(cohort, variable, options.factors)) {
    const Grouping grouping = grouping_of(cohort, variable, options.factors);
    Division division{.labels = grouping.labels};
    for (const auto patient : patients) division.group.push_back(grouping.group[patient]);
    return division;
  }
  const std::vector<double> all = numbers_of(cohort, variable);
  std::vector<double> values;
  for (const auto patient : patients) values.push_back(all[patient]);
  return divide_by_number(values);
}

template <class Value>
std::vector<Value> picked(const std::vector<Value>& values,
                          const std::vector<std::size_t>& members) {
  std::vector<Value> result;
  for (const auto i : members) result.push_back(values[i]);
  return result;
}

/// What the outcomes of a group are at a horizon; the same for every prediction.
SubgroupCalibration observed_at(const SurvivalData& group, double time, double level) {
  SubgroupCalibration result{.time = time};
  if (group.size() == 0) return result;
  const auto survival = at_horizon(
      kaplan_meier(group, {.conf_level = level, .conf_type = ConfidenceType::log_log}), time);
  result.observed = 1 - survival.estimate;
  if (survival.estimate < 1)  // else the formula gives 0 to 0, as if that were known
    result.observed_limits = {1 - survival.conf_high, 1 - survival.conf_low};
  return result;
}

void expect(const std::vector<double>& risk, SubgroupCalibration& result) {
  double sum = 0;
  for (const double one : risk) sum += one;
  result.expected = sum / double(risk.size());
  if (!(result.expected > 0)) return;
  result.ratio = result.observed / result.expected;
  result.ratio_limits = {result.observed_limits.low / result.expected,
                         result.observed_limits.high / result.expected};
}

SubgroupLevel judge(const ValidationData& data, const std::vector<std::size_t>& members,
                    const std::string& label, const AnalysisOptions& options) {
  const SurvivalData group = subset(data.outcome, members);
  SubgroupLevel level{.label = label, .n = members.size(), .events = group.events()};
  std::vector<SubgroupCalibration> outcomes;
  for (const double time : options.horizons)
    outcomes.push_back(observed_at(group, time, options.conf_level));
  const auto strata = data.strata.empty() ? std::vector<int>{} : picked(data.strata, members);
  for (const auto& prediction : data.predictions) {
    SubgroupScores scores{.horizons = outcomes};
    if (!members.empty())
      scores.concordance = concordance(group, picked(prediction.linear_predictor, members),
                                       {.conf_level = options.conf_level}, strata)
                               .estimate;
    auto& c = scores.concordance;
    if (!(c.std_error > 0)) c.std_error = c.conf_low = c.conf_high = undefined;
    for (std::size_t h = 0; h < outcomes.size(); ++h)
      if (!members.empty() && !prediction.risk[h].empty())
        expect(picked(prediction.risk[h], members), scores.horizons[h]);
    level.predictions.push_back(std::move(scores));
  }
  return level;
}

/// Warns of what is undefined, once per variable.
void warn_of_levels(const Subgroups& subgroups, const std::string& endpoint,
                    std::vector<AnalysisWarning>& warnings) {
  std::vector<std::string> no_events, no_pair, too_short;
  for (const auto& level : subgroups.levels) {
    const std::string name = "'" + one_line(level.label) + "'";
    if (level.events == 0)
      no_events.push_back(name);
    else if (std::isnan(level.predictions[0].concordance.estimate))
      no_pair.push_back(name);
    for (const auto& outcome : level.predictions[0].horizons)
      if (level.n > 0 && std::isnan(outcome.observed))
        too_short.push_back(name + " at " + to_text(outcome.time));
  }
  const std::string head = "subgroups of " + one_line(subgroups.variable) + ": ";
  if (!no_events.empty())
    warnings.push_back(endpoint_warning(WarningCode::level_without_events, endpoint,
                                        head + "no events, so no C, in " + join(no_events, ", "),
                                        subgroups.variable));
  if (!no_pair.empty())
    warnings.push_back(
        endpoint_warning(WarningCode::singleton_level, endpoint,
                         head +
                             "no two patients of whom one is known to have the event first, so "
                             "no C, in " +
                             join(no_pair, ", "),
                         subgroups.variable));
  if (!too_short.empty())
    warnings.push_back(endpoint_warning(
        WarningCode::beyond_follow_up, endpoint,
        head + "follow-up ends before, nothing observed in " + join(too_short, ", "),
        subgroups.variable));
}

}  // namespace

std::string_view to_string(SubgroupKind kind) {
  switch (kind) {
    case SubgroupKind::factor:
      return "factor";
    case SubgroupKind::values:
      return "values";
    case SubgroupKind::tertiles:
      return "tertiles";
  }
  return "unknown";
}

Subgroups judge_subgroups(const Cohort& cohort, const std::string& variable,
                          const std::string& endpoint, const ValidationData& data,
                          const AnalysisOptions& options, std::vector<AnalysisWarning>& warnings) {
  const Division division = divide(cohort, variable, data.patients, options);
  std::vector<std::vector<std::size_t>> members(division.labels.size());
  Subgroups result{.variable = variable, .kind = division.kind, .cuts = division.cuts};
  for (std::size_t i = 0; i < division.group.size(); ++i) {
    const int group = division.group[i];
    if (group < 0)
      ++result.n_missing;
    else
      members[std::size_t(group)].push_back(i);
  }
  for (std::size_t g = 0; g < members.size(); ++g)
    result.levels.push_back(judge(data, members[g], division.labels[g], options));
  warn_of_levels(result, endpoint, warnings);
  return result;
}

}  // namespace radiomics
