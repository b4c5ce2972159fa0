#include "radiomics/survival/compare_analysis.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "radiomics/cohort/resample_file.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/brier.h"
#include "radiomics/statistics/cox_baseline.h"
#include "radiomics/statistics/cox_fit_measures.h"
#include "radiomics/statistics/cox_predict.h"
#include "radiomics/statistics/multiplicity.h"
#include "radiomics/statistics/restricted_cubic_spline.h"
#include "radiomics/statistics/wald_test.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

constexpr int spline_knots = 4;

/// Which columns of a frame make the models.
struct Parts {
  std::vector<std::size_t> base, volume, imaging;
};

std::vector<std::size_t> together(std::initializer_list<std::vector<std::size_t>> parts) {
  std::vector<std::size_t> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<VariableSpec> variables_of(const CompareOptions& options) {
  std::vector<VariableSpec> variables = plain_variables(options.base);
  if (!options.volume.empty()) variables.push_back({.name = options.volume, .logarithm = true});
  for (const auto& name : options.imaging) variables.push_back({.name = name});
  return variables;
}

Parts parts_of(const ModelFrame& frame, const CompareOptions& options) {
  const std::size_t base = options.base.size(), volume = base + (options.volume.empty() ? 0 : 1);
  return {frame.columns_of(0, base), frame.columns_of(base, volume),
          frame.columns_of(volume, volume + options.imaging.size())};
}

ModelFrame frame_of(const Cohort& cohort, const EndpointSpec& spec, const CompareOptions& options,
                    const std::vector<VariableSpec>& variables) {
  return model_frame(cohort, spec, {.variables = variables, .strata = options.common.strata},
                     options.common);
}

std::vector<std::string> names_of(const std::vector<VariableSpec>& variables) {
  std::vector<std::string> names;
  for (const auto& variable : variables)
    names.push_back(variable.logarithm ? "log(" + variable.name + ")" : variable.name);
  return names;
}

ComparedModel fit_model(const std::string& name, const ModelFrame& frame,
                        const std::vector<std::size_t>& columns, const CompareOptions& options) {
  ComparedModel model{.name = name};
  const CoxData data = with_columns(frame.cox_data(), columns);
  model.fit = fit_cox(data, {.ties = options.common.ties});
  ModelFrame part;  // of the terms of this model
  part.covariates = data.covariates;
  for (const auto j : columns) part.terms.push_back(frame.terms[j]);
  model.terms = term_results(part, model.fit, options.common.conf_level);
  model.aic = cox_fit_measures(model.fit).aic;
  model.events_per_parameter =
      model.fit.df > 0 ? double(model.fit.events) / model.fit.df : undefined;
  model.concordance = concordance(frame.outcome, linear_predictor(model.fit, data.covariates),
                                  {.conf_level = options.common.conf_level}, frame.strata);
  return model;
}

void fit_models(const ModelFrame& frame, const Parts& parts, const CompareOptions& options,
                CompareResult& result) {
  const auto add = [&](const std::string& name, const std::vector<std::size_t>& columns,
                       const std::vector<VariableSpec>& variables) {
    result.models.push_back(fit_model(name, frame, columns, options));
    result.models.back().covariates = names_of(variables);
  };
  const auto base = plain_variables(options.base), imaging = plain_variables(options.imaging);
  const auto joined = [](std::vector<VariableSpec> left, const std::vector<VariableSpec>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
  };
  add("M0", parts.base, base);
  add("M1", parts.imaging, imaging);
  add("M2", together({parts.base, parts.imaging}), joined(base, imaging));
  if (options.volume.empty()) return;
  const auto with_volume = joined(base, {{.name = options.volume, .logarithm = true}});
  add("M3", together({parts.base, parts.volume}), with_volume);
  add("M4", together({parts.base, parts.volume, parts.imaging}), joined(with_volume, imaging));
}

const ComparedModel& model_named(const CompareResult& result, const std::string& name) {
  return *std::ranges::find(result.models, name, &ComparedModel::name);
}

Test likelihood_ratio(const CoxFit& smaller, const CoxFit& larger) {
  return chi_squared_test(2 * (larger.log_likelihood - smaller.log_likelihood),
                          larger.df - smaller.df);
}

/// The data of one model, for what needs predictions.
struct Predictions {
  std::vector<double> linear;
  Matrix risk;  ///< patients x horizons
};

Predictions predict(const ModelFrame& frame, const ComparedModel& model,
                    const std::vector<std::size_t>& columns, const CompareOptions& options) {
  const CoxData data = with_columns(frame.cox_data(), columns);
  Predictions result{.linear = linear_predictor(model.fit, data.covariates), .risk = {}};
  if (options.common.horizons.empty()) return result;
  const auto baseline = cox_baseline(model.fit, data);
  result.risk =
      predict_survival(model.fit, baseline, {.covariates = data.covariates, .strata = frame.strata},
                       options.common.horizons)
          .survival;
  for (double& value : result.risk.values) value = 1 - value;
  return result;
}

std::vector<HorizonGain> gains(const ModelFrame& frame, const Predictions& from,
                               const Predictions& to, const CompareOptions& options) {
  std::vector<HorizonGain> result;
  const double level = options.common.conf_level;
  for (std::size_t k = 0; k < options.common.horizons.size(); ++k) {
    const double time = options.common.horizons[k];
    result.push_back(
        {.time = time,
         .auc = difference(auc_at(frame.outcome, from.linear, time, level).auc,
                           auc_at(frame.outcome, to.linear, time, level).auc, level),
         .brier =
             difference(brier_score(frame.outcome, from.risk.column(k), time, level).brier,
                        brier_score(frame.outcome, to.risk.column(k), time, level).brier, level)});
  }
  return result;
}

void compare_models(const ModelFrame& frame, const Parts& parts, const CompareOptions& options,
                    const std::vector<Resample>& resamples, int threads, CompareResult& result) {
  const std::map<std::string, std::vector<std::size_t>> columns{
      {"M0", parts.base},
      {"M1", parts.imaging},
      {"M2", together({parts.base, parts.imaging})},
      {"M3", together({parts.base, parts.volume})},
      {"M4", together({parts.base, parts.volume, parts.imaging})}};
  std::vector<std::pair<std::string, std::string>> pairs{{"M0", "M2"}};
  if (!options.volume.empty()) pairs.insert(pairs.end(), {{"M0", "M3"}, {"M3", "M4"}});
  for (const auto& pair : pairs) {
    const ComparedModel &from = model_named(result, pair.first),
                        &to = model_named(result, pair.second);
    ComparedStep step{.from = pair.first, .to = pair.second};
    step.likelihood_ratio = likelihood_ratio(from.fit, to.fit);
    step.delta_concordance =
        concordance_difference(from.concordance, to.concordance, options.common.conf_level);
    const double z = step.delta_concordance.estimate / step.delta_concordance.std_error;
    step.delta_test = {z, 1, normal_p(z)};
    const Predictions lower = predict(frame, from, columns.at(pair.first), options),
                      upper = predict(frame, to, columns.at(pair.second), options);
    step.horizons = gains(frame, lower, upper, options);
    if (!resamples.empty()) {
      step.bootstrap =
          bootstrap_concordance_difference(
              frame.outcome, lower.linear, upper.linear, resamples,
              {.conf_level = options.common.conf_level, .threads = threads}, frame.strata)
              .percentiles;
      step.corrected = to.bootstrap->corrected - from.bootstrap->corrected;
    }
    result.steps.push_back(step);
  }
}

void validate_models(const ModelFrame& frame, const std::vector<Resample>& resamples,
                     const CompareOptions& options, int threads, const Parts& parts,
                     CompareResult& result) {
  if (resamples.empty()) return;
  const std::vector<std::vector<std::size_t>> columns{
      parts.base, parts.imaging, together({parts.base, parts.imaging}),
      together({parts.base, parts.volume}), together({parts.base, parts.volume, parts.imaging})};
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    auto& model = result.models[m];
    model.bootstrap = bootstrap_cox(
        with_columns(frame.cox_data(), columns[m]), resamples,
        {.ties = options.common.ties, .conf_level = options.common.conf_level, .threads = threads});
    const auto& bootstrap = *model.bootstrap;
    const int lost = bootstrap.aliased + bootstrap.infinite + bootstrap.failed;
    if (lost > 0)
      result.warnings.push_back(
          {.code = WarningCode::resample_lost_level,
           .message = result.endpoint + ": " + model.name + ": in " + to_text(lost) + " of " +
                      counted(resamples.size(), "resample") +
                      " a term was not estimable (a level was not drawn or had no event): it "
                      "counts as 0 there",
           .endpoint = result.endpoint});
  }
}

