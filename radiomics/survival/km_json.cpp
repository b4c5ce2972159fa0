#include "radiomics/survival/km_output.h"
#include "radiomics/survival/result_json.h"

namespace radiomics {
namespace {

void write_curve(JsonWriter& json, const KaplanMeierCurve& curve) {
  json.key("curve")
      .begin_object()
      .member("time", curve.table.time)
      .member("n_risk", curve.table.n_risk)
      .member("n_event", curve.table.n_event)
      .member("n_censor", curve.table.n_censor)
      .member("estimate", curve.estimate)
      .member("std_error", curve.std_error)
      .member("conf_low", curve.conf_low)
      .member("conf_high", curve.conf_high)
      .member("cumulative_hazard", curve.cumulative_hazard)
      .member("cumulative_hazard_std_error", curve.cumulative_hazard_std_error)
      .end_object();
}

void write_group(JsonWriter& json, const KmGroup& group) {
  json.begin_object()
      .member("group", group.label)
      .member("n", group.data.size())
      .member("events", group.data.events());
  json.key("quantiles").begin_array();
  for (const auto& quantile : group.quantiles)
    json.begin_object()
        .member("p", quantile.p)
        .member("estimate", quantile.estimate)
        .member("conf_low", quantile.conf_low)
        .member("conf_high", quantile.conf_high)
        .end_object();
  json.end_array();
  write_horizons(json, group.horizons);
  json.key("rmst")
      .begin_object()
      .member("tau", group.rmst.tau)
      .member("estimate", group.rmst.estimate)
      .member("std_error", group.rmst.std_error)
      .end_object();
  write_curve(json, group.curve);
  json.end_object();
}

/// `scores`: of the groups, where the test has some.
void write_groups(JsonWriter& json, const LogRankTest& test, const std::vector<KmGroup>& groups,
                  const std::vector<double>& scores = {}) {
  json.key("groups").begin_array();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    json.begin_object()
        .member("group", groups[g].label)
        .member("n", test.n[g])
        .member("observed", test.observed[g])
        .member("expected", test.expected[g]);
    if (!scores.empty()) json.member("score", scores[g]);
    json.end_object();
  }
  json.end_array();
}

void write_tests(JsonWriter& json, const KmResult& result) {
  json.key("tests").begin_array();
  for (const auto& test : result.tests) {
    json.begin_object()
        .member("test", test.rho == 0 ? "log-rank" : "peto")
        .member("rho", test.rho)
        .member("statistic", test.statistic)
        .member("df", test.df)
        .member("p_value", test.p_value);
    write_groups(json, test, result.groups);
    json.end_object();
  }
  if (result.trend) {
    json.begin_object()
        .member("test", "trend")
        .member("rho", 0)
        .member("statistic", result.trend->statistic)
        .member("df", result.trend->df)
        .member("p_value", result.trend->p_value);
    write_groups(json, result.tests[0], result.groups, result.scores);
    json.end_object();
  }
  json.end_array();
}

void write_pairs(JsonWriter& json, const KmResult& result) {
  json.key("pairwise").begin_array();
  for (const auto& pair : result.pairs)
    json.begin_object()
        .member("group", result.groups[pair.first].label)
        .member("other", result.groups[pair.second].label)
        .member("statistic", pair.test.statistic)
        .member("df", pair.test.df)
        .member("p_value", pair.test.p_value)
        .member("p_holm", pair.p_holm)
        .end_object();
  json.end_array();
}

void write_members(JsonWriter& json, const KmResult& result, const KmOptions& options) {
  json.member("n", result.n)
      .member("events", result.events)
      .member("n_missing", result.n_missing)
      .member("conf_level", options.common.conf_level)
      .member("conf_type", to_string(options.curve().conf_type));
  json.key("groups").begin_array();
  for (const auto& group : result.groups) write_group(json, group);
  json.end_array();
  write_tests(json, result);
  if (options.pairwise) write_pairs(json, result);
}

}  // namespace

std::string km_json(const KmAnalysis& analysis, const KmOptions& options) {
  const auto warnings = analysis.warnings();
  return ResultDocument{.command = "km",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config =
                            [&](JsonWriter& json) {
                              json.text_or_null("by", options.by)
                                  .member("trend", options.trend)
                                  .member("pairwise", options.pairwise);
                            },
                        .results = endpoint_items(analysis.results,
                                                  [&](JsonWriter& json, const auto& result) {
                                                    write_members(json, result, options);
                                                  })}
      .text();
}

}  // namespace radiomics
