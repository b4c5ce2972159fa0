#include "radiomics/core/text.h"
#include "radiomics/survival/result_json.h"
#include "radiomics/survival/validate_output.h"

namespace radiomics {
namespace {

void write_named(JsonWriter& json, std::string_view name, const Estimate& estimate) {
  json.key(name);
  write_estimate(json, estimate);
}

void write_truncated(JsonWriter& json, std::string_view name, const Estimate& estimate,
                     const std::optional<double>& tau) {
  json.key(name).begin_object();
  write_estimate_members(json, estimate);
  write_optional(json, "tau", tau);
  json.end_object();
}

void write_horizons(JsonWriter& json, const std::vector<HorizonScores>& horizons) {
  json.key("horizons").begin_array();
  for (const auto& scores : horizons) {
    json.begin_object().member("time", scores.time);
    write_named(json, "auc", scores.auc.auc.estimate);
    json.member("cases", scores.auc.cases).member("controls", scores.auc.controls);
    write_named(json, "brier", scores.brier.brier.estimate);
    json.member("brier_null", scores.brier.null_brier.estimate.estimate)
        .member("brier_null_std_error", scores.brier.null_brier.estimate.std_error)
        .member("ipa", scores.brier.ipa)
        .end_object();
  }
  json.end_array();
}

void write_integrated(JsonWriter& json, const IntegratedBrier& integrated) {
  json.key("integrated_brier")
      .begin_object()
      .member("tau", integrated.tau)
      .member("brier", integrated.brier)
      .member("brier_null", integrated.null_brier)
      .member("ipa", integrated.ipa)
      .end_object();
}

void write_groups(JsonWriter& json, const std::vector<CalibrationGroup>& groups) {
  json.key("groups").begin_array();
  for (std::size_t g = 0; g < groups.size(); ++g)
    json.begin_object()
        .member("group", g + 1)
        .member("n", groups[g].n)
        .member("predicted", groups[g].mean_predicted)
        .member("observed", groups[g].observed)
        .member("conf_low", groups[g].conf_low)
        .member("conf_high", groups[g].conf_high)
        .end_object();
  json.end_array();
}

void write_poisson(JsonWriter& json, const std::optional<PoissonCalibration>& poisson) {
  json.key("poisson");
  if (!poisson) {
    json.null();
    return;
  }
  json.begin_object()
      .member("observed", poisson->observed)
      .member("expected", poisson->expected)
      .member("ratio", poisson->observed / poisson->expected);
  write_named(json, "log_ratio", poisson->log_ratio);
  write_named(json, "slope", poisson->slope);
  json.member("zero_expected", poisson->zero_expected).end_object();
}

void write_calibration(JsonWriter& json, const CalibrationResult& result) {
  json.begin_object().member("time", result.time).key("slope").begin_object();
  write_estimate_members(json, result.slope.slope);
  json.member("p_value", result.slope.p_value)
      .end_object()
      .member("observed", result.totals.observed)
      .member("observed_conf_low", result.observed_limits.low)
      .member("observed_conf_high", result.observed_limits.high)
      .member("expected", result.totals.expected)
      .member("ratio", result.totals.ratio);
  write_groups(json, result.groups);
  write_poisson(json, result.poisson);
  json.member("ici", result.curve.ici)
      .member("e50", result.curve.e50)
      .member("e90", result.curve.e90)
      .member("e_max", result.curve.e_max)
      .end_object();
}

void write_decision(JsonWriter& json, const std::vector<DecisionResult>& decisions) {
  json.key("decision_curve").begin_array();
  for (const auto& decision : decisions)
    for (std::size_t i = 0; i < decision.model.size(); ++i)
      json.begin_object()
          .member("time", decision.time)
          .member("threshold", decision.model[i].threshold)
          .member("net_benefit", decision.model[i].net_benefit)
          .member("treat_all", decision.treat_all[i].net_benefit)
          .member("true_positive_rate", decision.model[i].true_positive_rate)
          .member("false_positive_rate", decision.model[i].false_positive_rate)
          .end_object();
  json.end_array();
}

void write_bootstrap(JsonWriter& json, std::string_view name, const BootstrapEstimate& bootstrap) {
  json.key(name)
      .begin_object()
      .member("resamples", bootstrap.resamples.size())
      .member("std_error", bootstrap.std_error)
      .member("conf_low", bootstrap.percentiles.low)
      .member("conf_high", bootstrap.percentiles.high)
      .end_object();
}

void write_bootstrap(JsonWriter& json, const BootstrappedConcordance& bootstrap) {
  json.key("boot").begin_object();
  write_bootstrap(json, "concordance", bootstrap.concordance);
  write_bootstrap(json, "uno", bootstrap.uno);
  write_bootstrap(json, "uno_tau", bootstrap.uno_tau);
  json.end_object();
}

void write_prediction(JsonWriter& json, const ValidatedPrediction& prediction,
                      const std::optional<double>& tau) {
  json.begin_object().member("name", prediction.name).member("apparent", prediction.apparent);
  json.key("concordance");
  write_concordance(json, prediction.concordance);
  json.key("concordance_tau");
  write_concordance(json, prediction.concordance_tau);
  write_named(json, "uno", prediction.uno.estimate);
  write_truncated(json, "uno_tau", prediction.uno_tau.estimate, tau);
  if (prediction.bootstrap) write_bootstrap(json, *prediction.bootstrap);
  write_horizons(json, prediction.horizons);
  write_integrated(json, prediction.integrated);
  json.key("calibration").begin_array();
  for (const auto& calibration : prediction.calibration) write_calibration(json, calibration);
  json.end_array();
  write_decision(json, prediction.decision);
  json.end_object();
}

/// One object per horizon; the difference of C, which has none, is in each.
void write_comparison(JsonWriter& json, const ComparedPredictions& compared,
                      const std::vector<ValidatedPrediction>& predictions) {
  for (const auto& scores : compared.horizons) {
    json.begin_object()
        .member("reference", predictions[compared.reference].name)
        .member("model", predictions[compared.model].name);
    write_named(json, "delta_concordance", compared.concordance);
    if (compared.bootstrap) write_bootstrap(json, "boot", *compared.bootstrap);
    json.member("time", scores.time);
    write_named(json, "delta_auc", scores.auc);
    write_named(json, "delta_brier", scores.brier);
    json.end_object();
  }
}

void write_members(JsonWriter& json, const ValidateResult& result, const ValidateOptions& options) {
  json.member("n", result.n)
      .member("events", result.events)
      .member("n_missing", result.n_missing)
      .member("conf_level", options.common.conf_level);
  json.key("predictions").begin_array();
  for (const auto& prediction : result.predictions)
    write_prediction(json, prediction, options.common.truncation());
  json.end_array().key("comparisons").begin_array();
  for (const auto& compared : result.comparisons)
    write_comparison(json, compared, result.predictions);
  json.end_array();
  if (!result.subgroups.empty()) write_subgroups(json, result);
}

void write_config(JsonWriter& json, const ValidateOptions& options) {
  json.key("prediction").begin_array();
  for (const auto& spec : options.predictions) {
    json.begin_object()
        .member("name", spec.name)
        .member("lp", spec.linear_predictor)
        .member("risk", spec.risks)
        .text_or_null("expected", spec.expected);
    json.end_object();
  }
  json.end_array()
      .text_or_null("model", options.model.filename().string())
      .member("groups", options.groups)
      .member("thresholds", options.thresholds)
      .text_or_null("resamples", options.resamples.filename().string())
      .member("bootstrap", options.bootstrap)
      .member("subgroup", options.subgroups);
}

}  // namespace

std::string validate_json(const ValidateAnalysis& analysis, const ValidateOptions& options) {
  const auto warnings = analysis.warnings();
  return ResultDocument{.command = "validate",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config = [&](JsonWriter& json) { write_config(json, options); },
                        .results = endpoint_items(analysis.results,
                                                  [&](JsonWriter& json, const auto& result) {
                                                    write_members(json, result, options);
                                                  })}
      .text();
}

}  // namespace radiomics
