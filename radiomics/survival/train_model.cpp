#include "radiomics/survival/train_model.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/statistics/cox_baseline.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/survival/extraction_settings.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {
namespace {

/// Collects terms and the variables that they need.
class Builder {
 public:
  Builder(const TrainFrame& train, const TrainOptions& options, PrognosticModel& model)
      : train_(train), options_(options), model_(model) {}

  void add_forced(std::size_t column, double coefficient) {
    add_variable(column);
    add_term(train_.frame.terms[column], coefficient, train_.data.forced.column(column));
  }

  /// The variable of a column of the frame, if the model does not have it.
  void add_variable(std::size_t column) {
    if (!has_variable(train_.frame.terms[column].variable))
      model_.variables.push_back(variable_of(column));
  }

  void add_feature(std::size_t feature, double coefficient, std::span<const double> prepared) {
    const std::string& name = train_.features[feature];
    const bool logarithm = train_.logarithm[feature];
    if (!has_variable(name))
      model_.variables.push_back(
          numeric_variable(name, logarithm, train_.data.features.column(feature)));
    add_term({.name = logarithm ? "log(" + name + ")" : name, .variable = name}, coefficient,
             prepared);
  }

  /// What residuals take out, added to a term of the volume if there is one.
  void add_volume(double coefficient) {
    const auto found = std::ranges::find_if(model_.terms, [this](const PrognosticTerm& one) {
      return one.term.variable == options_.volume;
    });
    if (found != model_.terms.end()) {
      found->coefficient += coefficient;
      return;
    }
    if (!has_variable(options_.volume))
      model_.variables.push_back(numeric_variable(options_.volume, true, train_.data.log_volume));
    add_term({.name = "log(" + options_.volume + ")", .variable = options_.volume}, coefficient,
             train_.data.log_volume);
  }

 private:
  bool has_variable(const std::string& name) const {
    return std::ranges::find(model_.variables, name, &ModelVariable::name) !=
           model_.variables.end();
  }

  ModelVariable variable_of(std::size_t column) const {
    const ModelTerm& term = train_.frame.terms[column];
    if (term.level.empty())
      return numeric_variable(term.variable, term.variable == options_.volume,
                              train_.frame.covariates.column(column));
    ModelVariable variable{.name = term.variable};
    for (const auto& count : train_.frame.levels)
      if (count.variable == term.variable) variable.levels.push_back(count.level);
    return variable;
  }

  static ModelVariable numeric_variable(const std::string& name, bool logarithm,
                                        std::span<const double> values) {
    const auto in_table = [logarithm](double value) { return logarithm ? std::exp(value) : value; };
    ModelVariable variable{.name = name, .logarithm = logarithm};
    for (const double value : values) {
      // exp(log x) may be a digit off x: a patient of the training is never outside its range.
      const double slack = logarithm ? 1e-12 * in_table(value) : 0;
      variable.low = std::fmin(variable.low, in_table(value) - slack);
      variable.high = std::fmax(variable.high, in_table(value) + slack);
    }
    variable.median = in_table(sample_quantile(values, 0.5));
    return variable;
  }

  void add_term(const ModelTerm& term, double coefficient, std::span<const double> values) {
    PrognosticTerm one{.term = term, .coefficient = coefficient};
    const auto count = double(values.size());
    double mean = 0, squares = 0;
    bool few_values = true;
    for (const double value : values) {
      mean += value / count;
      few_values = few_values && (value == 0 || std::abs(value) == 1);
    }
    for (const double value : values) squares += (value - mean) * (value - mean);
    one.mean = few_values ? 0 : mean;
    one.sd = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
    model_.terms.push_back(one);
  }

  const TrainFrame& train_;
  const TrainOptions& options_;
  PrognosticModel& model_;
};

/// The part of the harmonisation that the features of the model need.
ModelHarmonisation harmonisation_of(const TrainFrame& train, const FittedSignature& signature,
                                    const std::string& batch) {
  ModelHarmonisation result{.batch = batch, .labels = train.batch_labels};
  for (const auto column : train.preserved) result.preserved.push_back(train.frame.terms[column]);
  std::vector<std::size_t> kept;
  for (std::size_t k = 0; k < signature.harmonised.size(); ++k) {
    const std::size_t feature = signature.harmonised[k];
    if (signature.coefficients[feature] == 0) continue;
    kept.push_back(k);
    result.features.push_back(train.features[feature]);
    result.model.intercepts.push_back(signature.combat.intercepts[k]);
    result.model.scales.push_back(signature.combat.scales[k]);
    result.model.adjusted.push_back(signature.combat.adjusted[k]);
  }
  result.model.batches = signature.combat.batches;
  result.model.coefficients = columns_of(signature.combat.coefficients, kept);
  result.model.locations = columns_of(signature.combat.locations, kept);
  result.model.variances = columns_of(signature.combat.variances, kept);
  return result;
}

void add_terms(const TrainFrame& train, const FittedSignature& signature,
               const TrainOptions& options, PrognosticModel& model) {
  Builder builder(train, options, model);
  for (std::size_t j = 0; j < signature.forced_coefficients.size(); ++j)
    builder.add_forced(j, signature.forced_coefficients[j]);
  const Matrix prepared = prepared_features(signature, train.data);
  for (const auto j : signature.selected())
    builder.add_feature(j, signature.coefficients[j], prepared.column(j));
  if (signature.volume_coefficient != 0) builder.add_volume(signature.volume_coefficient);
  if (options.combat.empty()) return;
  model.harmonisation = harmonisation_of(train, signature, options.combat);
  if (model.harmonisation->features.empty())
    model.harmonisation.reset();  // new patients need no batch then
  else
    for (const auto column : train.preserved) builder.add_variable(column);
}

/// The baseline at the means of the terms, by an offset that is 0 there.
void add_baseline(const TrainFrame& train, const FittedSignature& signature, Ties ties,
                  PrognosticModel& model) {
  std::vector<double> score = linear_predictor(signature, train.data);
  model.median_linear_predictor = sample_quantile(score, 0.5);
  const double centre = model.linear_predictor_at_means();
  for (double& value : score) value -= centre;
  CoxFit no_terms;
  no_terms.ties = ties;
  const auto baseline = cox_baseline(
      no_terms,
      {.outcome = train.data.outcome, .covariates = Matrix(train.data.size(), 0), .offset = score});
  model.baseline_time = baseline[0].time;
  model.baseline_hazard = baseline[0].at_means;
}

}  // namespace

PrognosticModel model_of(const TrainFrame& train, const FittedSignature& signature,
                         const Cohort& cohort, const EndpointSpec& spec,
                         const TrainOptions& options) {
  const auto& common = options.common;
  PrognosticModel model{
      .program_version = program_version(),
      .endpoint = spec,
      .time_unit = common.time_unit ? std::string(to_string(*common.time_unit)) : "",
      .n = train.frame.size(),
      .events = train.frame.events(),
      .extraction_settings = extraction_settings(cohort, common.cohort),
      .seed = common.seed,
      .ties = common.ties,
      .alpha = options.penalty_mix,
      .lambda = signature.lambda,
      .impute_median = options.impute_median};
  for (const auto& table : cohort.tables)
    model.inputs.push_back({table.role, table.file, table.sha256});
  add_terms(train, signature, options, model);
  add_baseline(train, signature, common.ties, model);
  return model;
}

}  // namespace radiomics
