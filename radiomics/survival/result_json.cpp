#include "radiomics/survival/result_json.h"

#include "radiomics/tables/provenance.h"

namespace radiomics {

void write_program(JsonWriter& json, std::string_view command) {
  json.member("command", command);
  json.key("program").begin_object();
  json.member("name", "radiomics").member("version", program_version()).end_object();
}

void write_cohort(JsonWriter& json, const Cohort& cohort) {
  json.key("inputs").begin_array();
  for (const auto& table : cohort.tables)
    json.begin_object()
        .member("role", table.role)
        .member("file", table.file)
        .member("sha256", table.sha256)
        .member("rows", table.rows_read)
        .end_object();
  json.end_array();
  json.key("join").begin_object();
  for (const std::string_view role : {"features", "clinical"}) {
    std::string_view id;
    for (const auto& table : cohort.tables)
      if (table.role == role) id = table.id_column;
    json.text_or_null("id_" + std::string(role), id);
  }
  json.member("matched", cohort.size())
      .member("features_only", cohort.only_in_features)
      .member("clinical_only", cohort.only_in_clinical)
      .end_object();
}

void write_warnings(JsonWriter& json, const std::vector<AnalysisWarning>& warnings) {
  json.key("warnings").begin_array();
  for (const auto& warning : warnings)
    json.begin_object()
        .member("code", to_string(warning.code))
        .member("message", warning.message)
        .text_or_null("endpoint", warning.endpoint)
        .text_or_null("column", warning.column)
        .member("ids", warning.ids)
        .end_object();
  json.end_array();
}

void write_cohort_config(JsonWriter& json, const CohortOptions& options) {
  json.text_or_null("clinical", options.clinical.filename().string())
      .text_or_null("features", options.features.filename().string())
      .text_or_null("id_features", options.id_features)
      .text_or_null("id_clinical", options.id_clinical)
      .member("roi", options.rois)
      .member("sep", std::string(1, options.separator))
      .member("decimal", std::string(1, options.cells.decimal))
      .member("na", options.cells.missing)
      .member("nonfinite", options.cells.nonfinite_is_missing ? "missing" : "error");
}

void write_endpoint_config(JsonWriter& json, const std::vector<EndpointSpec>& endpoints) {
  json.key("endpoint").begin_array();
  for (const auto& spec : endpoints)
    json.begin_object()
        .member("name", spec.name)
        .member("time", spec.time)
        .member("event", spec.event)
        .member("event_value", spec.event_value)
        .member("censor_value", spec.censor_value)
        .text_or_null("competing", spec.competing)
        .end_object();
  json.end_array();
}

void write_factor_config(JsonWriter& json, const std::vector<FactorSpec>& factors) {
  json.key("factor").begin_array();
  for (const auto& factor : factors)
    json.begin_object().member("name", factor.name).member("levels", factor.levels).end_object();
  json.end_array();
}

}  // namespace radiomics
