#include "radiomics/survival/km_analysis.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/multiplicity.h"
#include "radiomics/survival/endpoint_results.h"

namespace radiomics {
namespace {

void warn(KmResult& result, WarningCode code, const std::string& text,
          const std::string& column = "") {
  result.warnings.push_back(endpoint_warning(code, result.endpoint, text, column));
}

void warn_of_events(const KmOptions& options, KmResult& result) {
  if (result.events == 0)
    return warn(result, WarningCode::no_events, "no events: S stays at 1, nothing is tested");
  if (options.by.empty()) return;
  std::vector<std::string> without_events, single;
  for (const auto& group : result.groups) {
    if (group.data.events() == 0) without_events.push_back("'" + one_line(group.label) + "'");
    if (group.data.size() == 1) single.push_back("'" + one_line(group.label) + "'");
  }
  if (!without_events.empty())
    warn(result, WarningCode::level_without_events,
         "no events where " + options.by + " is " + join(without_events, ", "), options.by);
  if (!single.empty())
    warn(result, WarningCode::singleton_level,
         "one patient only where " + options.by + " is " + join(single, ", "), options.by);
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
      warn(result, WarningCode::beyond_follow_up,
           "group '" + one_line(group.label) + "' was followed to " +
               to_text(group.curve.table.time.back()) + ": nothing is estimated at " +
               join(beyond, ", "));
  }
}

KmGroup estimate_group(const std::string& label, SurvivalData data, const KmOptions& options) {
  KmGroup group{.label = label, .data = std::move(data), .rmst = {undefined, undefined, undefined}};
  group.curve = kaplan_meier(group.data, options.curve());
  for (const double p : {0.25, 0.5, 0.75}) group.quantiles.push_back(quantile(group.curve, p));
  for (const double time : options.common.horizons)
    group.horizons.push_back(at_horizon(group.curve, time));
  if (const auto tau = options.common.truncation()) group.rmst = restricted_mean(group.curve, *tau);
  return group;
}

LogRankTest test_of_pair(const ModelFrame& frame, const std::vector<int>& group_of, int first,
                         int second) {
  std::vector<std::size_t> members;
  std::vector<int> groups, strata;
  for (std::size_t k = 0; k < frame.size(); ++k) {
    if (group_of[k] != first && group_of[k] != second) continue;
    members.push_back(k);
    groups.push_back(group_of[k] == second ? 1 : 0);
    if (!frame.strata.empty()) strata.push_back(frame.strata[k]);
  }
  return log_rank(subset(frame.outcome, members), groups, 2, strata);
}

std::vector<KmPair> test_pairs(const ModelFrame& frame, const std::vector<int>& group_of,
                               std::size_t group_count) {
  std::vector<KmPair> pairs;
  std::vector<double> p_values;
  for (std::size_t first = 0; first < group_count; ++first)
    for (std::size_t second = first + 1; second < group_count; ++second) {
      pairs.push_back({.first = first,
                       .second = second,
                       .test = test_of_pair(frame, group_of, int(first), int(second))});
      p_values.push_back(pairs.back().test.p_value);
    }
  const auto adjusted = adjusted_p_values(p_values, Adjustment::holm);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].p_holm = adjusted[i];
  return pairs;
}

/// `groups`: of all patients of the cohort.
void estimate(const ModelFrame& frame, const Grouping& groups, const KmOptions& options,
              KmResult& result) {
  std::vector<int> group_of(frame.size());  // groups without patients are not counted
  for (std::size_t label = 0; label < groups.labels.size(); ++label) {
    std::vector<std::size_t> members;
    for (std::size_t k = 0; k < frame.size(); ++k)
      if (groups.group[frame.patients[k]] == int(label)) members.push_back(k);
    if (members.empty()) continue;
    for (const auto k : members) group_of[k] = int(result.groups.size());
    result.scores.push_back(double(label) + 1);
    result.groups.push_back(
        estimate_group(groups.labels[label], subset(frame.outcome, members), options));
  }
  if (result.groups.size() < 2) return;
  for (const double rho : {0.0, 1.0})
    result.tests.push_back(
        log_rank(frame.outcome, group_of, int(result.groups.size()), frame.strata, rho));
  if (options.pairwise) result.pairs = test_pairs(frame, group_of, result.groups.size());
  if (options.trend) result.trend = log_rank_trend(result.tests[0], result.scores);
}

KmResult analyse_endpoint(const Cohort& cohort, const EndpointSpec& spec,
                          const KmOptions& options) {
  FrameRequest request{.strata = options.common.strata};
  if (!options.by.empty()) request.complete.push_back(options.by);
  const Grouping groups = grouping_of(cohort, options.by, options.common.factors);
  const ModelFrame frame = model_frame(cohort, spec, request, options.common);
  KmResult result{.endpoint = spec.name,
                  .n = frame.size(),
                  .events = frame.events(),
                  .n_missing = frame.n_missing,
                  .warnings = frame.warnings};
  estimate(frame, groups, options, result);
  warn_of_events(options, result);
  warn_of_follow_up(result);
  return result;
}

}  // namespace

KaplanMeierOptions KmOptions::curve() const {
  return {.conf_level = common.conf_level,
          .conf_type = common.conf_type.value_or(ConfidenceType::log_log)};
}

std::vector<AnalysisWarning> KmAnalysis::warnings() const { return all_warnings(cohort, results); }

KmAnalysis analyse_km(const KmOptions& options, int threads) {
  KmAnalysis analysis{.cohort = read_cohort(options.common.cohort), .results = {}};
  analysis.results = for_each_endpoint<KmResult>(
      options.common.endpoints, threads,
      [&](const EndpointSpec& spec) { return analyse_endpoint(analysis.cohort, spec, options); });
  return analysis;
}

}  // namespace radiomics
