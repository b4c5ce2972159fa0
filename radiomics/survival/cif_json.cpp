#include "radiomics/survival/cif_output.h"
#include "radiomics/survival/result_json.h"

namespace radiomics {
namespace {

void write_horizon(JsonWriter& json, const IncidenceAtHorizon& horizon, const Estimate& estimate) {
  json.begin_object().member("time", horizon.time).member("n_risk", horizon.n_risk);
  write_estimate_members(json, estimate);
  json.member("beyond_follow_up", horizon.beyond_follow_up).end_object();
}

void write_state(JsonWriter& json, const StateCurve& curve) {
  json.member("estimate", curve.estimate)
      .member("std_error", curve.std_error)
      .member("conf_low", curve.conf_low)
      .member("conf_high", curve.conf_high);
}

void write_cause(JsonWriter& json, const CifGroup& group, std::size_t cause) {
  json.begin_object()
      .member("cause", cause + 1)
      .member("events", group.data.events(int(cause) + 1))
      .key("horizons")
      .begin_array();
  for (const auto& horizon : group.horizons) write_horizon(json, horizon, horizon.incidence[cause]);
  json.end_array()
      .key("curve")
      .begin_object()
      .member("time", group.curves.time)
      .member("n_risk", group.curves.n_risk)
      .member("n_event", group.curves.n_event[cause])
      .member("n_censor", group.curves.n_censor);
  write_state(json, group.curves.incidence[cause]);
  json.end_object().end_object();
}

void write_group(JsonWriter& json, const CifGroup& group) {
  json.begin_object().member("group", group.label).member("n", group.data.size());
  json.key("causes").begin_array();
  for (const std::size_t cause : {0, 1}) write_cause(json, group, cause);
  json.end_array().key("event_free").begin_object().key("horizons").begin_array();
  for (const auto& horizon : group.horizons) write_horizon(json, horizon, horizon.event_free);
  json.end_array().end_object().key("naive").begin_array();
  for (std::size_t h = 0; h < group.horizons.size(); ++h)
    json.begin_object()
        .member("time", group.horizons[h].time)
        .member("estimate", group.naive[h])
        .end_object();
  json.end_array().end_object();
}

void write_model(JsonWriter& json, const CauseModel& model) {
  json.member("n", model.n).member("events", model.events).key("terms");
  write_terms(json, model.terms);
  json.member("log_likelihood_null", model.log_likelihood_null)
      .member("log_likelihood", model.log_likelihood);
}

void write_predictions(JsonWriter& json, const CifModels& models,
                       const std::vector<double>& horizons) {
  json.key("predictions").begin_array();
  for (std::size_t i = 0; i < models.predictions.size(); ++i) {
    const auto& prediction = models.predictions[i];
    json.begin_object().member("row", i + 1).member("risk", prediction.risk);
    json.key("horizons").begin_array();
    for (std::size_t h = 0; h < horizons.size(); ++h) {
      json.begin_object().member("time", horizons[h]);
      write_estimate_members(json, {.estimate = prediction.incidence[h]});
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_checks(JsonWriter& json, const CifModels& models) {
  json.key("checks").begin_array();
  for (const auto& check : models.checks)
    json.begin_object()
        .member("time", check.time)
        .member("aalen_johansen", check.aalen_johansen)
        .member("mean_predicted", check.mean_predicted)
        .member("largest_sum", check.largest_sum)
        .end_object();
  json.end_array();
}

void write_models(JsonWriter& json, const CifModels& models, const CifOptions& options) {
  json.key("fine_gray").begin_object();
  write_model(json, models.fine_gray);
  json.member("n_missing", models.n_missing);
  write_predictions(json, models, options.common.horizons);
  write_checks(json, models);
  json.end_object().key("fine_gray_competing");
  if (models.fine_gray_other) {
    json.begin_object();
    write_model(json, *models.fine_gray_other);
    json.end_object();
  } else {
    json.null();
  }
  json.key("cause_specific").begin_array();
  for (const auto& model : models.cause_specific) {
    json.begin_object().member("cause", model.cause);
    write_model(json, model);
    json.end_object();
  }
  json.end_array();
}

void write_members(JsonWriter& json, const CifResult& result, const CifOptions& options) {
  json.member("n", result.n)
      .member("events", result.events[0])
      .member("competing_events", result.events[1])
      .member("n_missing", result.n_missing)
      .member("conf_level", options.common.conf_level)
      .member("conf_type", to_string(options.conf_type()))
      .member("std_error_method", to_string(options.std_error))
      .key("groups")
      .begin_array();
  for (const auto& group : result.groups) write_group(json, group);
  json.end_array().key("gray").begin_array();
  for (const auto& gray : result.gray)
    json.begin_object()
        .member("cause", gray.cause)
        .member("statistic", gray.test.statistic)
        .member("df", gray.test.df)
        .member("p_value", gray.test.p_value)
        .end_object();
  json.end_array();
  if (result.models) write_models(json, *result.models, options);
}

void write_config(JsonWriter& json, const CifOptions& options) {
  json.text_or_null("by", options.by)
      .member("std_error", to_string(options.std_error))
      .text_or_null("newdata", options.newdata.filename().string());
}

}  // namespace

std::string cif_json(const CifAnalysis& analysis, const CifOptions& options) {
  const auto warnings = analysis.warnings();
  const auto results = endpoint_items(analysis.results, [&](JsonWriter& json, const auto& result) {
    write_members(json, result, options);
  });
  return ResultDocument{.command = "cif",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config = [&](JsonWriter& json) { write_config(json, options); },
                        .results = results}
      .text();
}

}  // namespace radiomics
