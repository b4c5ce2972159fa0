// Applies a frozen model to patients.

#include <algorithm>
#include <cassert>
#include <cmath>

#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/extraction_settings.h"
#include "radiomics/survival/model_file.h"

namespace radiomics {
namespace {

/// The variables of a model, of all patients of a cohort.
struct Values {
  std::vector<std::vector<double>> numbers;  ///< per variable; empty for a factor
  std::vector<std::vector<int>> levels;      ///< per variable; empty for a number
};

void warn(RiskPrediction& result, WarningCode code, const Cohort& cohort, const std::string& name,
          const std::vector<std::size_t>& patients, const std::string& text) {
  if (patients.empty()) return;
  result.warnings.push_back({.code = code,
                             .message = column(cohort, name).place(patients[0]) + ": " + text +
                                        " in " + counted(patients.size(), "patient"),
                             .column = name,
                             .ids = ids_of(cohort, patients)});
}

std::vector<std::size_t> where(std::size_t count, const auto& condition) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < count; ++i)
    if (condition(i)) found.push_back(i);
  return found;
}

std::vector<double> read_numbers(const ModelVariable& variable, const PrognosticModel& model,
                                 const Cohort& cohort, RiskPrediction& result) {
  auto values = numbers(column(cohort, variable.name), cohort.cells);
  const auto missing = where(values.size(), [&](std::size_t i) { return std::isnan(values[i]); });
  warn(result, WarningCode::missing_values, cohort, variable.name, missing,
       model.impute_median ? "missing, the median of the training is taken"
                           : "missing, no prediction");
  if (model.impute_median)
    for (const auto i : missing) values[i] = variable.median;
  warn(result, WarningCode::extrapolation, cohort, variable.name,
       where(values.size(),
             [&](std::size_t i) { return values[i] < variable.low || values[i] > variable.high; }),
       "outside the range of the training (" + rounded_text(variable.low, 6) + " to " +
           rounded_text(variable.high, 6) + ")");
  return values;
}

std::vector<int> read_levels(const ModelVariable& variable, const Cohort& cohort,
                             RiskPrediction& result) {
  auto levels = group_by(column(cohort, variable.name), variable.levels, cohort.cells).group;
  warn(result, WarningCode::missing_values, cohort, variable.name,
       where(levels.size(), [&](std::size_t i) { return levels[i] < 0; }),
       "missing, no prediction");
  return levels;
}

std::size_t index_of(const PrognosticModel& model, const std::string& name) {
  const auto found = std::ranges::find(model.variables, name, &ModelVariable::name);
  return std::size_t(found - model.variables.begin());
}

/// The values of a column: a number, or 1 for those of the level; NaN where missing.
std::vector<double> values_of(const ModelTerm& term, const PrognosticModel& model,
                              const Values& values) {
  const std::size_t v = index_of(model, term.variable);
  const auto& labels = model.variables[v].levels;
  if (labels.empty()) return values.numbers[v];
  const int level = int(std::ranges::find(labels, term.level) - labels.begin());
  std::vector<double> indicator;
  for (const int one : values.levels[v])
    indicator.push_back(one < 0 ? undefined : double(one == level));
  return indicator;
}

/// Takes the batch effects out of the features that the model harmonises.
void harmonise(const ModelHarmonisation& combat, const PrognosticModel& model, const Cohort& cohort,
               Values& values) {
  const Column batches = column(cohort, combat.batch);
  CombatData data{.features = Matrix(cohort.size(), combat.features.size()),
                  .batch = group_by(batches, combat.labels, cohort.cells).group,
                  .covariates = Matrix(cohort.size(), combat.preserved.size())};
  for (std::size_t i = 0; i < cohort.size(); ++i)
    require(data.batch[i] >= 0, ErrorKind::batch_confounded,
            batches.place(i) +
                ": no batch; features can be harmonised for batches of the "
                "training only: " +
                one_line(join(combat.labels, ", ")));
  for (std::size_t j = 0; j < combat.features.size(); ++j)
    std::ranges::copy(values.numbers[index_of(model, combat.features[j])],
                      data.features.column(j).begin());
  for (std::size_t c = 0; c < combat.preserved.size(); ++c)
    std::ranges::copy(values_of(combat.preserved[c], model, values),
                      data.covariates.column(c).begin());
  const Matrix harmonised = apply_combat(combat.model, data).features;
  for (std::size_t j = 0; j < combat.features.size(); ++j)
    std::ranges::copy(harmonised.column(j),
                      values.numbers[index_of(model, combat.features[j])].begin());
}

