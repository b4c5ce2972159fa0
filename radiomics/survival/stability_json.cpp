#include "radiomics/survival/result_json.h"
#include "radiomics/survival/stability_output.h"

namespace radiomics {
namespace {

void write_icc(JsonWriter& json, const IntraclassCorrelation& icc) {
  json.begin_object()
      .member("type", to_string(icc.type))
      .member("estimate", icc.estimate)
      .member("conf_low", icc.conf_low)
      .member("conf_high", icc.conf_high)
      .member("statistic", icc.statistic)
      .member("df1", icc.df1)
      .member("df2", icc.df2)
      .member("p_value", icc.p_value)
      .end_object();
}

void write_feature(JsonWriter& json, const StableFeature& feature) {
  json.begin_object()
      .member("feature", feature.name)
      .member("status", to_string(feature.status))
      .member("n", feature.n)
      .member("k", feature.k)
      .key("icc")
      .begin_array();
  for (const auto& icc : feature.icc) write_icc(json, icc);
  json.end_array()
      .member("ccc", feature.ccc)
      .member("within_subject_cv", feature.within_subject_cv)
      .member("keep", feature.keep)
      .end_object();
}

}  // namespace

std::string stability_json(const StabilityAnalysis& analysis, const StabilityOptions& options) {
  const auto warnings = analysis.warnings();
  return ResultDocument{.command = "stability",
                        .options = options.common,
                        .cohort = analysis.table.cohort,
                        .warnings = warnings,
                        .config =
                            [&](JsonWriter& json) {
                              json.member("by", options.by)
                                  .member("icc_type", to_string(options.icc_type))
                                  .member("threshold", options.threshold);
                            },
                        .results =
                            [&](JsonWriter& json) {
                              json.begin_object();
                              write_endpoint_head(json, "", {});
                              json.member("n", analysis.table.patients.size())
                                  .member("raters", analysis.table.raters)
                                  .member("conf_level", options.common.conf_level)
                                  .member("kept", analysis.kept())
                                  .key("features")
                                  .begin_array();
                              for (const auto& feature : analysis.features)
                                write_feature(json, feature);
                              json.end_array().end_object();
                            }}
      .text();
}

}  // namespace radiomics
