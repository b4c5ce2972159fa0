#include "radiomics/survival/km_analysis.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

/// The variables of an endpoint for all patients of a cohort.
struct Variables {
  Outcome outcome;
  Grouping groups;
  Grouping strata;

  bool complete(std::size_t i) const {
    return !std::isnan(outcome.time[i]) && outcome.status[i] != Status::missing &&
           groups.group[i] >= 0 && strata.group[i] >= 0;
  }
};

Grouping groups_of(const Cohort& cohort, const KmOptions& options) {
  if (options.by.empty()) return {{"all"}, std::vector<int>(cohort.size(), 0)};
  const auto factor = std::ranges::find(options.factors, options.by, &FactorSpec::name);
  return group_by(column(cohort, options.by),
                  factor == options.factors.end() ? std::vector<std::string>{} : factor->levels,
                  cohort.cells);
}

Grouping strata_of(const Cohort& cohort, const KmOptions& options) {
  std::vector<Grouping> groupings;
  for (const auto& name : options.strata)
    groupings.push_back(group_by(column(cohort, name), {}, cohort.cells));
  return crossed(groupings, cohort.size());
}

std::vector<std::string> ids_of(const Cohort& cohort, const std::vector<std::size_t>& patients) {
  std::vector<std::string> ids;
  for (const auto patient : patients) ids.push_back(cohort.ids[patient]);
  return ids;
}

void warn_of_missing(const Cohort& cohort, const std::string& name,
                     const std::vector<char>& missing, KmResult& result) {
  std::vector<std::size_t> patients;
  for (std::size_t i = 0; i < missing.size(); ++i)
    if (missing[i]) patients.push_back(i);
  if (patients.empty()) return;
  result.warnings.push_back({.code = WarningCode::missing_values,
                             .message = column(cohort, name).place(patients[0]) + ": missing in " +
                                        counted(patients.size(), "patient") + ", left out of " +
                                        result.endpoint,
                             .endpoint = result.endpoint,
                             .column = name,
                             .ids = ids_of(cohort, patients)});
}

void warn_of_missing(const Cohort& cohort, const KmOptions& options, const EndpointSpec& spec,
                     const Variables& variables, KmResult& result) {
  std::vector<char> time, event, group;
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    time.push_back(std::isnan(variables.outcome.time[i]));
    event.push_back(variables.outcome.status[i] == Status::missing);
    group.push_back(variables.groups.group[i] < 0);
  }
  warn_of_missing(cohort, spec.time, time, result);
  warn_of_missing(cohort, spec.event, event, result);
  warn_of_missing(cohort, options.by, group, result);
  for (const auto& name : options.strata)
    warn_of_missing(cohort, name, column(cohort, name).missing, result);
}

void warn_of_zero_times(const Cohort& cohort, const EndpointSpec& spec, const Outcome& outcome,
                        const std::vector<std::size_t>& patients, KmResult& result) {
  std::vector<std::size_t> at_zero;
  for (const auto i : patients)
    if (outcome.time[i] == 0) at_zero.push_back(i);
  if (at_zero.empty()) return;
  result.warnings.push_back({.code = WarningCode::zero_time,
                             .message = column(cohort, spec.time).place(at_zero[0]) +
                                        ": time 0 in " + counted(at_zero.size(), "patient") +
                                        ", kept in " + result.endpoint,
                             .endpoint = result.endpoint,
                             .column = spec.time,
                             .ids = ids_of(cohort, at_zero)});
}

void warn(KmResult& result, WarningCode code, const std::string& column, const std::string& text) {
  result.warnings.push_back({.code = code,
                             .message = result.endpoint + ": " + text,
                             .endpoint = result.endpoint,
                             .column = column});
}

void warn_of_events(const KmOptions& options, KmResult& result) {
  if (result.events == 0)
    return warn(result, WarningCode::no_events, "", "no events: S stays at 1, nothing is tested");
  if (options.by.empty()) return;
  std::vector<std::string> without_events, single;
  for (const auto& group : result.groups) {
    if (group.data.events() == 0) without_events.push_back("'" + one_line(group.label) + "'");
    if (group.data.size() == 1) single.push_back("'" + one_line(group.label) + "'");
  }
  if (!without_events.empty())
    warn(result, WarningCode::level_without_events, options.by,
         "no events where " + options.by + " is " + join(without_events, ", "));
  if (!single.empty())
    warn(result, WarningCode::singleton_level, options.by,
         "one patient only where " + options.by + " is " + join(single, ", "));
}

