#include "radiomics/survival/checklist.h"

#include <algorithm>
#include <functional>
#include <optional>

#include <nlohmann/json.hpp>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

using nlohmann::json;

/// A run: its result.json.
struct Run {
  json result;

  bool is(std::string_view command) const { return result.value("command", "") == command; }
};

using Runs = std::vector<Run>;

/// What proves an item; nothing if no run does.
using Proof = std::function<std::optional<std::string>(const Runs&)>;

struct Item {
  std::string checklist, item, topic, worth;
  Proof proof;
  std::string otherwise;  ///< what would prove it
};

/// The value of "a.b.c" in an object, null if it is not there.
json at(const json& object, const std::string& path) {
  const json* value = &object;
  for (const auto& key : split(path, '.')) {
    if (!value->is_object() || !value->contains(key)) return nullptr;
    value = &value->at(key);
  }
  return *value;
}

Run read_run(const std::filesystem::path& path) {
  const auto file = std::filesystem::is_directory(path) ? path / "result.json" : path;
  Run run{.result = json::parse(read_text(file), nullptr, false)};
  require(run.result.is_object() && run.result.contains("command") &&
              at(run.result, "results").is_array() && run.result["command"].is_string(),
          ErrorKind::unreadable_file,
          file.string() + ": no result.json of radiomics survival; name its folder");
  return run;
}

/// Whether a value is there and not null, false, 0 (of resamples, say), empty.
bool holds(const json& value) {
  if (value.is_null() || value == false || value == 0) return false;
  return !(value.is_structured() || value.is_string()) || !value.empty();
}

/// Whether the path holds something in one of the results of a run.
bool in_results(const Run& run, const std::string& path) {
  return std::ranges::any_of(run.result.at("results"),
                             [&path](const json& result) { return holds(at(result, path)); });
}

bool in_config(const Run& run, const std::string& path) {
  return holds(at(run.result, "config." + path));
}

bool is_done(const json& result) { return !holds(at(result, "error")); }

/// The first run of one of the commands that passes and did not refuse all of its endpoints.
Proof first_of(const std::vector<std::string>& commands,
               const std::function<bool(const Run&)>& passes, const std::string& words) {
  return [=](const Runs& runs) -> std::optional<std::string> {
    for (const auto& run : runs)
      if (std::ranges::any_of(commands, [&run](const auto& name) { return run.is(name); }) &&
          std::ranges::any_of(run.result.at("results"), is_done) && passes(run))
        return words + " (" + run.result.at("command").get<std::string>() + ")";
    return {};
  };
}

bool always(const Run&) { return true; }

std::function<bool(const Run&)> with_result(const std::string& path) {
  return [=](const Run& run) { return in_results(run, path); };
}

std::function<bool(const Run&)> with_config(const std::string& path) {
  return [=](const Run& run) { return in_config(run, path); };
}

std::size_t count_at(const json& object, const std::string& path) {
  const json value = at(object, path);
  return value.is_number_unsigned() ? value.get<std::size_t>() : 0;
}

/// Of the largest model of a result; in a training all candidates are parameters.
std::size_t parameters_of(const json& result) {
  std::size_t parameters =
      std::max(at(result, "terms").size(), count_at(result, "candidate_parameters"));
  for (const auto& model : at(result, "models"))
    parameters = std::max(parameters, count_at(model, "df"));
  return parameters;
}

/// The fewest events per parameter of all models and endpoints.
std::optional<std::string> enough_events(const Runs& runs) {
  std::optional<double> least;
  for (const auto& run : runs)
    for (const auto& result : run.result.at("results")) {
      const std::size_t parameters = parameters_of(result);
      if (parameters == 0) continue;
      const double ratio = double(count_at(result, "events")) / double(parameters);
      least = std::min(least.value_or(ratio), ratio);
    }
  if (!least || *least < 10) return {};
  return "at least " + rounded_text(*least, 3) + " events per candidate parameter in every model";
}

std::optional<std::string> other_data(const Runs& runs) {
  for (const auto& run : runs)
    if (run.is("validate") && holds(at(run.result, "config.model")))
      return "a frozen model was applied to another table (validate); say where it comes from";
  return {};
}

