#include "radiomics/survival/result_json.h"

#include "radiomics/tables/provenance.h"

namespace radiomics {
namespace {

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
      .text_or_null("aggregate", to_string(options.aggregate))
      .member("sep", std::string(1, options.separator))
      .member("decimal", std::string(1, options.cells.decimal))
      .member("na", options.cells.missing)
      .member("nonfinite", options.cells.nonfinite_is_missing ? "missing" : "error");
}

void write_stage_config(JsonWriter& json, const std::optional<StageSpec>& stage) {
  json.key("stage");
  if (!stage) {
    json.null();
    return;
  }
  json.begin_object()
      .text_or_null("T", stage->t)
      .text_or_null("N", stage->n)
      .text_or_null("M", stage->m)
      .text_or_null("overall", stage->overall)
      .text_or_null("extent", stage->extent)
      .text_or_null("edition", stage->edition ? std::to_string(int(*stage->edition)) : "")
      .end_object();
}

void write_endpoint_config(JsonWriter& json, const std::vector<EndpointSpec>& endpoints) {
  json.key("endpoint").begin_array();
  for (const auto& spec : endpoints) {
    json.begin_object()
        .member("name", spec.name)
        .member("time", spec.time)
        .member("event", spec.event)
        .member("event_value", spec.event_value)
        .member("censor_value", spec.censor_value)
        .text_or_null("competing", spec.competing)
        .text_or_null("death_time", spec.death_time)
        .text_or_null("death_event", spec.death_event);
    write_other_events(json, spec);
    json.member("clip_late", spec.clip_late).end_object();
  }
  json.end_array();
}

void write_factor_config(JsonWriter& json, const std::vector<FactorSpec>& factors) {
  json.key("factor").begin_array();
  for (const auto& factor : factors)
    json.begin_object().member("name", factor.name).member("levels", factor.levels).end_object();
  json.end_array();
}

void write_common_config(JsonWriter& json, const AnalysisOptions& options) {
  write_cohort_config(json, options.cohort);
  write_stage_config(json, options.cohort.stage);
  write_endpoint_config(json, options.endpoints);
  json.member("covariates", options.covariates);
  write_factor_config(json, options.factors);
  json.member("strata", options.strata)
      .member("feature", options.feature_patterns)
      .member("ties", to_string(options.ties))
      .member("conf", options.conf_level)
      .text_or_null("conf_type", options.conf_type ? to_string(*options.conf_type) : "")
      .member("horizon", options.horizons);
  write_optional(json, "tau", options.tau);
  json.text_or_null("time_unit", options.time_unit ? to_string(*options.time_unit) : "")
      .member("alpha_level", options.alpha_level)
      .member("strict", options.strict)
      .member("force", options.force);
}

}  // namespace

std::string ResultDocument::text() const {
  JsonWriter json;
  json.begin_object();
  write_program(json, command);
  json.key("config").begin_object();
  write_common_config(json, options);
  if (config) config(json);
  json.end_object().member("seed", options.seed);
  write_cohort(json, cohort);
  write_warnings(json, warnings);
  if (members) members(json);
  json.key("results").begin_array();
  if (results) results(json);
  json.end_array().end_object();
  return json.text();
}

void write_estimate_members(JsonWriter& json, const Estimate& estimate) {
  json.member("estimate", estimate.estimate)
      .member("std_error", estimate.std_error)
      .member("conf_low", estimate.conf_low)
      .member("conf_high", estimate.conf_high);
}

void write_estimate(JsonWriter& json, const Estimate& estimate) {
  json.begin_object();
  write_estimate_members(json, estimate);
  json.end_object();
}

void write_ratio(JsonWriter& json, const Estimate& ratio) {
  json.begin_object()
      .member("estimate", ratio.estimate)
      .member("conf_low", ratio.conf_low)
      .member("conf_high", ratio.conf_high)
      .end_object();
}

void write_test(JsonWriter& json, const Test& test) {
  json.begin_object()
      .member("statistic", test.statistic)
      .member("df", test.df)
      .member("p_value", test.p_value)
      .end_object();
}

void write_other_events(JsonWriter& json, const EndpointSpec& spec) {
  json.key("others").begin_array();
  for (const auto& other : spec.others)
    json.begin_object().member("time", other.time).member("event", other.event).end_object();
  json.end_array();
}

void write_horizons(JsonWriter& json, const std::vector<HorizonEstimate>& horizons) {
  json.key("horizons").begin_array();
  for (const auto& horizon : horizons)
    json.begin_object()
        .member("time", horizon.time)
        .member("n_risk", horizon.n_risk)
        .member("estimate", horizon.estimate)
        .member("std_error", horizon.std_error)
        .member("conf_low", horizon.conf_low)
        .member("conf_high", horizon.conf_high)
        .member("beyond_follow_up", horizon.beyond_follow_up)
        .end_object();
  json.end_array();
}

void write_concordance(JsonWriter& json, const Concordance& concordance) {
  json.begin_object();
  write_estimate_members(json, concordance.estimate);
  json.member("concordant", concordance.concordant)
      .member("discordant", concordance.discordant)
      .member("tied_risk", concordance.tied_risk)
      .member("tied_time", concordance.tied_time)
      .member("tied_both", concordance.tied_both)
      .end_object();
}

void write_matrix(JsonWriter& json, const Matrix& matrix) {
  json.begin_array();
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    std::vector<double> row;
    for (std::size_t j = 0; j < matrix.columns; ++j) row.push_back(matrix(i, j));
    json.value(row);
  }
  json.end_array();
}

void write_optional(JsonWriter& json, std::string_view name, const std::optional<double>& value) {
  json.key(name);
  value ? json.value(*value) : json.null();
}

bool write_endpoint_head(JsonWriter& json, const std::string& endpoint,
                         const std::optional<Error>& error) {
  json.text_or_null("endpoint", endpoint);
  if (error) json.member("error", std::string(to_string(error->kind())) + ": " + error->what());
  return error.has_value();
}

}  // namespace radiomics