void take_logarithms(const PrognosticModel& model, const Cohort& cohort, Values& values) {
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    if (!model.variables[v].logarithm) continue;
    for (std::size_t i = 0; i < cohort.size(); ++i) {
      double& number = values.numbers[v][i];
      if (number <= 0)
        throw Error(ErrorKind::invalid_argument,
                    column(cohort, model.variables[v].name).place(i) + ": " + to_text(number) +
                        " has no logarithm; correct it or leave the cell empty");
      number = std::log(number);
    }
  }
}

Values read_values(const PrognosticModel& model, const Cohort& cohort, RiskPrediction& result) {
  Values values{std::vector<std::vector<double>>(model.variables.size()),
                std::vector<std::vector<int>>(model.variables.size())};
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    const auto& variable = model.variables[v];
    if (variable.levels.empty())
      values.numbers[v] = read_numbers(variable, model, cohort, result);
    else
      values.levels[v] = read_levels(variable, cohort, result);
  }
  take_logarithms(model, cohort, values);  // of the volume, which is preserved as such
  if (model.harmonisation) harmonise(*model.harmonisation, model, cohort, values);
  return values;
}

void add_term(const PrognosticTerm& one, const PrognosticModel& model, const Values& values,
              std::vector<double>& sum) {
  const auto column = values_of(one.term, model, values);
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one.coefficient * column[i];
}

/// The cumulative hazard at the means, at a time within the follow-up.
double hazard_at(const PrognosticModel& model, double time) {
  const auto after = std::ranges::upper_bound(model.baseline_time, time);
  const auto steps = after - model.baseline_time.begin();
  return steps == 0 ? 0 : model.baseline_hazard[std::size_t(steps - 1)];
}

}  // namespace

RiskPrediction predict_risk(const PrognosticModel& model, const Cohort& cohort,
                            std::span<const double> horizons) {
  RiskPrediction result{.linear_predictor = std::vector<double>(cohort.size()),
                        .risk = Matrix(cohort.size(), horizons.size(), undefined)};
  const Values values = read_values(model, cohort, result);
  for (const auto& one : model.terms) add_term(one, model, values, result.linear_predictor);
  const double centre = model.linear_predictor_at_means();
  const double last = model.baseline_time.back();
  for (std::size_t k = 0; k < horizons.size(); ++k) {
    if (horizons[k] > last) {
      result.warnings.push_back({.code = WarningCode::beyond_follow_up,
                                 .message = "the training was followed to " + to_text(last) +
                                            ": no risk at " + to_text(horizons[k])});
      continue;
    }
    const double hazard = hazard_at(model, horizons[k]);
    for (std::size_t i = 0; i < cohort.size(); ++i)
      result.risk(i, k) = -std::expm1(-hazard * std::exp(result.linear_predictor[i] - centre));
  }
  return result;
}

std::vector<double> expected_events(const PrognosticModel& model,
                                    std::span<const double> linear_predictor,
                                    std::span<const double> times) {
  assert(linear_predictor.size() == times.size());
  const double centre = model.linear_predictor_at_means();
  std::vector<double> expected;
  for (std::size_t i = 0; i < times.size(); ++i)
    expected.push_back(hazard_at(model, times[i]) * std::exp(linear_predictor[i] - centre));
  return expected;
}

void require_same_extraction(const PrognosticModel& model, const Cohort& cohort,
                             const CohortOptions& options) {
  const std::string ours = model.extraction_settings;
  const std::string theirs = extraction_settings(cohort, options);
  if (ours.empty() || theirs.empty()) return;
  require(ours == theirs, ErrorKind::invalid_settings,
          options.features.filename().string() + ": extracted with settings " +
              theirs.substr(0, 12) + ", the model was trained on " + ours.substr(0, 12) +
              "; extract the features with the settings of the training");
}

}  // namespace radiomics
