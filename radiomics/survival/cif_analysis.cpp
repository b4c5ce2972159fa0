#include "radiomics/survival/cif_analysis.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/cohort/new_patients.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/survival/endpoint_results.h"

namespace radiomics {
namespace {

void warn(CifResult& result, WarningCode code, const std::string& text,
          const std::string& column = "") {
  result.warnings.push_back(endpoint_warning(code, result.endpoint, text, column));
}

void warn_of_events(CifResult& result) {
  if (result.events[0] == 0)
    warn(result, WarningCode::no_events, "no events: the incidence stays at 0");
  else if (result.events[1] == 0)
    warn(result, WarningCode::no_events,
         "no competing events: the incidence is 1 - S of Kaplan and Meier");
}

void warn_of_groups(const CifOptions& options, CifResult& result) {
  if (options.by.empty()) return;
  std::vector<std::string> without_events, single;
  for (const auto& group : result.groups) {
    const std::string shown = "'" + one_line(group.label) + "'";
    if (group.data.events(1) == 0) without_events.push_back(shown);
    if (group.data.size() == 1) single.push_back(shown);
  }
  const std::string where = " where " + options.by + " is ";
  if (!without_events.empty() && result.events[0] > 0)
    warn(result, WarningCode::level_without_events,
         "no events" + where + join(without_events, ", "), options.by);
  if (!single.empty())
    warn(result, WarningCode::singleton_level, "one patient only" + where + join(single, ", "),
         options.by);
}

void warn_of_follow_up(CifResult& result) {
  for (const auto& group : result.groups) {
    std::vector<double> beyond;
    for (const auto& horizon : group.horizons)
      if (horizon.beyond_follow_up) beyond.push_back(horizon.time);
    if (!beyond.empty())
      warn(result, WarningCode::beyond_follow_up,
           "group '" + one_line(group.label) + "' was followed to " +
               to_text(group.curves.time.back()) + ": nothing is estimated at " +
               join(beyond, ", "));
  }
}

/// Puts the standard error of the delta method and its intervals in the place of the others.
void use_delta(StateCurve& curve, const CumulativeIncidenceOptions& options) {
  curve.std_error = curve.std_error_delta;
  const double z = normal_quantile_two_sided(options.conf_level);
  for (std::size_t i = 0; i < curve.estimate.size(); ++i) {
    const double p = curve.estimate[i];
    std::tie(curve.conf_low[i], curve.conf_high[i]) =
        probability_interval(p, curve.std_error[i] / p, z, options.conf_type);
  }
}

CifGroup estimate_group(const std::string& label, CompetingRisksData data,
                        const CifOptions& options) {
  const CumulativeIncidenceOptions curve{.conf_level = options.common.conf_level,
                                         .conf_type = options.conf_type()};
  CifGroup group{.label = label, .data = std::move(data)};
  group.curves = cumulative_incidence(group.data, curve);
  if (options.std_error == IncidenceError::delta) {
    use_delta(group.curves.event_free, curve);
    for (auto& cause : group.curves.incidence) use_delta(cause, curve);
  }
  for (const double time : options.common.horizons) {
    group.horizons.push_back(at_horizon(group.curves, time));
    group.naive.push_back(naive_incidence(group.data, 1, time));
  }
  return group;
}

/// `groups`: of all patients of the cohort.
void estimate(const ModelFrame& frame, const Grouping& groups, const CifOptions& options,
              CifResult& result) {
  const CompetingRisksData data = competing_risks(frame);
  result.whole = estimate_group("all", data, options);
  std::vector<int> group_of(frame.size());  // groups without patients are not counted
  for (std::size_t label = 0; label < groups.labels.size(); ++label) {
    std::vector<std::size_t> members;
    for (std::size_t k = 0; k < frame.size(); ++k)
      if (groups.group[frame.patients[k]] == int(label)) members.push_back(k);
    if (members.empty()) continue;
    for (const auto k : members) group_of[k] = int(result.groups.size());
    result.groups.push_back(estimate_group(groups.labels[label], subset(data, members), options));
  }
  if (result.groups.size() < 2) return;
  for (const int cause : {1, 2})
    result.gray.push_back(
        {cause, gray_test(data, cause, group_of, int(result.groups.size()), frame.strata)});
}

std::string last_time_of(const EndpointSpec& spec) {
  if (spec.death_time.empty())
    return "Who had neither event is censored at the time in the column " + one_line(spec.time) +
           ".";
  return "Who had neither event is censored at the time in the column " + one_line(spec.time) +
         " (the last assessment of the disease), not at the last contact; who died without the "
         "event has the competing event at the time in the column " +
         one_line(spec.death_time) + ".";
}

/// Those of the second frame are of the same columns again, but for the covariates.
void add_new_warnings(const std::vector<AnalysisWarning>& more, CifResult& result) {
  for (const auto& warning : more) {
    const auto same = [&](const AnalysisWarning& other) {
      return other.code == warning.code && other.message == warning.message;
    };
    if (std::ranges::none_of(result.warnings, same)) result.warnings.push_back(warning);
  }
}

CifResult analyse_endpoint(const Cohort& cohort, const EndpointSpec& spec,
                           const CifOptions& options, const Cohort* newdata) {
  require(spec.has_competing(), ErrorKind::invalid_argument,
          spec.name +
              ": no competing event is named; add competing=V to its --endpoint, or give "
              "--competing " +
              spec.name + "=TIME/EVENT,death=TIME/EVENT; without one use km");
  FrameRequest request{.strata = options.common.strata};
  if (!options.by.empty()) request.complete.push_back(options.by);
  const Grouping groups = grouping_of(cohort, options.by, options.common.factors);
  const ModelFrame frame = model_frame(cohort, spec, request, options.common);
  const CompetingRisksData data = competing_risks(frame);
  CifResult result{.endpoint = spec.name,
                   .n = frame.size(),
                   .events = {data.events(1), data.events(2)},
                   .n_missing = frame.n_missing,
                   .followed_until = last_time_of(spec),
                   .warnings = frame.warnings};
  estimate(frame, groups, options, result);
  warn_of_events(result);
  warn_of_groups(options, result);
  warn_of_follow_up(result);
  if (options.common.covariates.empty()) return result;
  const FrameRequest modelled{.variables = plain_variables(options.common.covariates)};
  ModelFrame of_models = model_frame(cohort, spec, modelled, options.common);
  Matrix patients;
  if (newdata)
    patients = new_patients(*newdata, of_models, modelled, options.common.factors).covariates;
  result.models = fit_cif_models(of_models, patients, options.common);
  add_new_warnings(of_models.warnings, result);
  return result;
}

}  // namespace

std::string_view to_string(IncidenceError error) {
  return error == IncidenceError::delta ? "delta" : "infinitesimal_jackknife";
}

ConfidenceType CifOptions::conf_type() const {
  return common.conf_type.value_or(ConfidenceType::log);
}

std::vector<AnalysisWarning> CifAnalysis::warnings() const { return all_warnings(cohort, results); }

CifAnalysis analyse_cif(const CifOptions& options, int threads) {
  CifAnalysis analysis{.cohort = read_cohort(options.common.cohort), .results = {}};
  std::optional<Cohort> newdata;
  if (!options.newdata.empty())
    newdata = read_rows(options.newdata, "newdata", options.common.cohort);
  analysis.results = for_each_endpoint<CifResult>(
      options.common.endpoints, threads, [&](const EndpointSpec& spec) {
        return analyse_endpoint(analysis.cohort, spec, options, newdata ? &*newdata : nullptr);
      });
  if (newdata) analysis.cohort.tables.push_back(newdata->tables[0]);
  return analysis;
}

}  // namespace radiomics