std::vector<Item> metrics_method_items() {
  return {{"METRICS", "#13", "parameters of the feature extraction are stated", "0.0415",
           first_of({"train"}, with_result("extraction_settings_sha256"),
                    "their hash is in the model file"),
           "run.json and provenance of the feature table"},
          {"METRICS", "#14", "features that are not robust are removed", "0.0200",
           first_of(
               {"stability", "train"},
               [](const Run& run) { return run.is("stability") || in_config(run, "stability"); },
               "intraclass correlations of repeated extractions"),
           "survival stability, and its list for train"},
          {"METRICS", "#15", "redundant features are removed", "0.0200",
           first_of(
               {"screen", "train"},
               [](const Run& run) { return run.is("train") || in_results(run, "redundancy"); },
               "clusters of correlated features, one kept of each"),
           "survival screen --redundancy or train"},
          {"METRICS", "#16", "the number of features suits the size of the data", "0.0300",
           enough_events, "ten events per candidate parameter"},
          {"METRICS", "#18", "data are divided without leakage", "0.0599",
           first_of({"train"}, with_result("resampling.nested_cv.mean"),
                    "all pre-processing is learnt inside each resample"),
           "survival train"},
          {"METRICS", "#19", "confounding factors are handled", "0.0300",
           first_of({"compare", "volume-check", "harmonize"}, always,
                    "clinical factors, volume or batches are in the models"),
           "survival compare with --base and --volume"}};
}

std::vector<Item> metrics_evaluation_items() {
  const std::vector<std::string> models{"cox", "compare", "train", "validate", "volume-check"};
  return {{"METRICS", "#20", "performance measures suit the task", "0.0352",
           first_of(models, always, "concordance, and what stands beside it"), "any model"},
          {"METRICS", "#21", "uncertainty is stated", "0.0234",
           first_of({"cox", "compare", "validate", "volume-check"}, always,
                    "confidence intervals of all measures"),
           "survival compare or validate"},
          {"METRICS", "#22", "calibration is assessed", "0.0176",
           first_of(
               {"validate", "compare", "cox"},
               [](const Run& run) {
                 return run.is("validate") || in_config(run, "bootstrap") ||
                        in_results(run, "bootstrap");
               },
               "calibration slope"),
           "survival validate"},
          {"METRICS", "#24", "compared with what needs no radiomics", "0.0293",
           first_of({"compare", "volume-check"}, with_config("base"),
                    "nested models against the clinical one"),
           "survival compare"},
          {"METRICS", "#25", "compared with simple models", "0.0176",
           first_of({"compare", "volume-check"}, with_config("volume"),
                    "log volume beside the clinical model"),
           "survival compare --volume"},
          {"METRICS", "#26", "internal testing", "0.0375",
           first_of(
               {"train", "compare", "cox"},
               [](const Run& run) {
                 return in_results(run, "resampling.nested_cv.mean") ||
                        in_config(run, "bootstrap") || in_results(run, "bootstrap") ||
                        in_results(run, "cross_validation");
               },
               "resampling"),
           "survival train, or --bootstrap"},
          {"METRICS", "#27", "external testing", "0.0749", other_data,
           "survival validate on patients of another centre"},
          {"METRICS", "#30", "the model is available", "0.0075",
           first_of({"train"}, always, "model.json"), "survival train"}};
}