/// The likelihood ratio of one step with variables entered in another way.
Sensitivity another_way(const std::string& name, const std::string& from, const std::string& to,
                        const Cohort& cohort, const EndpointSpec& spec,
                        const CompareOptions& options, const std::vector<VariableSpec>& variables) {
  const ModelFrame frame = frame_of(cohort, spec, options, variables);
  const Parts parts = parts_of(frame, options);
  const bool with_volume = from == "M3";
  const auto smaller = with_volume ? together({parts.base, parts.volume}) : parts.base;
  const auto fit = [&](const std::vector<std::size_t>& columns) {
    return fit_cox(with_columns(frame.cox_data(), columns), {.ties = options.common.ties});
  };
  return {name, from, to, likelihood_ratio(fit(smaller), fit(together({smaller, parts.imaging})))};
}

void ask_otherwise(const Cohort& cohort, const EndpointSpec& spec, const CompareOptions& options,
                   CompareResult& result) {
  auto ordinal = variables_of(options);
  bool has_factor = false;
  for (std::size_t i = 0; i < options.base.size(); ++i) {
    ordinal[i].ordinal = is_factor(cohort, options.base[i], options.common.factors);
    has_factor = has_factor || ordinal[i].ordinal;
  }
  if (has_factor)
    result.sensitivity.push_back(
        another_way("base_ordinal", "M0", "M2", cohort, spec, options, ordinal));
  if (options.volume.empty()) return;
  const auto volumes = numbers(column(cohort, options.volume), cohort.cells);
  result.too_few_volumes = default_knots(volumes, spline_knots).empty();
  if (result.too_few_volumes) return;
  auto spline = variables_of(options);
  spline[options.base.size()].knots = spline_knots;
  result.sensitivity.push_back(
      another_way("volume_spline", "M3", "M4", cohort, spec, options, spline));
}

