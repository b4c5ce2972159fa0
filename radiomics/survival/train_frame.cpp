#include "radiomics/survival/train_frame.h"

#include <algorithm>
#include <cmath>

#include "radiomics/cohort/column.h"
#include "radiomics/cohort/feature_columns.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/stability_file.h"

namespace radiomics {
namespace {

using Texts = std::vector<std::string>;

bool contains(const Texts& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

Texts forced_variables(const TrainOptions& options) {
  Texts forced;
  for (const auto* names : {&options.common.covariates, &options.forced})
    for (const auto& name : *names)
      if (!contains(forced, name)) forced.push_back(name);
  return forced;
}

/// Columns that must never be features, whatever the patterns say: outcomes, what divides the
/// patients, and factors, which are several columns each.
Texts never_features(const TrainOptions& options) {
  Texts names = outcome_columns(options.common.endpoints);
  names.insert(names.end(), {options.combat, options.folds});
  for (const auto& factor : options.common.factors) names.push_back(factor.name);
  return names;
}

FeatureColumns candidates(const Cohort& cohort, const TrainOptions& options, const Texts& forced) {
  Texts others = never_features(options);
  others.insert(others.end(), forced.begin(), forced.end());
  return feature_columns(cohort, options.common.feature_patterns, others);
}

FrameRequest request_of(const TrainFrame& train, const TrainOptions& options) {
  FrameRequest request;
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(request.variables, name, &VariableSpec::name) == request.variables.end())
      request.variables.push_back({.name = name, .logarithm = name == options.volume});
  };
  for (const auto& name : train.forced) add(name);
  if (!options.impute_median)
    for (const auto& name : train.features) add(name);
  for (const auto& name : options.preserve) add(name);
  for (const auto& name : {options.volume, options.diameter, options.combat, options.folds})
    if (!name.empty()) request.complete.push_back(name);
  return request;
}

/// The columns of a frame that its request made of some variables.
std::vector<std::size_t> columns_named(const ModelFrame& frame, const FrameRequest& request,
                                       const Texts& names) {
  std::vector<std::size_t> columns;
  for (const auto& name : names) {
    const auto found = std::ranges::find(request.variables, name, &VariableSpec::name);
    const auto k = std::size_t(found - request.variables.begin());
    for (const auto column : frame.columns_of(k, k + 1)) columns.push_back(column);
  }
  return columns;
}

/// A numeric column of the patients of a frame.
std::vector<double> numbers_of(const Cohort& cohort, const ModelFrame& frame,
                               const std::string& name) {
  const auto all = numbers(column(cohort, name), cohort.cells);
  std::vector<double> values;
  for (const auto patient : frame.patients) values.push_back(all[patient]);
  return values;
}

void take_logarithms(const Cohort& cohort, const ModelFrame& frame, const std::string& name,
                     std::span<double> values) {
  const Column cells = column(cohort, name);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = logarithm(values[i], cells, frame.patients[i]);
}

Matrix feature_values(const Cohort& cohort, const TrainFrame& train, const FeatureColumns& columns,
                      const TrainOptions& options) {
  const auto& frame = train.frame;
  if (!options.impute_median)
    return columns_of(
        frame.covariates,
        frame.columns_of(train.forced.size(), train.forced.size() + train.features.size()));
  Matrix values = rows_of(columns.values, frame.patients);
  for (std::size_t j = 0; j < train.features.size(); ++j)
    if (train.logarithm[j]) take_logarithms(cohort, frame, train.features[j], values.column(j));
  return values;
}

/// The groups of the patients of a frame by a column, numbered without gaps.
std::vector<int> groups_of(const Cohort& cohort, const ModelFrame& frame, const std::string& name,
                           const std::vector<FactorSpec>& factors, Texts* labels = nullptr) {
  const Grouping all = grouping_of(cohort, name, factors);
  std::vector<int> number(all.labels.size(), -1), groups;
  for (const auto patient : frame.patients) number[std::size_t(all.group[patient])] = 0;
  int next = 0;
  for (std::size_t label = 0; label < number.size(); ++label) {
    if (number[label] < 0) continue;
    number[label] = next++;
    if (labels) labels->push_back(all.labels[label]);
  }
  for (const auto patient : frame.patients)
    groups.push_back(number[std::size_t(all.group[patient])]);
  return groups;
}

void read_groups(const Cohort& cohort, const TrainOptions& options, TrainFrame& train) {
  const auto& factors = options.common.factors;
  if (!options.combat.empty())
    train.data.batch = groups_of(cohort, train.frame, options.combat, factors, &train.batch_labels);
  if (options.folds.empty()) return;
  train.folds = groups_of(cohort, train.frame, options.folds, factors);
  const int count = 1 + std::ranges::max(train.folds);
  require(count >= (options.lambda ? 2 : 3), ErrorKind::invalid_argument,
          train.frame.endpoint + ": " + counted(std::size_t(count), "fold") + " in '" +
              options.folds +
              "'; without each fold two others must be left to choose the penalty: give three or "
              "more, or --lambda");
}

/// Which features are on the list of stable ones, and their reliability.
void read_stability(const TrainOptions& options, TrainFrame& train) {
  if (options.stability.empty()) return;
  const StabilityTable table = read_stability_file(options.stability);
  std::size_t stable = 0;
  for (const auto& name : train.features) {
    const auto found = table.find(name);
    const bool keep = found != table.end() && found->second.keep;
    train.options.stable.push_back(keep);
    train.options.reliability.push_back(found == table.end() ? undefined : found->second.icc);
    stable += keep;
  }
  require(stable > 0 || !train.forced.empty(), ErrorKind::column_not_found,
          options.stability.filename().string() +
              ": none of the features is on its list of stable ones; it must name the columns of "
              "the features table");
}

std::vector<double> penalty_factors(const TrainOptions& options, const Texts& features) {
  if (options.penalty_factors.empty()) return {};
  std::vector<double> factors(features.size(), 1.0);
  for (const auto& [name, factor] : options.penalty_factors) {
    const auto found = std::ranges::find(features, name);
    require(found != features.end(), ErrorKind::column_not_found,
            "--penalty-factor: '" + one_line(name) + "' is none of the features; they are " +
                listed(features));
    factors[std::size_t(found - features.begin())] = factor;
  }
  return factors;
}

void set_options(const TrainOptions& options, TrainFrame& train) {
  auto& pipeline = train.options;
  pipeline.names = train.features;
  pipeline.untouched = train.logarithm;
  pipeline.penalty_factors = penalty_factors(options, train.features);
  pipeline.impute = options.impute_median;
  pipeline.residualise = options.residualise;
  pipeline.redundancy = options.redundancy;
  pipeline.linkage = options.linkage;
  pipeline.prefilter = options.prefilter.value_or(undefined);
  pipeline.penalty = {.alpha = options.penalty_mix,
                      .lambda_count = options.lambda_count,
                      .lambda_min_ratio = options.lambda_min_ratio,
                      .standardize = options.standardize,
                      .ties = options.common.ties};
  pipeline.lambda = options.lambda;
  pipeline.rule = options.lambda_rule;
  pipeline.inner_folds = options.inner_folds;
  pipeline.given_folds = train.folds;
  pipeline.seed = options.common.seed;
}

/// Who has the event is not known of those for whom the signature is made.
void refuse_outcomes(const TrainOptions& options, const Texts& names, const std::string& flag) {
  for (const auto& outcome : outcome_columns(options.common.endpoints))
    require(!contains(names, outcome), ErrorKind::invalid_argument,
            flag + ": '" + one_line(outcome) + "' is part of an outcome; leave it out");
}

void check(const TrainOptions& options) {
  require(options.common.ties != Ties::exact, ErrorKind::invalid_argument,
          "a penalised model has no exact ties; choose --ties breslow or efron");
  require(
      options.common.strata.empty(), ErrorKind::invalid_argument,
      "a signature has no strata; enter '" + join(options.common.strata, "', '") + "' by --forced");
  require(!options.residualise || !options.volume.empty(), ErrorKind::invalid_argument,
          "--residualise needs the volume; name its column with --volume");
  require(options.preserve.empty() || !options.combat.empty(), ErrorKind::invalid_argument,
          "--preserve is what ComBat leaves in the features; name the column of batches with "
          "--combat");
  refuse_outcomes(options, forced_variables(options), "--forced");
  refuse_outcomes(options, options.preserve, "--preserve");
}

}  // namespace

