#include "radiomics/core/text.h"
#include "radiomics/survival/cox_output.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/result_json.h"

namespace radiomics {
namespace {

void write_named_test(JsonWriter& json, std::string_view key, const std::string& name,
                      const Test& test) {
  json.begin_object()
      .member(key, name)
      .member("statistic", test.statistic)
      .member("df", test.df)
      .member("p_value", test.p_value)
      .end_object();
}

void write_tests(JsonWriter& json, const CoxModelResult& result) {
  json.key("tests").begin_object().key("likelihood_ratio");
  write_test(json, result.likelihood_ratio);
  json.key("wald");
  write_test(json, result.wald);
  json.key("score");
  write_test(json, result.score);
  if (result.robust_score) {
    json.key("robust_score");
    write_test(json, *result.robust_score);
  }
  json.end_object();
}

void write_measures(JsonWriter& json, const CoxModelResult& result) {
  json.member("aic", result.measures.aic)
      .member("bic", result.measures.bic)
      .member("r2_cox_snell", result.measures.cox_snell)
      .member("r2_nagelkerke", result.measures.nagelkerke)
      .member("shrinkage", result.measures.shrinkage)
      .member("events_per_parameter", result.events_per_parameter)
      .key("concordance");
  write_concordance(json, result.concordance);
}

void write_ph_test(JsonWriter& json, const CoxModelResult& result) {
  json.key("ph_test").begin_array();
  for (const auto& one : result.proportional_hazards) {
    json.begin_object().member("transform", to_string(one.transform)).key("terms").begin_array();
    for (std::size_t j = 0; j < result.terms.size(); ++j)
      write_named_test(json, "term", result.terms[j].term.name, one.test.per_term[j]);
    json.end_array().key("variables").begin_array();
    for (std::size_t v = 0; v < result.variables.size(); ++v)
      write_named_test(json, "variable", result.variables[v], one.test.per_variable[v]);
    json.end_array().key("global");
    write_test(json, one.test.global);
    json.end_object();
  }
  json.end_array();
}

void write_baseline(JsonWriter& json, const CoxModelResult& result) {
  std::vector<double> time, at_zero, at_means;
  for (const auto& curve : result.baseline) {
    time.insert(time.end(), curve.time.begin(), curve.time.end());
    at_zero.insert(at_zero.end(), curve.at_zero.begin(), curve.at_zero.end());
    at_means.insert(at_means.end(), curve.at_means.begin(), curve.at_means.end());
  }
  json.key("baseline").begin_object().member("time", time).key("stratum");
  if (result.strata_labels.empty()) {
    json.null();
  } else {
    std::vector<std::string> strata;
    for (std::size_t s = 0; s < result.baseline.size(); ++s)
      strata.insert(strata.end(), result.baseline[s].time.size(), result.strata_labels[s]);
    json.value(strata);
  }
  json.member("hazard_zero", at_zero).member("hazard_mean", at_means).end_object();
}

void write_horizons(JsonWriter& json, const std::vector<HorizonSurvival>& horizons) {
  json.key("horizons").begin_array();
  for (const auto& horizon : horizons) {
    json.begin_object().member("time", horizon.time);
    write_estimate_members(json, horizon.estimate);
    json.end_object();
  }
  json.end_array();
}

void write_predictions(JsonWriter& json, const CoxModelResult& result) {
  json.key("survival_at_means").begin_array();
  for (const auto& average : result.average) {
    json.begin_object().text_or_null("stratum", average.stratum);
    write_horizons(json, average.horizons);
    json.end_object();
  }
  json.end_array().key("predictions").begin_array();
  for (std::size_t row = 0; row < result.predictions.size(); ++row) {
    const auto& one = result.predictions[row];
    json.begin_object().member("row", row + 1).member("risk", one.risk);
    write_horizons(json, one.horizons);
    json.end_object();
  }
  json.end_array();
}

void write_curve(JsonWriter& json, const FittedSpline& spline) {
  const auto part = [&spline](double Estimate::*member) {
    std::vector<double> values;
    for (const auto& one : spline.log_ratio) values.push_back(one.*member);
    return values;
  };
  json.member("reference", spline.reference)
      .key("curve")
      .begin_object()
      .member("x", spline.log_ratio.empty() ? std::vector<double>{} : spline.x)
      .member("estimate", part(&Estimate::estimate))
      .member("std_error", part(&Estimate::std_error))
      .member("conf_low", part(&Estimate::conf_low))
      .member("conf_high", part(&Estimate::conf_high))
      .end_object();
}

/// A row of the table of residuals each, from 1.
void write_influential(JsonWriter& json, const CoxModelResult& result) {
  json.key("influential").begin_array();
  for (const auto& one : result.influential)
    json.begin_object()
        .member("row", one.patient + 1)
        .member("term", result.terms[one.term].term.name)
        .member("dfbeta", one.dfbeta)
        .member("standardised", one.standardised)
        .end_object();
  json.end_array();
}

void write_splines(JsonWriter& json, const CoxModelResult& result) {
  json.key("splines").begin_array();
  for (const auto& spline : result.splines) {
    json.begin_object()
        .member("variable", spline.knots.variable)
        .member("knots", spline.knots.knots)
        .key("nonlinearity");
    write_test(json, spline.nonlinearity);
    json.key("association");
    write_test(json, spline.association);
    write_curve(json, spline);
    json.end_object();
  }
  json.end_array();
}

void write_bootstrap(JsonWriter& json, const OptimismBootstrap& bootstrap) {
  const auto scores = [&bootstrap](double ResampleScores::*score) {
    std::vector<double> values;
    for (const auto& resample : bootstrap.resamples) values.push_back(resample.*score);
    return values;
  };
  json.begin_object()
      .member("resamples", bootstrap.resamples.size())
      .member("apparent", bootstrap.apparent)
      .member("optimism", bootstrap.optimism)
      .member("corrected", bootstrap.corrected)
      .member("out_of_bag", bootstrap.out_of_bag)
      .member("est_632", bootstrap.estimate_632)
      .member("est_632plus", bootstrap.estimate_632plus)
      .member("corrected_slope", bootstrap.corrected_slope)
      .member("percentile_low", bootstrap.percentiles.low)
      .member("percentile_high", bootstrap.percentiles.high)
      .member("lost_level", bootstrap.aliased)
      .member("infinite", bootstrap.infinite)
      .member("failed", bootstrap.failed)
      .key("per_resample")
      .begin_object()
      .member("train", scores(&ResampleScores::train))
      .member("test", scores(&ResampleScores::test))
      .member("out_of_bag", scores(&ResampleScores::out_of_bag))
      .member("slope", scores(&ResampleScores::slope))
      .end_object()
      .end_object();
}

void write_cross_validation(JsonWriter& json, const CoxCrossValidation& validation) {
  json.begin_object().key("folds").begin_array();
  for (std::size_t f = 0; f < validation.labels.size(); ++f) {
    const auto& fold = validation.scores.folds[f];
    const auto number = to_integer(validation.labels[f]);
    json.begin_object().key("fold");
    number ? json.value(*number) : json.value(validation.labels[f]);
    json.member("n", fold.n)
        .member("events", fold.events)
        .member("concordance", fold.concordance)
        .end_object();
  }
  json.end_array()
      .member("mean", validation.scores.mean)
      .member("pooled", validation.scores.pooled)
      .member("stratified", validation.scores.stratified)
      .end_object();
}

void write_imputations(JsonWriter& json, const CoxModelResult& result) {
  json.key("imputations").begin_array();
  for (const auto& one : result.imputations) {
    json.begin_object()
        .member("file", one.file)
        .member("log_likelihood", one.log_likelihood)
        .key("concordance");
    write_concordance(json, one.concordance);
    json.end_object();
  }
  json.end_array();
}

void write_members(JsonWriter& json, const CoxModelResult& result, const CoxModelOptions& options) {
  json.member("n", result.n)
      .member("events", result.events)
      .member("n_missing", result.n_missing)
      .member("ties", to_string(result.ties))
      .member("strata", options.common.strata)
      .text_or_null("cluster", options.cluster)
      .member("conf_level", options.common.conf_level);
  if (result.penalised) return write_penalised_path(json, *result.penalised);
  json.key("terms");
  write_terms(json, result.terms);
  json.key("vcov");
  write_matrix(json, result.vcov);
  json.member("log_likelihood_null", result.log_likelihood_null)
      .member("log_likelihood", result.log_likelihood);
  write_tests(json, result);
  write_measures(json, result);
  write_ph_test(json, result);
  write_baseline(json, result);
  write_predictions(json, result);
  write_splines(json, result);
  write_influential(json, result);
  json.key("bootstrap");
  result.bootstrap ? write_bootstrap(json, *result.bootstrap) : void(json.null());
  json.key("cross_validation");
  result.cross_validation ? write_cross_validation(json, *result.cross_validation)
                          : void(json.null());
  if (!result.imputations.empty()) write_imputations(json, result);
  json.member("text", cox_text(result, options));
}

void write_penalty_config(JsonWriter& json, const std::optional<PenalisedPathOptions>& options) {
  json.key("penalty");
  if (!options) {
    json.null();
    return;
  }
  json.begin_object()
      .member("mix", options->penalty.alpha)
      .member("lambda", options->penalty.lambdas)
      .member("standardize", options->penalty.standardize);
  json.member("lambda_min_ratio", options->penalty.lambda_min_ratio)
      .key("penalty_factor")
      .begin_object();
  for (const auto& [variable, factor] : options->penalty_factors) json.member(variable, factor);
  json.end_object();
  json.key("cv_folds");
  if (options->cv_folds > 0)
    json.value(options->cv_folds);
  else if (options->cv_column.empty())
    json.null();
  else
    json.value(options->cv_column);
  json.end_object();
}

void write_config(JsonWriter& json, const CoxModelOptions& options) {
  std::vector<std::string> splines, imputed;
  for (const auto& spline : options.splines)
    splines.push_back(spline.variable + ":" + to_text(spline.knots));
  for (const auto& file : options.imputed) imputed.push_back(file.filename().string());
  json.text_or_null("cluster", options.cluster)
      .member("firth", options.firth)
      .member("spline", splines)
      .text_or_null("newdata", options.newdata.filename().string())
      .member("bootstrap", options.bootstrap)
      .text_or_null("resamples", options.resamples.filename().string())
      .text_or_null("folds", options.folds)
      .member("imputed", imputed);
  write_penalty_config(json, options.penalty);
}

}  // namespace

std::string cox_json(const CoxModelAnalysis& analysis, const CoxModelOptions& options) {
  const auto warnings = all_warnings(analysis.cohort, analysis.results);
  const auto results = endpoint_items(analysis.results, [&](JsonWriter& json, const auto& result) {
    write_members(json, result, options);
  });
  return ResultDocument{.command = "cox",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config = [&](JsonWriter& json) { write_config(json, options); },
                        .results = results}
      .text();
}

}  // namespace radiomics
