#include "radiomics/survival/model_file.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/result_json.h"
#include "radiomics/tables/csv_reader.h"
#include "radiomics/tables/json_writer.h"

namespace radiomics {
namespace {

using Json = nlohmann::json;

constexpr const char* format = "radiomics prognostic model";
constexpr int format_version = 1;

// ---- writing ----

void write_endpoint(JsonWriter& json, const EndpointSpec& spec) {
  json.key("endpoint")
      .begin_object()
      .member("name", spec.name)
      .member("time", spec.time)
      .member("event", spec.event)
      .member("event_value", spec.event_value)
      .member("censor_value", spec.censor_value)
      .member("competing", spec.competing)
      .member("death_time", spec.death_time)
      .member("death_event", spec.death_event);
  write_other_events(json, spec);
  json.member("clip_late", spec.clip_late).end_object();
}

void write_training(JsonWriter& json, const PrognosticModel& model) {
  json.key("training").begin_object().member("n", model.n).member("events", model.events);
  json.key("inputs").begin_array();
  for (const auto& input : model.inputs)
    json.begin_object()
        .member("role", input.role)
        .member("file", input.file)
        .member("sha256", input.sha256)
        .end_object();
  json.end_array()
      .text_or_null("extraction_settings_sha256", model.extraction_settings)
      .member("seed", model.seed)
      .end_object();
}

void write_columns(JsonWriter& json, const PrognosticModel& model) {
  json.key("variables").begin_array();
  for (const auto& variable : model.variables)
    json.begin_object()
        .member("name", variable.name)
        .member("transform", variable.logarithm ? "log" : "plain")
        .member("levels", variable.levels)
        .member("low", variable.low)
        .member("high", variable.high)
        .member("median", variable.median)
        .end_object();
  json.end_array().key("terms").begin_array();
  for (const auto& one : model.terms)
    json.begin_object()
        .member("term", one.term.name)
        .member("variable", one.term.variable)
        .member("level", one.term.level)
        .member("coefficient", one.coefficient)
        .member("mean", one.mean)
        .member("sd", one.sd)
        .end_object();
  json.end_array();
}

void write_numbers(JsonWriter& json, std::string_view name, const Matrix& matrix) {
  json.key(name)
      .begin_object()
      .member("rows", matrix.rows)
      .member("columns", matrix.columns)
      .member("values", matrix.values)
      .end_object();
}

void write_harmonisation(JsonWriter& json, const std::optional<ModelHarmonisation>& combat) {
  json.key("combat");
  if (!combat) {
    json.null();
    return;
  }
  json.begin_object()
      .member("batch", combat->batch)
      .member("labels", combat->labels)
      .member("features", combat->features)
      .member("intercepts", combat->model.intercepts)
      .member("scales", combat->model.scales)
      .member("adjusted",
              std::vector<int>(combat->model.adjusted.begin(), combat->model.adjusted.end()));
  json.key("preserved").begin_array();
  for (const auto& term : combat->preserved)
    json.begin_object()
        .member("term", term.name)
        .member("variable", term.variable)
        .member("level", term.level)
        .end_object();
  json.end_array();
  write_numbers(json, "coefficients", combat->model.coefficients);
  write_numbers(json, "locations", combat->model.locations);
  write_numbers(json, "variances", combat->model.variances);
  json.end_object();
}

// ---- reading ----

std::vector<double> numbers_of(const Json& json) {
  std::vector<double> numbers;
  for (const auto& one : json) numbers.push_back(one.is_null() ? undefined : one.get<double>());
  return numbers;
}

double number_of(const Json& json) { return json.is_null() ? undefined : json.get<double>(); }

std::string text_of(const Json& json) { return json.is_null() ? "" : json.get<std::string>(); }

std::vector<OutcomeColumns> other_events_of(const Json& json) {
  std::vector<OutcomeColumns> others;
  for (const auto& one : json) others.push_back({one.at("time"), one.at("event")});
  return others;
}

EndpointSpec read_endpoint(const Json& json) {
  return {.name = json.at("name"),
          .time = json.at("time"),
          .event = json.at("event"),
          .event_value = json.at("event_value"),
          .censor_value = json.at("censor_value"),
          .competing = json.at("competing"),
          .death_time = json.at("death_time"),
          .death_event = json.at("death_event"),
          .others = other_events_of(json.at("others")),
          .clip_late = json.at("clip_late")};
}

void read_training(const Json& json, PrognosticModel& model) {
  model.n = json.at("n");
  model.events = json.at("events");
  for (const auto& input : json.at("inputs"))
    model.inputs.push_back({input.at("role"), input.at("file"), input.at("sha256")});
  model.extraction_settings = text_of(json.at("extraction_settings_sha256"));
  model.seed = json.at("seed");
}

void read_columns(const Json& json, PrognosticModel& model) {
  for (const auto& one : json.at("variables"))
    model.variables.push_back({.name = one.at("name"),
                               .logarithm = one.at("transform") == "log",
                               .levels = one.at("levels"),
                               .low = number_of(one.at("low")),
                               .high = number_of(one.at("high")),
                               .median = number_of(one.at("median"))});
  for (const auto& one : json.at("terms"))
    model.terms.push_back(
        {.term = {.name = one.at("term"), .variable = one.at("variable"), .level = one.at("level")},
         .coefficient = one.at("coefficient"),
         .mean = one.at("mean"),
         .sd = one.at("sd")});
}

Matrix read_numbers(const Json& json) {
  Matrix matrix;
  matrix.rows = json.at("rows");
  matrix.columns = json.at("columns");
  matrix.values = numbers_of(json.at("values"));
  return matrix;
}

std::optional<ModelHarmonisation> read_harmonisation(const Json& json) {
  if (json.is_null()) return {};
  ModelHarmonisation combat{
      .batch = json.at("batch"), .labels = json.at("labels"), .features = json.at("features")};
  combat.model.batches = combat.labels.size();
  combat.model.intercepts = numbers_of(json.at("intercepts"));
  combat.model.scales = numbers_of(json.at("scales"));
  for (const int adjusted : json.at("adjusted")) combat.model.adjusted.push_back(char(adjusted));
  combat.model.locations = read_numbers(json.at("locations"));
  combat.model.variances = read_numbers(json.at("variances"));
  combat.model.coefficients = Matrix(0, combat.features.size());
  if (!json.contains("preserved")) return combat;  // an older file
  for (const auto& term : json.at("preserved"))
    combat.preserved.push_back({term.at("term"), term.at("variable"), term.at("level")});
  combat.model.coefficients = read_numbers(json.at("coefficients"));
  return combat;
}

Ties read_ties(const std::string& name) {
  for (const auto ties : {Ties::efron, Ties::breslow})
    if (to_string(ties) == name) return ties;
  throw Error(ErrorKind::unreadable_file, "unknown ties '" + one_line(name) + "'");
}

// ---- what a model has to be ----

bool is_shaped(const Matrix& matrix, std::size_t rows, std::size_t columns) {
  return matrix.rows == rows && matrix.columns == columns && matrix.values.size() == rows * columns;
}

const ModelVariable* find_variable(const PrognosticModel& model, const std::string& name) {
  const auto found = std::ranges::find(model.variables, name, &ModelVariable::name);
  return found == model.variables.end() ? nullptr : &*found;
}

/// Whether the model has the variable, and the level if it is a factor.
bool is_sound(const ModelTerm& term, const PrognosticModel& model) {
  const ModelVariable* variable = find_variable(model, term.variable);
  if (!variable) return false;
  const auto& levels = variable->levels;
  return levels.empty() ? term.level.empty()
                        : std::ranges::find(levels, term.level) != levels.end();
}

bool is_sound(const ModelHarmonisation& combat, const PrognosticModel& prognostic) {
  const auto& model = combat.model;
  const auto is_number = [&](const std::string& name) {
    const ModelVariable* variable = find_variable(prognostic, name);
    return variable && variable->levels.empty();
  };
  const auto is_known = [&](const ModelTerm& term) { return is_sound(term, prognostic); };
  const std::size_t count = combat.features.size(), batches = combat.labels.size();
  return batches > 0 && std::ranges::all_of(combat.features, is_number) &&
         std::ranges::all_of(combat.preserved, is_known) &&
         is_shaped(model.coefficients, combat.preserved.size(), count) &&
         model.intercepts.size() == count && model.scales.size() == count &&
         model.adjusted.size() == count && is_shaped(model.locations, batches, count) &&
         is_shaped(model.variances, batches, count);
}

bool is_sound(const PrognosticTerm& one, const PrognosticModel& model) {
  return is_sound(one.term, model) && std::isfinite(one.coefficient) && std::isfinite(one.mean);
}

bool is_sound(const PrognosticModel& model) {
  const auto& hazard = model.baseline_hazard;
  const auto is_finite = [](double value) { return std::isfinite(value); };
  return !model.baseline_time.empty() && model.baseline_time.size() == hazard.size() &&
         std::ranges::all_of(model.baseline_time, is_finite) &&
         std::ranges::all_of(hazard, is_finite) && std::ranges::is_sorted(model.baseline_time) &&
         std::ranges::is_sorted(hazard) && hazard[0] >= 0 &&
         std::isfinite(model.median_linear_predictor) &&
         std::ranges::all_of(model.terms,
                             [&](const PrognosticTerm& one) { return is_sound(one, model); }) &&
         (!model.harmonisation || is_sound(*model.harmonisation, model));
}

PrognosticModel model_of(const Json& json) {
  PrognosticModel model;
  model.program_version = json.at("program").at("version");
  model.endpoint = read_endpoint(json.at("endpoint"));
  model.time_unit = text_of(json.at("time_unit"));
  read_training(json.at("training"), model);
  model.ties = read_ties(json.at("ties"));
  model.alpha = json.at("alpha");
  model.lambda = number_of(json.at("lambda"));
  read_columns(json, model);
  model.baseline_time = numbers_of(json.at("baseline").at("time"));
  model.baseline_hazard = numbers_of(json.at("baseline").at("cumulative_hazard"));
  model.median_linear_predictor = json.at("median_linear_predictor");
  model.impute_median = text_of(json.at("impute")) == "median";
  model.harmonisation = read_harmonisation(json.at("combat"));
  return model;
}

}  // namespace

double PrognosticModel::linear_predictor_at_means() const {
  double sum = 0;
  for (const auto& one : terms) sum += one.coefficient * one.mean;
  return sum;
}

std::string to_json(const PrognosticModel& model) {
  JsonWriter json;
  json.begin_object().member("format", format).member("format_version", format_version);
  json.key("program").begin_object().member("name", "radiomics");
  json.member("version", model.program_version).end_object();
  write_endpoint(json, model.endpoint);
  json.text_or_null("time_unit", model.time_unit);
  write_training(json, model);
  json.member("ties", to_string(model.ties))
      .member("alpha", model.alpha)
      .member("lambda", model.lambda);
  write_columns(json, model);
  json.member("linear_predictor_at_means", model.linear_predictor_at_means())
      .member("median_linear_predictor", model.median_linear_predictor);
  json.key("baseline")
      .begin_object()
      .member("time", model.baseline_time)
      .member("cumulative_hazard", model.baseline_hazard)
      .end_object();
  json.text_or_null("impute", model.impute_median ? "median" : "");
  write_harmonisation(json, model.harmonisation);
  json.end_object();
  return json.text();
}

PrognosticModel parse_model(const std::string& text, const std::string& name) {
  const std::string remedy = "; give the model.json that train has written";
  const Json json = Json::parse(text, nullptr, false);
  require(!json.is_discarded(), ErrorKind::unreadable_file,
          name + ": damaged, no JSON document" + remedy);
  require(json.is_object() && json.value("format", Json()) == format, ErrorKind::unreadable_file,
          name + ": no prognostic model" + remedy);
  require(json.value("format_version", Json()) == format_version, ErrorKind::unreadable_file,
          name + ": a model of another version of the program; train it again");
  try {
    PrognosticModel model = model_of(json);
    if (is_sound(model)) return model;
  } catch (const Json::exception&) {
  } catch (const Error&) {
  }
  throw Error(ErrorKind::unreadable_file,
              name + ": damaged, parts of the model are missing or contradict each other" + remedy);
}

PrognosticModel read_model(const std::filesystem::path& file) {
  return parse_model(read_text(file), file.filename().string());
}

}  // namespace radiomics
