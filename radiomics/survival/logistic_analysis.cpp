#include "radiomics/survival/logistic_analysis.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/auc.h"
#include "radiomics/statistics/horizon_outcome.h"
#include "radiomics/statistics/logistic.h"
#include "radiomics/statistics/wald_test.h"
#include "radiomics/survival/endpoint_results.h"

namespace radiomics {
namespace {

/// What is fitted: the patients whose outcome is known.
struct Sample {
  ModelFrame all;                     ///< with those who were censored before the horizon
  ModelFrame known;                   ///< without them; its outcome is the event by the horizon
  HorizonOutcome by{};                ///< `patients` number the rows of `all`
  std::span<const double> weights{};  ///< empty unless asked for
};

/// The rows of a frame whose outcome is known, with that outcome.
ModelFrame known_rows(const ModelFrame& all, const HorizonOutcome& by) {
  ModelFrame known = all;
  known.patients.clear();
  known.status.clear();
  for (const auto row : by.patients) {
    known.patients.push_back(all.patients[row]);
    known.status.push_back(all.status[row]);
  }
  known.outcome = {std::vector<double>(by.patients.size(), by.horizon), by.event};
  known.covariates = rows_of(all.covariates, by.patients);
  return known;
}

void require_both_outcomes(const ModelFrame& known, double horizon, double last_time) {
  require(known.size() > 0 && known.events() < int(known.size()), ErrorKind::invalid_argument,
          known.endpoint + ": nobody is known to be free of the event at " + to_text(horizon) +
              " (follow-up ends at " + to_text(last_time) + "); choose an earlier --horizon");
}

void warn_of_excluded(const Sample& sample, LogisticResult& result) {
  if (result.n_excluded == 0 || result.n_weighted) return;
  std::vector<std::size_t> excluded;
  for (std::size_t row = 0, k = 0; row < sample.all.size(); ++row) {
    const bool known = k < sample.by.patients.size() && sample.by.patients[k] == row;
    if (known)
      ++k;
    else
      excluded.push_back(row);
  }
  const bool many = result.excluded_share() > 0.1;
  result.warnings.push_back(
      {.code = WarningCode::excluded_censored,
       .message = result.endpoint + ": " + counted(result.n_excluded, "patient") +
                  " censored before " + to_text(*result.horizon) + " left out" +
                  (many ? " (more than 10 %, which biases the model if they differ from the "
                          "others); --ipcw weights those who remain to stand for them"
                        : ""),
       .endpoint = result.endpoint});
}

double mean_of(std::span<const double> column) {
  const bool is_contrast =
      std::ranges::all_of(column, [](double x) { return x == -1 || x == 0 || x == 1; });
  double sum = 0;
  for (const double value : column) sum += value;
  return is_contrast ? 0 : sum / double(column.size());
}

/// The covariances of the terms behind the intercept.
Matrix without_intercept(const Matrix& vcov) {
  Matrix result(vcov.rows - 1, vcov.columns - 1);
  for (std::size_t i = 0; i < result.rows; ++i)
    for (std::size_t j = 0; j < result.columns; ++j) result(i, j) = vcov(i + 1, j + 1);
  return result;
}

TermResult intercept_of(const LogisticFit& fit, double conf_level) {
  const Matrix ones(1, 1, 1);
  auto result = term_results({{.name = "(Intercept)", .variable = "(Intercept)"}}, ones,
                             {.coefficients = std::span(fit.coefficients).first(1),
                              .std_errors = std::span(fit.std_errors).first(1),
                              .status = std::span(fit.status).first(1)},
                             conf_level)[0];
  result.per_sd.reset();
  result.per_iqr.reset();
  return result;
}

std::vector<TermResult> terms_of(const ModelFrame& frame, const LogisticFit& fit,
                                 double conf_level) {
  std::vector<double> means;
  for (std::size_t j = 0; j < frame.covariates.columns; ++j)
    means.push_back(mean_of(frame.covariates.column(j)));
  const Matrix vcov = without_intercept(fit.vcov);
  return term_results(frame.terms, frame.covariates,
                      {.coefficients = std::span(fit.coefficients).subspan(1),
                       .std_errors = std::span(fit.std_errors).subspan(1),
                       .status = std::span(fit.status).subspan(1),
                       .means = means,
                       .vcov = &vcov},
                      conf_level);
}

/// The Wald test of some columns of the covariates.
Test wald_of(const LogisticFit& fit, std::vector<std::size_t> columns) {
  for (auto& column : columns) ++column;  // behind the intercept
  for (const auto term : columns)
    if (fit.status[term] == TermStatus::infinite) return {};
  return wald_test(fit.coefficients, fit.vcov, columns);
}

double brier_of(const Sample& sample, const std::vector<double>& fitted) {
  if (sample.weights.empty()) return brier_score(fitted, sample.by.event);
  double sum = 0, all = 0;
  for (std::size_t k = 0; k < fitted.size(); ++k) {
    const double error = sample.by.event[k] - fitted[k];
    sum += sample.weights[k] * error * error;
    all += sample.weights[k];
  }
  return sum / all;
}

LogisticFit fit_model(const Sample& sample, const Matrix& covariates) {
  LogisticFit fit = fit_logistic(covariates, sample.by.event, sample.weights);
  require(fit.converged, ErrorKind::no_convergence,
          sample.known.endpoint +
              ": the logistic model did not converge; use fewer covariates or bring them to "
              "another scale");
  return fit;
}

/// The area of all patients by weights. NaN where a term is infinite: then those who were censored
/// have no probability.
InfluenceEstimate weighted_auc(const Sample& sample, const std::vector<double>& probability,
                               double conf_level) {
  if (std::ranges::any_of(probability, [](double p) { return std::isnan(p); })) return {};
  return auc_at(sample.all.outcome, probability, sample.by.horizon, conf_level).auc;
}

void compare_with_base(const Sample& sample, const LogisticFit& full,
                       const std::vector<std::size_t>& base_columns, double conf_level,
                       LogisticResult& result) {
  const LogisticFit base = fit_model(sample, columns_of(sample.known.covariates, base_columns));
  std::vector<std::size_t> added;
  for (std::size_t j = 0; j < sample.known.covariates.columns; ++j)
    if (std::ranges::find(base_columns, j) == base_columns.end()) added.push_back(j);
  BaseComparison comparison{.wald = wald_of(full, added)};
  if (sample.weights.empty()) {
    const RocAuc of_base = roc_auc(base.fitted, sample.by.event, conf_level);
    const AucComparison delta =
        compare_auc(of_base, roc_auc(full.fitted, sample.by.event), sample.by.event, conf_level);
    comparison.auc_base = of_base.estimate.estimate;
    comparison.delta_auc = delta.difference;
    comparison.statistic = delta.statistic;
    comparison.p_value = delta.p_value;
    comparison.likelihood_ratio = likelihood_ratio_test(base, full);
  } else {
    const auto &all = sample.all.covariates, columns = columns_of(all, base_columns);
    const auto of_base = weighted_auc(sample, predicted_probability(base, columns), conf_level);
    const auto of_full = weighted_auc(sample, predicted_probability(full, all), conf_level);
    comparison.auc_base = of_base.estimate.estimate;
    if (!of_base.influence.empty() && !of_full.influence.empty())
      comparison.delta_auc = difference(of_base, of_full, conf_level);
    comparison.statistic = comparison.delta_auc.estimate / comparison.delta_auc.std_error;
    comparison.p_value = normal_p(comparison.statistic);
  }
  result.roc_base = roc_curve(base.fitted, sample.by.event, sample.weights);
  result.versus_base = comparison;
}

void list_patients(const Sample& sample, const LogisticFit& fit, LogisticResult& result) {
  if (sample.weights.empty()) {
    for (std::size_t k = 0; k < sample.known.size(); ++k)
      result.patients.push_back({sample.known.patients[k], sample.by.event[k] == 1, fit.fitted[k]});
    return;
  }
  const auto probability = predicted_probability(fit, sample.all.covariates);
  for (std::size_t row = 0; row < sample.all.size(); ++row)
    result.patients.push_back({sample.all.patients[row], {}, probability[row]});
  for (std::size_t k = 0; k < sample.by.patients.size(); ++k)
    result.patients[sample.by.patients[k]].event = sample.by.event[k] == 1;
}

/// The columns of the covariates that the base has.
std::vector<std::size_t> base_columns(const ModelFrame& frame,
                                      const LogisticAnalysisOptions& options) {
  std::vector<std::size_t> columns;
  for (std::size_t v = 0; v < options.common.covariates.size(); ++v)
    if (std::ranges::find(options.base, options.common.covariates[v]) != options.base.end())
      for (const auto column : frame.columns_of(v, v + 1)) columns.push_back(column);
  return columns;
}

void fit_all(const Sample& sample, const LogisticAnalysisOptions& options, LogisticResult& result) {
  const double level = options.common.conf_level;
  const Matrix& covariates = sample.known.covariates;
  const LogisticFit fit = fit_model(sample, covariates);
  const auto terms = terms_of(sample.known, fit, level);
  result.terms = {intercept_of(fit, level)};
  result.terms.insert(result.terms.end(), terms.begin(), terms.end());
  const auto of_terms =
      term_warnings(result.endpoint, terms, covariates,
                    "the likelihood ratio test holds; merge levels or leave the variable out");
  result.warnings.insert(result.warnings.end(), of_terms.begin(), of_terms.end());
  result.deviance = fit.deviance;
  result.null_deviance = fit.null_deviance;
  if (sample.weights.empty()) result.aic = fit.aic;
  result.likelihood_ratio = fit.likelihood_ratio;
  std::vector<std::size_t> columns(covariates.columns);
  for (std::size_t j = 0; j < columns.size(); ++j) columns[j] = j;
  result.wald = wald_of(fit, columns);
  result.brier = brier_of(sample, fit.fitted);
  result.auc =
      sample.weights.empty()
          ? roc_auc(fit.fitted, sample.by.event, level).estimate
          : weighted_auc(sample, predicted_probability(fit, sample.all.covariates), level).estimate;
  result.roc = roc_curve(fit.fitted, sample.by.event, sample.weights);
  list_patients(sample, fit, result);
  if (!options.base.empty())
    compare_with_base(sample, fit, base_columns(sample.known, options), level, result);
}

LogisticResult analyse_sample(Sample sample, const LogisticAnalysisOptions& options,
                              LogisticResult result) {
  sample.known = known_rows(sample.all, sample.by);
  if (result.horizon)
    require_both_outcomes(sample.known, *result.horizon, std::ranges::max(sample.all.outcome.time));
  if (options.ipcw) sample.weights = sample.by.weights;
  require_events(sample.known, sample.known.covariates.columns, options.common.force);
  result.n = sample.known.size();
  result.events = sample.known.events();
  result.n_excluded = std::size_t(sample.by.excluded);
  result.n_missing = sample.all.n_missing;
  if (options.ipcw) result.n_weighted = sample.all.size();
  result.warnings = sample.known.warnings;
  warn_of_excluded(sample, result);
  fit_all(sample, options, result);
  return result;
}

LogisticResult analyse_endpoint(const Cohort& cohort, const EndpointSpec& spec,
                                const LogisticAnalysisOptions& options) {
  const double horizon = options.common.horizons.at(0);
  const FrameRequest request{.variables = plain_variables(options.common.covariates)};
  Sample sample{.all = model_frame(cohort, spec, request, options.common), .known = {}};
  sample.by = horizon_outcome(sample.all.outcome, horizon);
  LogisticResult result{.endpoint = spec.name, .horizon = horizon};
  for (std::size_t row = 0; row < sample.all.size(); ++row)
    result.competing += sample.all.status[row] == Status::competing &&
                        !std::ranges::binary_search(sample.by.patients, row);
  return analyse_sample(std::move(sample), options, std::move(result));
}

LogisticResult analyse_outcome(const Cohort& cohort, const LogisticAnalysisOptions& options) {
  const FrameRequest request{.variables = plain_variables(options.common.covariates)};
  Sample sample{.all = model_frame_of_outcome(cohort, options.outcome, request, options.common),
                .known = {}};
  sample.by.event = sample.all.outcome.event;
  for (std::size_t row = 0; row < sample.all.size(); ++row) sample.by.patients.push_back(row);
  require(sample.all.events() < int(sample.all.size()), ErrorKind::no_events,
          options.outcome + ": all of " + counted(sample.all.size(), "patient") +
              " had the event: nothing can be told apart");
  return analyse_sample(std::move(sample), options, {.endpoint = options.outcome});
}

void require_nested(const LogisticAnalysisOptions& options) {
  for (const auto& name : options.base)
    require(std::ranges::find(options.common.covariates, name) != options.common.covariates.end(),
            ErrorKind::invalid_argument,
            "--base '" + one_line(name) +
                "' is not among --covariates: the base has to be a part of the whole model");
}

}  // namespace

std::vector<AnalysisWarning> LogisticAnalysis::warnings() const {
  return all_warnings(cohort, results);
}

LogisticAnalysis analyse_logistic(const LogisticAnalysisOptions& options, int threads) {
  require_nested(options);
  LogisticAnalysis analysis{.cohort = read_cohort(options.common.cohort)};
  auto endpoints = options.common.endpoints;
  if (!options.outcome.empty()) endpoints = {{.name = options.outcome, .time = "", .event = ""}};
  analysis.results =
      for_each_endpoint<LogisticResult>(endpoints, threads, [&](const EndpointSpec& spec) {
        return options.outcome.empty() ? analyse_endpoint(analysis.cohort, spec, options)
                                       : analyse_outcome(analysis.cohort, options);
      });
  return analysis;
}

}  // namespace radiomics