/// The model of the incidence, where something competes.
void fit_fine_gray_beside(const ModelFrame& frame, const Parts& parts,
                          const CompareOptions& options, CompareResult& result) {
  result.competing = int(std::ranges::count(frame.status, Status::competing));
  if (result.competing == 0) return;
  CompetingRisksData data{.time = frame.outcome.time, .cause = {}};
  for (const auto status : frame.status) data.cause.push_back(std::uint8_t(status));
  const auto columns = together({parts.base, parts.imaging});
  const Matrix covariates = columns_of(frame.covariates, columns);
  const FineGrayFit fit = fit_fine_gray(data, covariates);
  std::vector<ModelTerm> terms;
  for (const auto j : columns) terms.push_back(frame.terms[j]);
  std::vector<std::size_t> imaging;
  for (std::size_t j = parts.base.size(); j < columns.size(); ++j) imaging.push_back(j);
  result.fine_gray = {
      term_results(
          terms, covariates,
          {.coefficients = fit.coefficients, .std_errors = fit.std_errors, .status = fit.status},
          options.common.conf_level),
      wald_test(fit.coefficients, fit.vcov, imaging)};
}

CompareResult analyse_endpoint(const Cohort& cohort, const EndpointSpec& spec,
                               const CompareOptions& options, int threads) {
  ModelFrame frame = frame_of(cohort, spec, options, variables_of(options));
  const Parts parts = parts_of(frame, options);
  require_events(frame, frame.covariates.columns, options.common.force);
  CompareResult result{.endpoint = spec.name,
                       .n = frame.size(),
                       .events = frame.events(),
                       .n_missing = frame.n_missing,
                       .warnings = frame.warnings};
  fit_models(frame, parts, options, result);
  const auto& largest = result.models.back();
  const auto of_terms =
      term_warnings(spec.name, largest.terms, frame.covariates, "its likelihood ratio test holds");
  result.warnings.insert(result.warnings.end(), of_terms.begin(), of_terms.end());
  const auto resamples =
      resamples_of(options.resamples, options.bootstrap, frame.size(), options.common.seed);
  validate_models(frame, resamples, options, threads, parts, result);
  compare_models(frame, parts, options, resamples, threads, result);
  ask_otherwise(cohort, spec, options, result);
  fit_fine_gray_beside(frame, parts, options, result);
  return result;
}

/// Adjusts the p-values of each step over the endpoints. \return the number of tests of M0-M2
std::size_t adjust(std::vector<CompareResult>& results) {
  std::size_t tests = 0;
  for (std::size_t s = 0; s < 3; ++s) {
    std::vector<ComparedStep*> steps;
    std::vector<double> p_values;
    for (auto& result : results)
      if (s < result.steps.size()) {
        steps.push_back(&result.steps[s]);
        p_values.push_back(result.steps[s].likelihood_ratio.p_value);
      }
    const auto holm = adjusted_p_values(p_values, Adjustment::holm);
    const auto bh = adjusted_p_values(p_values, Adjustment::benjamini_hochberg);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      steps[i]->p_holm = holm[i];
      steps[i]->p_bh = bh[i];
    }
    if (s == 0) tests = steps.size();
  }
  return tests;
}

/// Takes away what a selection on the same data makes meaningless.
void withdraw_p_values(CompareResult& result) {
  for (auto& step : result.steps) {
    step.likelihood_ratio.p_value = step.delta_test.p_value = undefined;
    step.p_holm = step.p_bh = undefined;
  }
  for (auto& one : result.sensitivity) one.likelihood_ratio.p_value = undefined;
  for (auto& model : result.models)
    for (auto& term : model.terms) term.p_value = undefined;
  if (!result.fine_gray) return;
  result.fine_gray->imaging.p_value = undefined;
  for (auto& term : result.fine_gray->terms) term.p_value = undefined;
}

}  // namespace

CompareAnalysis analyse_compare(const CompareOptions& options, int threads) {
  CompareAnalysis analysis{.cohort = read_cohort(options.common.cohort), .results = {}};
  analysis.results =
      for_each_endpoint<CompareResult>(options.common.endpoints, 1, [&](const EndpointSpec& spec) {
        return analyse_endpoint(analysis.cohort, spec, options, threads);
      });
  const std::size_t tests = adjust(analysis.results);
  for (auto& result : analysis.results) {
    if (result.error) continue;
    if (options.data_driven) withdraw_p_values(result);
    result.verdict = options.data_driven ? Verdict::resampled_only
                                         : verdict_of(result.steps, options.common.alpha_level);
    result.text = verdict_text(result, options, tests);
  }
  return analysis;
}

}  // namespace radiomics
