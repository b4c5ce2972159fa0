#include "radiomics/survival/screen_analysis.h"

#include <algorithm>
#include <cmath>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/parallel_for.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/cox_fit_measures.h"
#include "radiomics/statistics/multiplicity.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/feature_relations.h"

namespace radiomics {
namespace {

/// Some patients and what the model without a feature says about them.
struct Base {
  CoxData data;  ///< the covariates alone
  CoxRiskSets sets{};
  double log_likelihood = undefined;
};

Base base_of(CoxData data, const CoxOptions& options) {
  Base base{.data = std::move(data)};
  base.sets = cox_risk_sets(base.data.outcome, base.data.strata);
  base.log_likelihood = fit_cox(base.sets, base.data.covariates, {}, options).log_likelihood;
  return base;
}

/// The feature as a term: the last of the model, so that it is the one to go if it says nothing
/// new.
TermResult term_of(const std::string& name, const Matrix& values, const CoxFit& fit,
                   double conf_level) {
  const std::size_t last = fit.coefficients.size() - 1;
  auto term = term_results({{.name = name, .variable = name}}, values,
                           {.coefficients = std::span(fit.coefficients).subspan(last),
                            .std_errors = std::span(fit.std_errors).subspan(last),
                            .status = std::span(fit.status).subspan(last),
                            .means = std::span(fit.means).subspan(last)},
                           conf_level)[0];
  term.vif = variance_inflation(fit, fit.vcov)[last];
  return term;
}

std::string problem_of(const ScreenedFeature& feature, const CoxFit& fit, const Matrix& values) {
  if (feature.events == 0) return "no events";
  if (feature.term.status == TermStatus::aliased)
    return is_constant(values.column(0)) ? "constant" : "follows from the covariates";
  if (feature.term.status == TermStatus::infinite) return "infinite coefficient";
  return fit.converged ? "" : "did not converge";
}

void fit_feature(const Base& base, const Matrix& values, const AnalysisOptions& options,
                 ScreenedFeature& feature) {
  const Matrix covariates = beside(base.data.covariates, values);
  const CoxFit fit = fit_cox(base.sets, covariates, {}, {.ties = options.ties});
  feature.n = base.data.size();
  feature.events = base.data.outcome.events();
  feature.term = term_of(feature.name, values, fit, options.conf_level);
  feature.problem = problem_of(feature, fit, values);
  if (feature.problem == "did not converge") {
    feature.term = {.term = feature.term.term, .status = TermStatus::aliased};
    return;
  }
  if (feature.term.status == TermStatus::aliased) return;
  const double gain = 2 * (fit.log_likelihood - base.log_likelihood);
  feature.p_value_lr = chi_squared_test(std::max(gain, 0.0), 1).p_value;  // but for rounding
  if (feature.term.status == TermStatus::ok)
    feature.concordance = concordance(base.data.outcome, linear_predictor(fit, covariates),
                                      {.influence = false}, base.data.strata)
                              .estimate.estimate;
}

/// A feature on the patients of the frame who have it. `everybody`: the base of all of them.
ScreenedFeature screen_feature(const ModelFrame& frame, const Base& everybody,
                               const std::string& name, std::span<const double> of_cohort,
                               const AnalysisOptions& options) {
  ScreenedFeature feature{.name = name};
  feature.term = {.term = {.name = name, .variable = name}, .status = TermStatus::aliased};
  std::vector<std::size_t> rows;
  Matrix values(frame.size(), 1);
  for (std::size_t k = 0; k < frame.size(); ++k) {
    values(k, 0) = of_cohort[frame.patients[k]];
    if (!std::isnan(values(k, 0))) rows.push_back(k);
  }
  if (rows.empty()) {
    feature.problem = "no values";
  } else if (rows.size() == frame.size()) {
    fit_feature(everybody, values, options, feature);
  } else {
    const Base some = base_of(rows_of(everybody.data, rows), {.ties = options.ties});
    fit_feature(some, rows_of(values, rows), options, feature);
  }
  return feature;
}

AnalysisWarning feature_warning(const ScreenResult& result, WarningCode code,
                                const std::string& name, const std::string& text) {
  return endpoint_warning(code, result.endpoint, "'" + one_line(name) + "' " + text, name);
}

void warn_of_problems(ScreenResult& result) {
  for (const auto& feature : result.features) {
    const auto& problem = feature.problem;
    const auto warn = [&](WarningCode code, const std::string& text) {
      result.warnings.push_back(feature_warning(result, code, feature.name, text));
    };
    if (problem == "constant")
      warn(WarningCode::constant, "is constant (zero variance) and not tested");
    else if (problem == "infinite coefficient")
      warn(WarningCode::infinite_coefficient,
           "separates patients with and without events: its coefficient is infinite and its ratio "
           "not estimable; its likelihood ratio test is valid");
    else if (problem == "did not converge")
      warn(WarningCode::no_convergence, "was fitted without convergence and is not shown");
    else if (problem == "follows from the covariates")
      warn(WarningCode::aliased, "follows from the covariates (collinear) and is not tested");
    else if (problem == "no events")
      warn(WarningCode::no_events, "has no events among the patients who have it: not tested");
    else if (problem == "no values")
      warn(WarningCode::missing_values, "is missing in all of these patients: not tested");
  }
}

void warn_of_candidates(ScreenResult& result) {
  if (std::size_t(result.events) > result.features.size()) return;
  result.warnings.push_back(endpoint_warning(
      WarningCode::too_many_parameters, result.endpoint,
      counted(std::size_t(result.events), "event") + " for " +
          counted(result.features.size(), "feature") +
          ": tested one by one they can be screened, but no model should hold all of them without "
          "a penalty"));
}

ScreenResult screen_endpoint(const ScreenAnalysis& analysis, const EndpointSpec& spec,
                             const ScreenOptions& options, int threads) {
  const auto& common = options.common;
  ModelFrame frame = model_frame(
      analysis.cohort, spec,
      {.variables = plain_variables(common.covariates), .strata = common.strata}, common);
  require_events(frame, 1 + frame.covariates.columns, true);
  ScreenResult result{.endpoint = spec.name,
                      .n = frame.size(),
                      .events = frame.events(),
                      .n_missing = frame.n_missing,
                      .warnings = frame.warnings};
  const Base everybody = base_of(frame.cox_data(), {.ties = common.ties});
  result.features.resize(analysis.features.names.size());
  parallel_for(result.features.size(), threads, [&](std::size_t j) {
    result.features[j] = screen_feature(frame, everybody, analysis.features.names[j],
                                        analysis.features.values.column(j), common);
  });
  warn_of_problems(result);
  warn_of_candidates(result);
  return result;
}

/// Adjusts the p-values of some features together, and counts them.
std::size_t adjust(const std::vector<ScreenedFeature*>& features) {
  std::vector<double> p;
  for (const auto* feature : features) p.push_back(feature->term.p_value);
  const auto bh = adjusted_p_values(p, Adjustment::benjamini_hochberg);
  const auto by = adjusted_p_values(p, Adjustment::benjamini_yekutieli);
  const auto holm = adjusted_p_values(p, Adjustment::holm);
  const auto bonferroni = adjusted_p_values(p, Adjustment::bonferroni);
  for (std::size_t j = 0; j < features.size(); ++j)
    features[j]->p_adjusted = {bh[j], by[j], holm[j], bonferroni[j]};
  return std::size_t(std::ranges::count_if(p, [](double one) { return !std::isnan(one); }));
}

void adjust(std::vector<ScreenResult>& results, TestFamily family) {
  std::vector<ScreenedFeature*> all;
  for (auto& result : results) {
    std::vector<ScreenedFeature*> own;
    for (auto& feature : result.features) own.push_back(&feature);
    result.tests = result.family = adjust(own);
    all.insert(all.end(), own.begin(), own.end());
  }
  if (family != TestFamily::all) return;
  const std::size_t tests = adjust(all);
  for (auto& result : results) result.family = tests;
}

}  // namespace

std::string_view to_string(TestFamily family) {
  return family == TestFamily::all ? "all" : "endpoint";
}

std::vector<AnalysisWarning> ScreenAnalysis::warnings() const {
  auto all = cohort.warnings;
  all.insert(all.end(), features.warnings.begin(), features.warnings.end());
  all.insert(all.end(), feature_warnings.begin(), feature_warnings.end());
  for (const auto& result : results)
    all.insert(all.end(), result.warnings.begin(), result.warnings.end());
  return all;
}

const FeatureStability* ScreenAnalysis::stability_of(std::size_t feature) const {
  const auto found = stability.find(features.names[feature]);
  return found == stability.end() ? nullptr : &found->second;
}

ScreenAnalysis analyse_screen(const ScreenOptions& options, int threads) {
  ScreenAnalysis analysis;
  if (!options.stability.empty()) analysis.stability = read_stability_file(options.stability);
  analysis.cohort = read_cohort(options.common.cohort);
  analysis.features = feature_columns(analysis.cohort, options.common.feature_patterns,
                                      outcome_columns(options.common.endpoints));
  analysis.feature_warnings = duplicate_warnings(analysis.features);
  const auto missing = missing_feature_warnings(analysis.cohort, analysis.features);
  analysis.feature_warnings.insert(analysis.feature_warnings.end(), missing.begin(), missing.end());
  analysis.relations =
      feature_relations(analysis.cohort, analysis.features, analysis.stability, options, threads);
  analysis.results =
      for_each_endpoint<ScreenResult>(options.common.endpoints, 1, [&](const EndpointSpec& spec) {
        return screen_endpoint(analysis, spec, options, threads);  // features share the threads
      });
  adjust(analysis.results, options.family);
  for (auto& result : analysis.results)
    if (!result.error) result.text = screen_text(result, analysis, options);
  return analysis;
}

}  // namespace radiomics
