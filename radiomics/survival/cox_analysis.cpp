#include "radiomics/survival/cox_analysis.h"

#include <algorithm>

#include "radiomics/core/text.h"
#include "radiomics/survival/cox_fitting.h"
#include "radiomics/survival/endpoint_results.h"

namespace radiomics {
namespace {

bool is_resampled(const CoxModelOptions& options) {
  return options.bootstrap > 0 || !options.resamples.empty() || !options.folds.empty();
}

std::vector<std::string> names_of(const std::vector<VariableSpec>& variables) {
  std::vector<std::string> names;
  for (const auto& variable : variables) names.push_back(variable.name);
  return names;
}

CoxModelResult penalised_endpoint(const Cohort& cohort, const ModelFrame& frame,
                                  const CoxModelOptions& options, int threads) {
  CoxModelResult result{.endpoint = frame.endpoint,
                        .n = frame.size(),
                        .events = frame.events(),
                        .n_missing = frame.n_missing,
                        .ties = options.common.ties,
                        .warnings = frame.warnings};
  PenalisedPathOptions asked = *options.penalty;
  asked.penalty.ties = options.common.ties;
  asked.seed = options.common.seed;
  result.penalised = analyse_penalised_path(cohort, frame, asked, threads);
  const auto& warnings = result.penalised->warnings;
  result.warnings.insert(result.warnings.end(), warnings.begin(), warnings.end());
  return result;
}

CoxModelResult analyse_endpoint(const Cohort& cohort, const Cohort* newdata,
                                const EndpointSpec& spec, const CoxModelOptions& options,
                                int threads) {
  ModelFrame frame = model_frame(cohort, spec, options.request(), options.common);
  if (options.penalty) return penalised_endpoint(cohort, frame, options, threads);
  const CoxData data = frame.cox_data();
  const auto clusters = groups_in_frame(cohort, frame, options.cluster).group;
  const FittedCox fitted = fit_frame(frame, data, clusters, options);
  CoxModelResult result{.endpoint = spec.name,
                        .n = frame.size(),
                        .events = frame.events(),
                        .n_missing = frame.n_missing,
                        .variables = names_of(options.variables()),
                        .warnings = frame.warnings};
  add_model(frame, data, fitted, options, result);
  add_diagnostics(cohort, frame, data, fitted, result);
  result.splines = fitted_splines(frame, data, fitted, options.common.conf_level);
  add_predictions(newdata, frame, fitted, options, result);
  const Grouping folds = groups_in_frame(cohort, frame, options.folds);
  add_validation(frame, data, options.folds.empty() ? nullptr : &folds, options, threads, result);
  return result;
}

std::vector<Cohort> imputed_cohorts(const CoxModelOptions& options) {
  std::vector<Cohort> cohorts;
  for (const auto& file : options.imputed) {
    CohortOptions one = options.common.cohort;
    one.clinical = file;
    cohorts.push_back(read_cohort(one));
  }
  return cohorts;
}

CoxModelAnalysis analyse_imputed(const CoxModelOptions& options) {
  const std::vector<Cohort> cohorts = imputed_cohorts(options);
  CoxModelAnalysis analysis{.cohort = cohorts[0], .results = {}};
  analysis.results = for_each_endpoint<CoxModelResult>(
      options.common.endpoints, 1,
      [&](const EndpointSpec& spec) { return pooled_cox(cohorts, spec, options); });
  for (std::size_t i = 1; i < cohorts.size(); ++i)
    analysis.cohort.tables.push_back(cohorts[i].tables[0]);
  return analysis;
}

}  // namespace

SplineRequest parse_spline(const std::string& text) {
  const auto colon = text.rfind(':');
  const int knots = colon == std::string::npos ? 0 : to_integer(text.substr(colon + 1)).value_or(0);
  require(knots >= 3 && knots <= 7 && colon > 0, ErrorKind::invalid_argument,
          "'" + one_line(text) + "' is no spline; write VARIABLE:KNOTS with 3 to 7 knots");
  return {.variable = text.substr(0, colon), .knots = knots};
}

std::vector<VariableSpec> CoxModelOptions::variables() const {
  std::vector<VariableSpec> result = plain_variables(common.covariates);
  for (const auto& spline : splines) {
    const auto found = std::ranges::find(result, spline.variable, &VariableSpec::name);
    if (found == result.end())
      result.push_back({.name = spline.variable, .knots = spline.knots});
    else
      found->knots = spline.knots;
  }
  return result;
}

FrameRequest CoxModelOptions::request() const {
  FrameRequest result{.variables = variables(), .strata = common.strata};
  for (const auto& name : {cluster, folds})
    if (!name.empty()) result.complete.push_back(name);
  return result;
}

void CoxModelOptions::require_sense() const {
  const auto refuse = [](bool wrong, const std::string& text) {
    require(!wrong, ErrorKind::invalid_argument, text);
  };
  refuse(variables().empty(), "no variable; name some with --covariates");
  refuse(firth && !cluster.empty(), "--firth has no robust errors; leave --cluster out");
  refuse(firth && common.ties == Ties::exact, "--firth has Breslow's ties; leave --ties exact out");
  refuse(firth && is_resampled(*this),
         "--bootstrap, --resamples and --folds refit without --firth; run them apart");
  refuse(common.ties == Ties::exact && !cluster.empty(),
         "--ties exact has no robust errors; use efron or breslow with --cluster");
  refuse(penalty && (firth || !cluster.empty() || !splines.empty() || !newdata.empty() ||
                     !imputed.empty() || is_resampled(*this)),
         "--penalty-mix gives the path alone; leave --firth, --cluster, --spline, --newdata, "
         "--imputed, --bootstrap, --resamples and --folds out (folds: --cv-folds)");
  refuse(imputed.size() == 1, "--imputed needs two tables or more");
  refuse(!imputed.empty() && (is_resampled(*this) || !newdata.empty()),
         "--imputed pools terms only; leave --newdata, --bootstrap, --resamples and --folds out");
}

bool CoxModelResult::has_infinite_term() const {
  return std::ranges::count(terms, TermStatus::infinite, &TermResult::status) > 0;
}

bool CoxModelResult::is_spline(const std::string& variable) const {
  return std::ranges::any_of(splines, [&variable](const FittedSpline& spline) {
    return spline.knots.variable == variable;
  });
}

Test CoxModelResult::global_ph() const {
  return proportional_hazards.empty() ? Test{} : proportional_hazards[0].test.global;
}

Grouping groups_in_frame(const Cohort& cohort, const ModelFrame& frame, const std::string& name) {
  if (name.empty()) return {};
  const Grouping all = grouping_of(cohort, name, {});
  Grouping result;
  std::vector<int> numbers(all.labels.size(), -1);
  for (const auto patient : frame.patients) numbers[std::size_t(all.group[patient])] = 0;
  for (std::size_t g = 0; g < numbers.size(); ++g) {
    if (numbers[g] < 0) continue;
    numbers[g] = int(result.labels.size());
    result.labels.push_back(all.labels[g]);
  }
  for (const auto patient : frame.patients)
    result.group.push_back(numbers[std::size_t(all.group[patient])]);
  return result;
}

CoxModelAnalysis analyse_cox(const CoxModelOptions& options, int threads) {
  options.require_sense();
  if (!options.imputed.empty()) return analyse_imputed(options);
  CoxModelAnalysis analysis{.cohort = read_cohort(options.common.cohort), .results = {}};
  std::optional<Cohort> newdata;
  if (!options.newdata.empty())
    newdata = read_rows(options.newdata, "newdata", options.common.cohort);
  analysis.results =
      for_each_endpoint<CoxModelResult>(options.common.endpoints, 1, [&](const EndpointSpec& spec) {
        return analyse_endpoint(analysis.cohort, newdata ? &*newdata : nullptr, spec, options,
                                threads);
      });
  if (newdata) analysis.cohort.tables.push_back(newdata->tables[0]);
  return analysis;
}

}  // namespace radiomics