std::vector<Item> rqs_items() {
  return {
      {"RQS", "2", "several segmentations", "+1",
       first_of({"stability"}, with_config("by"), "agreement between extractions"),
       "survival stability --by Reader"},
      {"RQS", "5", "features reduced, or p-values adjusted", "-3 or +3",
       first_of({"screen", "train"}, always, "adjusted p-values, redundancy or a penalty"),
       "survival screen or train"},
      {"RQS", "6", "models with factors that are not radiomic", "+1",
       first_of({"compare", "volume-check"}, with_config("base"), "the clinical model"),
       "survival compare"},
      {"RQS", "8", "risk groups without a cut-point chosen on the data", "+1",
       first_of({"train"}, always, "continuous risk, groups by the median of the training data"),
       "survival train"},
      {"RQS", "9", "discrimination, and resampling of it", "+1, +1",
       first_of(
           {"train", "compare", "cox", "validate"},
           [](const Run& run) {
             return in_results(run, "resampling.nested_cv.mean") || in_config(run, "bootstrap") ||
                    in_results(run, "bootstrap") || in_config(run, "resamples");
           },
           "concordance with its standard error, resampled"),
       "survival compare or train"},
      {"RQS", "10", "calibration", "+1, +1",
       first_of({"validate", "compare"}, always, "calibration slope"), "survival validate"},
      {"RQS", "12", "validation", "-5 to +5", other_data, "survival validate on other patients"},
      {"RQS", "13", "compared with the gold standard", "+2",
       first_of({"compare"}, with_config("base"), "nested models against stage"),
       "survival compare --base"},
      {"RQS", "14", "clinical utility", "+2",
       first_of({"validate"}, with_config("thresholds"), "decision curves"),
       "survival validate --thresholds"}};
}

std::vector<Item> reporting_items() {
  const std::vector<std::string> models{"cox", "compare", "train", "logistic", "cif"};
  const auto joined = [](const Run& run) { return holds(at(run.result, "join")); };
  return {
      {"CLEAR", "", "sample size in patients and events", "",
       first_of({"describe", "cox", "compare", "train"}, always, "n and events of every result"),
       "survival describe"},
      {"CLEAR", "", "flow of patients", "",
       first_of({"describe"}, joined, "tables joined, counted, exclusions with reasons"),
       "survival describe"},
      {"CLEAR", "", "confounders", "",
       first_of({"compare", "volume-check"}, always, "models with clinical factors and volume"),
       "survival compare"},
      {"CLEAR", "", "collinearity", "",
       first_of({"screen", "cox"}, always, "clusters of features, variance inflation"),
       "survival screen"},
      {"CLEAR", "", "missing data", "",
       first_of({"describe", "cox", "compare", "train"}, always, "counted for every analysis"),
       "survival describe"},
      {"CLEAR", "", "confidence intervals", "",
       first_of({"cox", "compare", "logistic", "cif"}, always, "of every estimate"), "any model"},
      {"TRIPOD+AI", "", "predictors, defined and named", "",
       first_of(models, always, "names, levels and units of every term"), "any model"},
      {"TRIPOD+AI", "", "sample size", "",
       first_of({"describe"}, with_result("events_per_parameter"), "events per parameter"),
       "survival describe"},
      {"TRIPOD+AI", "", "missing data", "",
       first_of({"describe", "cox", "compare", "train"}, always, "complete cases, counted"),
       "survival describe"},
      {"TRIPOD+AI", "", "the full model with its baseline survival", "",
       first_of(
           {"train", "cox"},
           [](const Run& run) { return run.is("train") || in_results(run, "baseline"); },
           "coefficients and baseline hazard"),
       "survival cox or train"},
      {"TRIPOD+AI", "", "performance with intervals", "",
       first_of({"validate", "compare", "cox"}, always, "concordance with its interval"),
       "survival validate"},
      {"TRIPOD+AI", "", "performance in key subgroups", "",
       first_of({"validate"}, with_result("subgroups"),
                "C and observed / expected in each group, with intervals"),
       "survival validate --subgroup"}};
}

}  // namespace

std::vector<ChecklistAnswer> checklist_answers(const std::vector<std::filesystem::path>& paths) {
  Runs runs;
  for (const auto& path : paths) runs.push_back(read_run(path));
  std::vector<Item> items = metrics_method_items();
  for (auto more : {metrics_evaluation_items(), rqs_items(), reporting_items()})
    items.insert(items.end(), more.begin(), more.end());
  std::vector<ChecklistAnswer> answers;
  for (const auto& item : items) {
    const auto proof = item.proof(runs);
    answers.push_back(
        {.checklist = item.checklist,
         .item = item.item,
         .topic = item.topic,
         .worth = item.worth,
         .proven = proof.has_value(),
         .evidence = proof ? *proof : "left blank; would be shown by: " + item.otherwise});
  }
  return answers;
}

}  // namespace radiomics
