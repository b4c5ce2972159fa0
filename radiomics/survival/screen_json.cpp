#include "radiomics/survival/result_json.h"
#include "radiomics/survival/screen_output.h"

namespace radiomics {
namespace {

void write_stability(JsonWriter& json, const FeatureStability* stability) {
  json.key("icc");
  stability ? json.value(stability->icc) : json.null();
  json.key("keep");
  stability ? json.value(stability->keep) : json.null();
}

void write_feature(JsonWriter& json, const ScreenedFeature& feature, std::size_t j,
                   const ScreenAnalysis& analysis, const ScreenOptions& options) {
  const auto& relations = analysis.relations;
  json.begin_object().member("feature", feature.name);
  write_term_members(json, feature.term);
  json.text_or_null("reason", feature.problem)
      .member("n", feature.n)
      .member("events", feature.events)
      .member("concordance", feature.concordance)
      .member("p_value_lr", feature.p_value_lr)
      .key("p_adjusted")
      .begin_object()
      .member("bh", feature.p_adjusted.bh)
      .member("by", feature.p_adjusted.by)
      .member("holm", feature.p_adjusted.holm)
      .member("bonferroni", feature.p_adjusted.bonferroni)
      .end_object()
      .member("rho_volume", relations.rho_volume[j])
      .member("rho_diameter", relations.rho_diameter[j])
      .key("volume_surrogate");
  options.volume.empty() ? json.null() : json.value(relations.is_surrogate(j));
  write_stability(json, analysis.stability_of(j));
  json.end_object();
}

std::vector<std::string> names_of(const ScreenAnalysis& analysis,
                                  const std::vector<std::size_t>& features) {
  std::vector<std::string> names;
  for (const auto j : features) names.push_back(analysis.features.names[j]);
  return names;
}

void write_redundancy(JsonWriter& json, const ScreenAnalysis& analysis,
                      const ScreenOptions& options) {
  const auto& relations = analysis.relations;
  json.key("redundancy")
      .begin_object()
      .member("threshold", options.redundancy)
      .member("linkage", linkage_name(options.linkage))
      .member("n", relations.n)
      .key("clusters")
      .begin_array();
  for (std::size_t c = 0; c < relations.clusters.size(); ++c)
    json.begin_object()
        .member("cluster", c + 1)
        .member("features", names_of(analysis, relations.clusters[c].features))
        .member("kept", analysis.features.names[relations.clusters[c].kept])
        .end_object();
  json.end_array().member("kept", names_of(analysis, relations.kept)).end_object();
}

void write_result(JsonWriter& json, const ScreenResult& result, const ScreenAnalysis& analysis,
                  const ScreenOptions& options) {
  json.begin_object();
  if (!write_endpoint_head(json, result.endpoint, result.error)) {
    json.member("n", result.n)
        .member("events", result.events)
        .member("n_missing", result.n_missing)
        .member("conf_level", options.common.conf_level)
        .member("tests", result.tests)
        .member("family_tests", result.family)
        .member("text", result.text)
        .key("features")
        .begin_array();
    for (std::size_t j = 0; j < result.features.size(); ++j)
      write_feature(json, result.features[j], j, analysis, options);
    json.end_array();
    write_redundancy(json, analysis, options);
  }
  json.end_object();
}

}  // namespace

std::string screen_json(const ScreenAnalysis& analysis, const ScreenOptions& options) {
  const auto warnings = analysis.warnings();
  return ResultDocument{.command = "screen",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config =
                            [&](JsonWriter& json) {
                              json.text_or_null("volume", options.volume)
                                  .text_or_null("diameter", options.diameter)
                                  .member("redundancy", options.redundancy)
                                  .member("linkage", linkage_name(options.linkage))
                                  .member("family", to_string(options.family))
                                  .text_or_null("stability", options.stability.filename().string());
                            },
                        .results =
                            [&](JsonWriter& json) {
                              for (const auto& result : analysis.results)
                                write_result(json, result, analysis, options);
                            }}
      .text();
}

}  // namespace radiomics