void warn_of_follow_up(KmResult& result) {
  for (const auto& group : result.groups) {
    std::vector<double> beyond;
    for (const auto& horizon : group.horizons)
      if (horizon.beyond_follow_up) beyond.push_back(horizon.time);
    if (std::isnan(group.rmst.estimate) && !std::isnan(group.rmst.tau) &&
        std::ranges::find(beyond, group.rmst.tau) == beyond.end())
      beyond.push_back(group.rmst.tau);
    if (!beyond.empty())
      warn(result, WarningCode::beyond_follow_up, "",
           "group '" + one_line(group.label) + "' was followed to " +
               to_text(group.curve.table.time.back()) + ": nothing is estimated at " +
               join(beyond, ", "));
  }
}

KmGroup estimate_group(const std::string& label, SurvivalData data, const KmOptions& options) {
  KmGroup group{.label = label, .data = std::move(data), .rmst = {undefined, undefined, undefined}};
  group.curve = kaplan_meier(group.data, options.curve);
  for (const double p : {0.25, 0.5, 0.75}) group.quantiles.push_back(quantile(group.curve, p));
  for (const double time : options.horizons)
    group.horizons.push_back(at_horizon(group.curve, time));
  if (options.tau)
    group.rmst = restricted_mean(group.curve, *options.tau);
  else if (!options.horizons.empty())
    group.rmst = restricted_mean(group.curve, std::ranges::max(options.horizons));
  return group;
}

/// `data` has one entry for each of `patients`.
void estimate(const SurvivalData& data, const std::vector<std::size_t>& patients,
              const Variables& variables, const KmOptions& options, KmResult& result) {
  std::vector<int> groups, strata;  // of the patients; groups without patients are not counted
  for (std::size_t label = 0; label < variables.groups.labels.size(); ++label) {
    std::vector<std::size_t> members;
    for (std::size_t k = 0; k < patients.size(); ++k)
      if (variables.groups.group[patients[k]] == int(label)) members.push_back(k);
    if (members.empty()) continue;
    groups.resize(patients.size());
    for (const auto k : members) groups[k] = int(result.groups.size());
    result.groups.push_back(
        estimate_group(variables.groups.labels[label], subset(data, members), options));
  }
  if (result.groups.size() < 2) return;
  for (const auto patient : patients) strata.push_back(variables.strata.group[patient]);
  for (const double rho : {0.0, 1.0})
    result.tests.push_back(log_rank(data, groups, int(result.groups.size()), strata, rho));
}

KmResult analyse_endpoint(const Cohort& cohort, const EndpointSpec& spec,
                          const KmOptions& options) {
  KmResult result{.endpoint = spec.name};
  const Variables variables{read_outcome(cohort, spec), groups_of(cohort, options),
                            strata_of(cohort, options)};
  std::vector<std::size_t> patients;
  SurvivalData data;
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    if (!variables.complete(i)) continue;
    patients.push_back(i);
    data.time.push_back(variables.outcome.time[i]);
    data.event.push_back(variables.outcome.status[i] == Status::event);
  }
  require(!patients.empty(), ErrorKind::no_rows,
          spec.name + ": every patient lacks a value of " + spec.time + ", " + spec.event +
              (options.by.empty() ? "" : ", " + options.by) + "; choose other columns");
  data = with_ties_merged(data);
  result.n = patients.size();
  result.events = data.events();
  result.n_missing = cohort.size() - patients.size();
  estimate(data, patients, variables, options, result);
  warn_of_missing(cohort, options, spec, variables, result);
  warn_of_zero_times(cohort, spec, variables.outcome, patients, result);
  warn_of_events(options, result);
  warn_of_follow_up(result);
  return result;
}

}  // namespace

std::vector<AnalysisWarning> KmAnalysis::warnings() const {
  std::vector<AnalysisWarning> all = cohort.warnings;
  for (const auto& result : results)
    all.insert(all.end(), result.warnings.begin(), result.warnings.end());
  return all;
}

KmAnalysis analyse_km(const KmOptions& options, int threads) {
  KmAnalysis analysis{.cohort = read_cohort(options.cohort), .results = {}};
  analysis.results.resize(options.endpoints.size());
  parallel_for(options.endpoints.size(), threads, [&](std::size_t i) {
    const auto& spec = options.endpoints[i];
    try {
      analysis.results[i] = analyse_endpoint(analysis.cohort, spec, options);
    } catch (const Error& error) {  // the others are still worth having
      analysis.results[i] = {.endpoint = spec.name};
      analysis.results[i].error = error;
    }
  });
  return analysis;
}

}  // namespace radiomics