TrainFrame train_frame(const Cohort& cohort, const EndpointSpec& spec,
                       const TrainOptions& options) {
  check(options);
  TrainFrame train{.forced = forced_variables(options)};
  const FeatureColumns columns = candidates(cohort, options, train.forced);
  train.features = columns.names;
  for (const auto& name : train.features) train.logarithm.push_back(name == options.volume);
  const FrameRequest request = request_of(train, options);
  train.frame = model_frame(cohort, spec, request, options.common);
  auto& frame = train.frame;
  frame.warnings.insert(frame.warnings.end(), columns.warnings.begin(), columns.warnings.end());
  require_events(frame, 0, options.common.force);
  refuse_zero_times(cohort, frame);
  train.data.outcome = frame.outcome;
  train.data.features = feature_values(cohort, train, columns, options);
  train.data.forced = columns_of(frame.covariates, frame.columns_of(0, train.forced.size()));
  train.preserved = columns_named(frame, request, options.preserve);
  train.data.preserved = columns_of(frame.covariates, train.preserved);
  if (!options.volume.empty()) {
    train.data.log_volume = numbers_of(cohort, frame, options.volume);
    take_logarithms(cohort, frame, options.volume, train.data.log_volume);
  }
  if (!options.diameter.empty()) train.diameter = numbers_of(cohort, frame, options.diameter);
  read_groups(cohort, options, train);
  read_stability(options, train);
  set_options(options, train);
  return train;
}

}  // namespace radiomics
