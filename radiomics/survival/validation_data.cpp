#include "radiomics/survival/validation_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "radiomics/cohort/column.h"
#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// Whether the outcomes are those of the training: the first table holds them. One table of
/// features may serve several cohorts.
bool is_trained_on(const PrognosticModel& model, const Cohort& cohort) {
  return std::ranges::any_of(model.inputs, [&cohort](const ModelInput& input) {
    return !input.sha256.empty() && input.sha256 == cohort.tables[0].sha256;
  });
}

/// The columns that predictions are read from, each once.
std::vector<std::string> columns_of(const std::vector<PredictionSpec>& specs) {
  std::vector<std::string> names;
  const auto add = [&names](const std::string& name) {
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  for (const auto& spec : specs) {
    add(spec.linear_predictor);
    for (const auto& risk : spec.risks) add(risk);
    add(spec.expected);
  }
  return names;
}

/// Predictions are numbers whatever else their columns are declared to be.
std::vector<FactorSpec> without(std::vector<FactorSpec> factors,
                                const std::vector<std::string>& names) {
  std::erase_if(factors, [&names](const FactorSpec& factor) {
    return std::ranges::find(names, factor.name) != names.end();
  });
  return factors;
}

/// Rows of the frame of which the model, if there is one, says something.
std::vector<std::size_t> predicted_rows(const ModelFrame& frame,
                                        const std::optional<AppliedModel>& model) {
  std::vector<std::size_t> rows;
  for (std::size_t k = 0; k < frame.size(); ++k)
    if (!model || !std::isnan(model->prediction.linear_predictor[frame.patients[k]]))
      rows.push_back(k);
  return rows;
}

/// Reads columns of one frame for some of its rows.
class ColumnReader {
 public:
  ColumnReader(const Cohort& cohort, const ModelFrame& frame, std::vector<std::size_t> rows)
      : cohort_(cohort), frame_(frame), rows_(std::move(rows)) {}

  std::vector<double> values(const std::string& name, double highest, double lowest,
                             const std::string& meaning) const {
    std::vector<double> result;
    const auto term = std::ranges::find(frame_.terms, name, &ModelTerm::variable);
    const auto all = frame_.covariates.column(std::size_t(term - frame_.terms.begin()));
    for (const auto k : rows_) {
      const double value = all[k];
      if (value < lowest || value > highest)
        throw Error(ErrorKind::invalid_argument, column(cohort_, name).place(frame_.patients[k]) +
                                                     ": " + to_text(value) + " is no " + meaning);
      result.push_back(value);
    }
    return result;
  }

 private:
  const Cohort& cohort_;
  const ModelFrame& frame_;
  std::vector<std::size_t> rows_;
};

Prediction read_prediction(const ColumnReader& reader, const PredictionSpec& spec,
                           std::size_t horizons) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Prediction prediction{.name = spec.name};
  prediction.linear_predictor =
      reader.values(spec.linear_predictor, infinity, -infinity, "linear predictor");
  for (const auto& name : spec.risks)
    prediction.risk.push_back(reader.values(
        name, 1, 0, "risk from 0 to 1; give the probability of the event by the horizon"));
  prediction.risk.resize(horizons);
  if (!spec.expected.empty())
    prediction.expected =
        reader.values(spec.expected, infinity, 0, "cumulative hazard, which is not negative");
  return prediction;
}

std::vector<double> picked(std::span<const double> values,
                           const std::vector<std::size_t>& patients) {
  std::vector<double> result;
  for (const auto patient : patients) result.push_back(values[patient]);
  return result;
}

Prediction predict(const AppliedModel& applied, const std::vector<std::size_t>& patients,
                   const SurvivalData& outcome) {
  Prediction prediction{.name = applied.name,
                        .linear_predictor = picked(applied.prediction.linear_predictor, patients),
                        .curve_times = applied.model.baseline_time,
                        .curve = Matrix(patients.size(), applied.curve.columns),
                        .trained_here = applied.trained_here};
  for (std::size_t h = 0; h < applied.prediction.risk.columns; ++h) {
    auto risk = picked(applied.prediction.risk.column(h), patients);
    if (std::ranges::any_of(risk, [](double value) { return std::isnan(value); })) risk.clear();
    prediction.risk.push_back(std::move(risk));
  }
  for (std::size_t j = 0; j < applied.curve.columns; ++j)
    std::ranges::copy(picked(applied.curve.column(j), patients),
                      prediction.curve.column(j).begin());
  prediction.expected = expected_events(applied.model, prediction.linear_predictor, outcome.time);
  return prediction;
}

}  // namespace

AppliedModel apply_model(const std::filesystem::path& file, const std::string& name,
                         const Cohort& cohort, const AnalysisOptions& options) {
  AppliedModel applied{.name = name, .model = read_model(file)};
  const auto& model = applied.model;
  const std::string unit(options.time_unit ? to_string(*options.time_unit) : "");
  require(unit.empty() || model.time_unit.empty() || unit == model.time_unit,
          ErrorKind::invalid_settings,
          file.filename().string() + ": the model counts in " + model.time_unit + ", this run in " +
              unit + "; convert the column of times");
  require_same_extraction(model, cohort, options.cohort);
  applied.prediction = predict_risk(model, cohort, options.horizons);
  applied.curve = predict_risk(model, cohort, model.baseline_time).risk;
  applied.trained_here = is_trained_on(model, cohort);
  return applied;
}

ValidationData validation_data(const Cohort& cohort, const EndpointSpec& endpoint,
                               const std::vector<PredictionSpec>& specs,
                               const std::optional<AppliedModel>& model,
                               const AnalysisOptions& options) {
  const auto columns = columns_of(specs);
  AnalysisOptions numeric = options;
  numeric.factors = without(options.factors, columns);
  ModelFrame frame = model_frame(
      cohort, endpoint, {.variables = plain_variables(columns), .strata = options.strata}, numeric);
  const auto rows = predicted_rows(frame, model);
  require(!rows.empty(), ErrorKind::no_rows,
          endpoint.name +
              ": the model predicts for no patient with this outcome; every one lacks "
              "one of its variables");
  ValidationData data{.outcome = subset(frame.outcome, rows),
                      .n_missing = cohort.size() - rows.size(),
                      .warnings = frame.warnings};
  for (const auto k : rows) {
    data.patients.push_back(frame.patients[k]);
    if (!frame.strata.empty()) data.strata.push_back(frame.strata[k]);
  }
  require(data.outcome.events() > 0, ErrorKind::no_events,
          endpoint.name + ": no events in " + counted(rows.size(), "patient") +
              ": no prediction can be judged; survival curves are still available (km)");
  const ColumnReader reader(cohort, frame, rows);
  for (const auto& spec : specs)
    data.predictions.push_back(read_prediction(reader, spec, options.horizons.size()));
  if (model) data.predictions.push_back(predict(*model, data.patients, data.outcome));
  return data;
}

}  // namespace radiomics
