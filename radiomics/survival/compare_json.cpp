#include "radiomics/survival/compare_output.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/result_json.h"

namespace radiomics {
namespace {

void write_bootstrap(JsonWriter& json, const OptimismBootstrap& bootstrap) {
  json.key("bootstrap")
      .begin_object()
      .member("resamples", bootstrap.resamples.size())
      .member("apparent", bootstrap.apparent)
      .member("optimism", bootstrap.optimism)
      .member("corrected", bootstrap.corrected)
      .member("est_632plus", bootstrap.estimate_632plus)
      .member("lost_level", bootstrap.aliased)
      .member("infinite", bootstrap.infinite)
      .member("failed", bootstrap.failed)
      .end_object();
}

void write_model(JsonWriter& json, const ComparedModel& model) {
  json.begin_object()
      .member("model", model.name)
      .member("covariates", model.covariates)
      .member("df", model.fit.df)
      .member("events_per_parameter", model.events_per_parameter)
      .member("log_likelihood", model.fit.log_likelihood)
      .member("aic", model.aic)
      .key("concordance");
  write_concordance(json, model.concordance);
  json.member("concordance_corrected", model.bootstrap ? model.bootstrap->corrected : undefined)
      .member("calibration_slope_corrected",
              model.bootstrap ? model.bootstrap->corrected_slope : undefined);
  if (model.bootstrap) write_bootstrap(json, *model.bootstrap);
  json.key("terms");
  write_terms(json, model.terms);
  json.end_object();
}

void write_step(JsonWriter& json, const ComparedStep& step) {
  json.begin_object()
      .member("from", step.from)
      .member("to", step.to)
      .member("statistic", step.likelihood_ratio.statistic)
      .member("df", step.likelihood_ratio.df)
      .member("p_value", step.likelihood_ratio.p_value);
  json.key("p_adjusted")
      .begin_object()
      .member("bh", step.p_bh)
      .member("holm", step.p_holm)
      .end_object()
      .key("delta_concordance")
      .begin_object();
  write_estimate_members(json, step.delta_concordance);
  json.member("statistic", step.delta_test.statistic)
      .member("p_value", step.delta_test.p_value)
      .member("boot_conf_low", step.bootstrap.low)
      .member("boot_conf_high", step.bootstrap.high)
      .member("corrected", step.corrected)
      .member("reliable", false)
      .end_object()
      .key("horizons")
      .begin_array();
  for (const auto& gain : step.horizons) {
    json.begin_object().member("time", gain.time).key("delta_auc");
    write_estimate(json, gain.auc);
    json.key("delta_brier");
    write_estimate(json, gain.brier);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_sensitivity(JsonWriter& json, const CompareResult& result) {
  json.key("sensitivity").begin_array();
  for (const auto& one : result.sensitivity)
    json.begin_object()
        .member("name", one.name)
        .member("from", one.from)
        .member("to", one.to)
        .member("statistic", one.likelihood_ratio.statistic)
        .member("df", one.likelihood_ratio.df)
        .member("p_value", one.likelihood_ratio.p_value)
        .end_object();
  json.end_array().key("fine_gray");
  if (!result.fine_gray) {
    json.null();
    return;
  }
  json.begin_object().member("model", "M2").member("competing_events", result.competing);
  json.key("terms");
  write_terms(json, result.fine_gray->terms);
  json.key("imaging");
  write_test(json, result.fine_gray->imaging);
  json.end_object();
}

}  // namespace

void write_compare_members(JsonWriter& json, const CompareResult& result) {
  json.member("n", result.n)
      .member("events", result.events)
      .member("n_missing", result.n_missing)
      .key("models")
      .begin_array();
  for (const auto& model : result.models) write_model(json, model);
  json.end_array().key("steps").begin_array();
  for (const auto& step : result.steps) write_step(json, step);
  json.end_array();
  write_sensitivity(json, result);
  json.member("verdict", to_string(result.verdict)).member("text", result.text);
}

std::string compare_json(const CompareAnalysis& analysis, const CompareOptions& options) {
  const auto warnings = all_warnings(analysis.cohort, analysis.results);
  const auto config = [&options](JsonWriter& json) {
    json.member("base", options.base)
        .member("imaging", options.imaging)
        .text_or_null("volume", options.volume)
        .member("bootstrap", options.bootstrap)
        .text_or_null("resamples", options.resamples.filename().string())
        .member("data_driven", options.data_driven);
  };
  const auto results = endpoint_items(analysis.results, [](JsonWriter& json, const auto& result) {
    write_compare_members(json, result);
  });
  return ResultDocument{.command = "compare",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config = config,
                        .results = results}
      .text();
}

}  // namespace radiomics
