#include "radiomics/survival/logistic_output.h"
#include "radiomics/survival/result_json.h"

namespace radiomics {
namespace {

void write_comparison(JsonWriter& json, const BaseComparison& comparison) {
  json.begin_object()
      .member("auc_base", comparison.auc_base)
      .member("delta_auc", comparison.delta_auc.estimate)
      .member("std_error", comparison.delta_auc.std_error)
      .member("conf_low", comparison.delta_auc.conf_low)
      .member("conf_high", comparison.delta_auc.conf_high)
      .member("statistic", comparison.statistic)
      .member("p_value", comparison.p_value)
      .key("likelihood_ratio");
  write_test(json, comparison.likelihood_ratio);
  json.key("wald");
  write_test(json, comparison.wald);
  json.end_object();
}

void write_members(JsonWriter& json, const LogisticResult& result,
                   const LogisticAnalysisOptions& options) {
  write_optional(json, "horizon", result.horizon);
  json.member("n", result.n)
      .member("events", result.events)
      .member("n_excluded", result.n_excluded)
      .member("n_missing", result.n_missing)
      .text_or_null("weighting", result.n_weighted ? "ipcw" : "")
      .key("n_weighted");
  result.n_weighted ? json.value(*result.n_weighted) : json.null();
  json.member("conf_level", options.common.conf_level).key("terms");
  write_terms(json, result.terms, "odds_ratio");
  json.member("deviance", result.deviance)
      .member("null_deviance", result.null_deviance)
      .member("aic", result.aic)
      .key("tests")
      .begin_object()
      .key("likelihood_ratio");
  write_test(json, result.likelihood_ratio);
  json.key("wald");
  write_test(json, result.wald);
  json.end_object().member("brier", result.brier).key("auc");
  write_estimate(json, result.auc);
  json.key("versus_base");
  result.versus_base ? write_comparison(json, *result.versus_base) : void(json.null());
}

}  // namespace

std::string logistic_json(const LogisticAnalysis& analysis,
                          const LogisticAnalysisOptions& options) {
  const auto warnings = analysis.warnings();
  const auto config = [&](JsonWriter& json) {
    json.text_or_null("outcome", options.outcome)
        .member("base", options.base)
        .member("ipcw", options.ipcw);
  };
  const auto results = endpoint_items(analysis.results, [&](JsonWriter& json, const auto& result) {
    write_members(json, result, options);
  });
  return ResultDocument{.command = "logistic",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config = config,
                        .results = results}
      .text();
}

}  // namespace radiomics
