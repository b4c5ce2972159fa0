#include <cmath>

#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/result_json.h"
#include "radiomics/survival/train_output.h"

namespace radiomics {
namespace {

void write_selected(JsonWriter& json, const TrainResult& result) {
  json.key("selected").begin_array();
  for (const auto& one : result.selected_terms())
    json.begin_object()
        .member("term", one.term.name)
        .member("estimate", one.coefficient)
        .member("hazard_ratio_per_sd", std::exp(one.coefficient * one.sd))
        .end_object();
  json.end_array();
}

void write_resampling(JsonWriter& json, const SignatureValidation& validation) {
  const auto& nested = validation.nested;
  const auto& bootstrap = validation.bootstrap;
  json.key("resampling").begin_object().member("apparent", bootstrap.apparent);
  json.key("nested_cv")
      .begin_object()
      .member("mean", nested.mean)
      .member("sd", nested.sd)
      .member("pooled", nested.pooled)
      .member("stratified", nested.stratified)
      .member("fold_low", nested.fold_low)
      .member("fold_high", nested.fold_high)
      .member("per_repeat", nested.per_repeat)
      .end_object();
  json.member("optimism", bootstrap.optimism)
      .member("optimism_corrected", bootstrap.corrected)
      .member("out_of_bag", bootstrap.out_of_bag)
      .member("est_632", bootstrap.estimate_632)
      .member("est_632plus", bootstrap.estimate_632plus)
      .member("calibration_slope_corrected", bootstrap.corrected_slope)
      .member("bootstrap", bootstrap.resamples.size())
      .member("failed", bootstrap.failed)
      .member("null_models", validation.null_models)
      .end_object();
}

void write_stability(JsonWriter& json, const TrainResult& result) {
  const auto& validation = result.validation;
  json.member("stability_index", validation.stability.estimate);
  json.key("stability").begin_object();
  write_estimate_members(json, validation.stability);
  json.member("mean_selected", validation.mean_selected).end_object();
  json.key("selection_frequency").begin_object();
  for (std::size_t j = 0; j < result.features.size(); ++j)
    json.member(result.features[j], validation.selection_frequency[j]);
  json.end_object();
}

void write_permutation(JsonWriter& json, const PermutationTest& test) {
  json.key("permutation")
      .begin_object()
      .member("mean", test.mean)
      .member("sd", test.sd)
      .member("p_value", test.p_value)
      .member("concordance", test.concordance)
      .end_object();
}

void write_baselines(JsonWriter& json, const std::vector<Baseline>& baselines) {
  json.key("baselines").begin_array();
  for (const auto& one : baselines)
    json.begin_object()
        .member("name", one.name)
        .member("rho_score", one.rho)
        .member("r2_score", one.r2)
        .member("apparent", one.apparent)
        .member("nested_cv_mean", one.nested_mean)
        .member("optimism_corrected", one.optimism_corrected)
        .member("est_632plus", one.est_632plus)
        .end_object();
  json.end_array();
}

void write_features(JsonWriter& json, const TrainResult& result) {
  json.key("features").begin_array();
  for (std::size_t j = 0; j < result.features.size(); ++j) {
    json.begin_object()
        .member("feature", result.features[j])
        .member("fate", to_string(result.signature.fate[j]))
        .key("cluster");
    const int cluster = result.signature.cluster[j];
    cluster < 0 ? json.null() : json.value(cluster + 1);
    json.end_object();
  }
  json.end_array();
}

void write_members(JsonWriter& json, const TrainResult& result) {
  json.member("n", result.n)
      .member("events", result.events)
      .member("n_missing", result.n_missing)
      .member("candidate_parameters", result.parameters)
      .member("events_per_parameter", result.events_per_parameter);
  write_selected(json, result);
  json.member("lambda", result.signature.lambda)
      .member("log_likelihood_null", result.signature.log_likelihood_null)
      .member("log_likelihood", result.signature.log_likelihood)
      .member("cut_point", result.model.median_linear_predictor)
      .text_or_null("extraction_settings_sha256", result.model.extraction_settings);
  write_resampling(json, result.validation);
  write_stability(json, result);
  write_permutation(json, result.validation.permutation);
  write_baselines(json, result.baselines);
  json.key("score_beside_volume")
      .begin_object()
      .member("hazard_ratio_per_sd", result.score_ratio)
      .member("hazard_ratio_per_sd_adjusted", result.score_ratio_beside_volume)
      .end_object();
  write_features(json, result);
}

void write_config(JsonWriter& json, const TrainOptions& options) {
  json.member("forced", options.forced)
      .text_or_null("volume", options.volume)
      .text_or_null("diameter", options.diameter)
      .text_or_null("combat", options.combat)
      .member("preserve", options.preserve)
      .text_or_null("stability", options.stability.filename().string())
      .member("residualise", options.residualise)
      .text_or_null("impute", options.impute_median ? "median" : "")
      .member("redundancy", options.redundancy)
      .member("linkage", options.linkage ? to_string(*options.linkage) : "greedy");
  write_optional(json, "prefilter", options.prefilter);
  json.member("penalty_mix", options.penalty_mix).member("standardize", options.standardize);
  write_optional(json, "lambda", options.lambda);
  json.member("lambda_rule", to_string(options.lambda_rule))
      .member("lambda_min_ratio", options.lambda_min_ratio)
      .member("lambda_count", options.lambda_count);
  json.key("penalty_factor").begin_object();
  for (const auto& [name, factor] : options.penalty_factors) json.member(name, factor);
  json.end_object()
      .member("inner", options.inner_folds)
      .member("outer", options.outer_folds)
      .member("repeats", options.repeats)
      .member("bootstrap", options.bootstrap)
      .member("permutations", options.permutations)
      .text_or_null("folds", options.folds)
      .text_or_null("resamples", options.resamples.filename().string());
}

}  // namespace

std::string train_json(const TrainAnalysis& analysis, const TrainOptions& options) {
  const auto warnings = all_warnings(analysis.cohort, analysis.results);
  return ResultDocument{.command = "train",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config = [&](JsonWriter& json) { write_config(json, options); },
                        .results = endpoint_items(analysis.results,
                                                  [](JsonWriter& json, const auto& result) {
                                                    write_members(json, result);
                                                  })}
      .text();
}

}  // namespace radiomics
