#include "radiomics/survival/describe_analysis.h"

#include <algorithm>
#include <utility>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/log_rank.h"
#include "radiomics/statistics/sample_size.h"
#include "radiomics/survival/endpoint_results.h"

namespace radiomics {
namespace {

double fraction_informative(const SurvivalData& data, double horizon, double tolerance) {
  std::size_t informative = 0;
  for (std::size_t i = 0; i < data.size(); ++i)
    informative += data.event[i] || data.time[i] >= horizon - tolerance;
  return double(informative) / double(data.size());
}

double median_of(const KaplanMeierCurve& curve) { return quantile(curve, 0.5).estimate; }

FollowUp follow_up(const ModelFrame& frame, const DescribeOptions& options) {
  const auto& data = frame.outcome;
  const auto curve = reverse_kaplan_meier(data, ReverseTies::deaths_stay, options.curve());
  FollowUp result{.median = quantile(curve, 0.5)};
  result.deaths_first =
      median_of(reverse_kaplan_meier(data, ReverseTies::deaths_first, options.curve()));
  if (std::ranges::find(frame.status, Status::competing) != frame.status.end()) {
    SurvivalData any = data;
    for (std::size_t i = 0; i < any.size(); ++i) any.event[i] = frame.status[i] != Status::censored;
    result.any_event = median_of(reverse_kaplan_meier(any, ReverseTies::deaths_stay));
  }
  result.min = std::ranges::min(data.time);
  result.max = std::ranges::max(data.time);
  const auto& horizons = options.common.horizons;
  if (!horizons.empty())
    result.fraction_informative =
        fraction_informative(data, std::ranges::max(horizons), curve.time_tolerance);
  return result;
}

CaseCounts count_cases(const SurvivalData& data) {
  CaseCounts counts{.n = data.size(), .events = data.events()};
  if (counts.n > 0) counts.median = median_of(kaplan_meier(data));
  return counts;
}

/// Whether each patient of the frame has all covariates.
std::vector<int> completeness(const Cohort& cohort, const ModelFrame& frame,
                              const std::vector<std::string>& covariates) {
  std::vector<int> complete(frame.size(), 1);
  for (const auto& name : covariates) {
    const Column cells = column(cohort, name);
    for (std::size_t k = 0; k < frame.size(); ++k)
      if (cells.missing[frame.patients[k]]) complete[k] = 0;
  }
  return complete;
}

DroppedCases dropped_cases(const Cohort& cohort, const ModelFrame& frame,
                           const DescribeOptions& options) {
  const auto complete = completeness(cohort, frame, options.common.covariates);
  std::vector<std::size_t> kept, dropped;
  for (std::size_t k = 0; k < frame.size(); ++k) (complete[k] ? kept : dropped).push_back(k);
  DroppedCases cases{.kept = count_cases(subset(frame.outcome, kept)),
                     .dropped = count_cases(subset(frame.outcome, dropped))};
  if (!kept.empty() && !dropped.empty())
    cases.p_value = log_rank(frame.outcome, complete, 2, {}, 0).p_value;
  return cases;
}

std::size_t parameter_count(const Cohort& cohort, const AnalysisOptions& options) {
  std::vector<ModelTerm> terms;
  design_matrix(cohort, plain_variables(options.covariates), options.factors, terms);
  return terms.size();
}

SampleSize sample_size(const ModelFrame& frame, std::size_t parameters) {
  SampleSize size{.parameters = parameters};
  size.events_per_parameter = double(frame.events()) / double(parameters);
  const auto null = fit_cox({.outcome = frame.outcome, .covariates = Matrix(frame.size(), 0)});
  size.r2_cox_snell =
      size.r2_nagelkerke * largest_cox_snell(null.log_likelihood_null, double(frame.size()));
  size.required = sample_size_for_shrinkage(double(parameters), size.r2_cox_snell, size.shrinkage);
  return size;
}

void warn(DescribeResult& result, WarningCode code, const std::string& text) {
  result.warnings.push_back(endpoint_warning(code, result.endpoint, text));
}

void warn_of_follow_up(DescribeResult& result) {
  if (result.events == 0) warn(result, WarningCode::no_events, "no events: nothing to model");
  std::vector<double> beyond;
  for (const auto& horizon : result.horizons)
    if (horizon.beyond_follow_up) beyond.push_back(horizon.time);
  if (!beyond.empty())
    warn(result, WarningCode::beyond_follow_up,
         "followed to " + to_text(result.follow_up.max) + ": nothing is estimated at " +
             join(beyond, ", "));
}

DescribeResult describe_endpoint(const Cohort& cohort, const EndpointSpec& spec,
                                 const DescribeOptions& options) {
  const ModelFrame frame = model_frame(cohort, spec, {}, options.common);
  DescribeResult result{.endpoint = spec.name,
                        .n = frame.size(),
                        .events = frame.events(),
                        .competing = int(std::ranges::count(frame.status, Status::competing)),
                        .n_missing = frame.n_missing,
                        .warnings = frame.warnings};
  result.follow_up = follow_up(frame, options);
  const auto curve = kaplan_meier(frame.outcome, options.curve());
  result.median_survival = quantile(curve, 0.5);
  for (const double time : options.common.horizons)
    result.horizons.push_back(at_horizon(curve, time));
  result.cases = dropped_cases(cohort, frame, options);
  const auto parameters = parameter_count(cohort, options.common);
  if (parameters > 0 && result.events > 0) result.sample_size = sample_size(frame, parameters);
  warn_of_follow_up(result);
  return result;
}

}  // namespace

KaplanMeierOptions DescribeOptions::curve() const {
  return {.conf_level = common.conf_level,
          .conf_type = common.conf_type.value_or(ConfidenceType::log_log)};
}

std::vector<AnalysisWarning> DescribeAnalysis::warnings() const {
  return all_warnings(cohort, results);
}

DescribeAnalysis analyse_describe(const DescribeOptions& options, int threads) {
  DescribeAnalysis analysis{.cohort = read_cohort(options.common.cohort)};
  analysis.table = describe_cohort(analysis.cohort, options.common.covariates, options.by,
                                   options.common.factors);
  analysis.missing = count_missing(analysis.cohort, options.common.covariates);
  analysis.results = for_each_endpoint<DescribeResult>(
      options.common.endpoints, threads,
      [&](const EndpointSpec& spec) { return describe_endpoint(analysis.cohort, spec, options); });
  return analysis;
}

}  // namespace radiomics
