#include "radiomics/survival/term_result.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/statistics/cox_fit_measures.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/survival/result_json.h"

namespace radiomics {
namespace {

Estimate ratio_of(double estimate, double std_error, double conf_level) {
  const Estimate log_ratio = normal_estimate(estimate, std_error, conf_level);
  return {.estimate = std::exp(estimate),
          .conf_low = std::exp(log_ratio.conf_low),
          .conf_high = std::exp(log_ratio.conf_high)};
}

double sample_deviation(std::span<const double> values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / double(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return values.size() > 1 ? std::sqrt(squares / double(values.size() - 1)) : undefined;
}

ScaledEffect scaled(const TermResult& term, double unit, double conf_level) {
  return {.unit = unit,
          .estimate = term.estimate * unit,
          .std_error = term.std_error * unit,
          .ratio = ratio_of(term.estimate * unit, term.std_error * unit, conf_level)};
}

void write_scaled(JsonWriter& json, std::string_view name,
                  const std::optional<ScaledEffect>& effect, std::string_view ratio_name) {
  json.key(name);
  if (!effect) {
    json.null();
    return;
  }
  json.begin_object()
      .member("unit", effect->unit)
      .member("estimate", effect->estimate)
      .member("std_error", effect->std_error)
      .key(ratio_name);
  write_ratio(json, effect->ratio);
  json.end_object();
}

AnalysisWarning warning_of(const std::string& endpoint, WarningCode code, const ModelTerm& term,
                           const std::string& text) {
  return {.code = code,
          .message =
              (endpoint.empty() ? "" : endpoint + ": ") + "'" + one_line(term.name) + "' " + text,
          .endpoint = endpoint,
          .column = term.variable};
}

}  // namespace

std::string_view to_string(TermStatus status) {
  switch (status) {
    case TermStatus::ok:
      return "ok";
    case TermStatus::infinite:
      return "infinite";
    case TermStatus::aliased:
      return "aliased";
  }
  return "unknown";
}

std::vector<TermResult> term_results(const std::vector<ModelTerm>& terms, const Matrix& values,
                                     const TermNumbers& numbers, double conf_level) {
  std::vector<TermResult> results;
  std::vector<double> vif(terms.size(), undefined);
  if (numbers.vcov) vif = variance_inflation(numbers.status, *numbers.vcov);
  for (std::size_t j = 0; j < terms.size(); ++j) {
    TermResult result{.term = terms[j], .vif = vif[j], .status = numbers.status[j]};
    if (!numbers.means.empty()) result.mean = numbers.means[j];
    if (result.status == TermStatus::ok) {
      result.estimate = numbers.coefficients[j];
      result.std_error = numbers.std_errors[j];
      result.statistic = result.estimate / result.std_error;
      result.p_value = normal_p(result.statistic);
      result.ratio = ratio_of(result.estimate, result.std_error, conf_level);
    }
    if (terms[j].level.empty()) {
      const auto column = values.column(j);
      result.per_sd = scaled(result, sample_deviation(column), conf_level);
      result.per_iqr =
          scaled(result, sample_quantile(column, 0.75) - sample_quantile(column, 0.25), conf_level);
    }
    results.push_back(result);
  }
  return results;
}

std::vector<TermResult> term_results(const ModelFrame& frame, const CoxFit& fit,
                                     double conf_level) {
  return term_results(frame.terms, frame.covariates,
                      {.coefficients = fit.coefficients,
                       .std_errors = fit.std_errors,
                       .status = fit.status,
                       .means = fit.means,
                       .vcov = &fit.vcov},
                      conf_level);
}

void write_term_members(JsonWriter& json, const TermResult& term, std::string_view ratio_name) {
  json.member("term", term.term.name)
      .member("variable", term.term.variable)
      .text_or_null("level", term.term.level)
      .member("estimate", term.estimate)
      .member("std_error", term.std_error)
      .member("statistic", term.statistic)
      .member("p_value", term.p_value)
      .key(ratio_name);
  write_ratio(json, term.ratio);
  write_scaled(json, "per_sd", term.per_sd, ratio_name);
  write_scaled(json, "per_iqr", term.per_iqr, ratio_name);
  json.member("mean", term.mean).member("vif", term.vif).member("status", to_string(term.status));
  if (term.naive_std_error) json.member("naive_std_error", *term.naive_std_error);
  if (term.df) json.member("df", *term.df);
  if (term.fraction_missing) json.member("fraction_missing", *term.fraction_missing);
}

void write_terms(JsonWriter& json, const std::vector<TermResult>& terms,
                 std::string_view ratio_name) {
  json.begin_array();
  for (const auto& term : terms) {
    json.begin_object();
    write_term_members(json, term, ratio_name);
    json.end_object();
  }
  json.end_array();
}

std::vector<AnalysisWarning> term_warnings(const std::string& endpoint,
                                           const std::vector<TermResult>& terms,
                                           const Matrix& values, const std::string& remedy) {
  std::vector<AnalysisWarning> warnings;
  for (std::size_t j = 0; j < terms.size(); ++j) {
    const auto& term = terms[j];
    if (term.status == TermStatus::infinite)
      warnings.push_back(warning_of(endpoint, WarningCode::infinite_coefficient, term.term,
                                    "separates patients with and without events: its coefficient "
                                    "is infinite and its ratio not estimable" +
                                        (remedy.empty() ? "" : "; " + remedy)));
    else if (term.status == TermStatus::aliased && is_constant(values.column(j)))
      warnings.push_back(warning_of(endpoint, WarningCode::constant, term.term,
                                    "is constant (zero variance) and dropped"));
    else if (term.status == TermStatus::aliased)
      warnings.push_back(warning_of(endpoint, WarningCode::aliased, term.term,
                                    "follows from the terms before it (collinear) and is dropped"));
  }
  return warnings;
}

}  // namespace radiomics
