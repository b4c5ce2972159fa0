#include "radiomics/survival/train_analysis.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "radiomics/cohort/resample_file.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/spearman.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/train_frame.h"
#include "radiomics/survival/train_model.h"

namespace radiomics {
namespace {

void warn(TrainResult& result, WarningCode code, const std::string& text,
          const std::string& column = "") {
  result.warnings.push_back(endpoint_warning(code, result.endpoint, text, column));
}

std::string names_at(const TrainResult& result, const std::vector<std::size_t>& features) {
  std::vector<std::string> names;
  for (const auto j : features) names.push_back(result.features[j]);
  return listed(names);
}

void warn_of_constant_columns(const TrainFrame& train, TrainResult& result) {
  const auto& forced = train.data.forced;
  for (std::size_t j = 0; j < forced.columns; ++j)
    if (is_constant(forced.column(j)))
      warn(result, WarningCode::constant,
           "'" + one_line(train.frame.terms[j].name) +
               "' is the same in all patients: its coefficient is 0",
           train.frame.terms[j].variable);
}

void warn_of_constants(TrainResult& result) {
  std::vector<std::size_t> constant;
  for (std::size_t j = 0; j < result.features.size(); ++j)
    if (result.signature.fate[j] == FeatureFate::constant) constant.push_back(j);
  if (!constant.empty())
    warn(result, WarningCode::constant,
         "left out, as (nearly) all patients have one value: " + names_at(result, constant),
         result.features[constant[0]]);
}

void warn_of_copies(const SignatureData& data, TrainResult& result) {
  std::map<std::vector<double>, std::size_t> first;
  std::vector<std::size_t> copies;
  for (std::size_t j = 0; j < result.features.size(); ++j) {
    const auto values = data.features.column(j);
    if (result.signature.fate[j] == FeatureFate::constant ||
        std::ranges::any_of(values, [](double value) { return std::isnan(value); }))
      continue;
    if (!first.emplace(std::vector<double>(values.begin(), values.end()), j).second)
      copies.push_back(j);
  }
  if (!copies.empty())
    warn(result, WarningCode::duplicate_feature,
         "copies of other features: " + names_at(result, copies), result.features[copies[0]]);
}

void warn_of_parameters(TrainResult& result) {
  const std::string counts = counted(std::size_t(result.events), "event") + " for " +
                             counted(result.parameters, "candidate parameter");
  if (result.parameters > 1 && std::size_t(result.events) <= result.parameters)
    warn(result, WarningCode::too_many_parameters,
         counts + ": only resampled performance says anything");
  else if (result.events_per_parameter < 10)
    warn(result, WarningCode::low_events_per_parameter,
         counts + " (" + rounded_text(result.events_per_parameter, 2) +
             " each): below 10, expect optimism");
}

void warn_of_resamples(TrainResult& result) {
  const auto& problems = result.validation.problems;
  for (std::size_t k = 1; k < problems.size(); ++k)
    if (problems[k] > 0)
      warn(result,
           SignatureProblem(k) == SignatureProblem::harmonisation ? WarningCode::resample_lost_level
                                                                  : WarningCode::no_convergence,
           counted(std::size_t(problems[k]), "resample") + " without a model (" +
               std::string(to_string(SignatureProblem(k))) + "), which count nowhere");
  if (result.validation.lost_columns > 0)
    warn(result, WarningCode::resample_lost_level,
         "a forced or preserved column did not vary in " +
             counted(std::size_t(result.validation.lost_columns), "resample") +
             "; its coefficient counts as 0 there");
}

std::string harmonisation_text(CombatProblem problem) {
  switch (problem) {
    case CombatProblem::one_batch:
      return "it holds one batch; leave --combat out";
    case CombatProblem::few_patients:
      return "not more patients than batches and preserved columns; preserve fewer";
    case CombatProblem::few_features:
      return "fewer than two features vary within every batch, and ComBat learns from several; "
             "leave --combat out";
    case CombatProblem::confounded_covariates:
      return "the batches determine a preserved column; leave it out of --preserve";
    case CombatProblem::small_batch:
    case CombatProblem::none:
      break;
  }
  return "every batch needs two patients or more; leave the others out";
}

/// Says why nothing could be fitted to all patients.
void refuse(const FittedSignature& signature, const TrainOptions& options,
            const std::string& endpoint) {
  switch (signature.problem) {
    case SignatureProblem::none:
      return;
    case SignatureProblem::harmonisation:
      throw Error(ErrorKind::batch_confounded,
                  endpoint + ": features cannot be harmonised by '" + options.combat +
                      "': " + harmonisation_text(signature.combat.problem));
    case SignatureProblem::no_convergence:
      throw Error(ErrorKind::no_convergence,
                  endpoint + ": the forced columns (" + listed(options.forced) +
                      ") separate the events: no finite fit; leave one out");
    default:
      throw Error(ErrorKind::no_events,
                  endpoint +
                      ": too few events to choose a penalty by cross-validation; give "
                      "--lambda");
  }
}

[[noreturn]] void refuse_confounded(const TrainFrame& train, const TrainOptions& options,
                                    const std::string& column) {
  throw Error(ErrorKind::batch_confounded,
              train.frame.endpoint + ": '" + options.combat + "' determines '" + one_line(column) +
                  "': their effects cannot be told apart; leave one out");
}

/// Refuses batches that tell what stays in the features, what is in the model, or the event.
void refuse_confounded_batches(const TrainFrame& train, const TrainOptions& options) {
  const auto& data = train.data;
  if (data.batch.empty()) return;
  for (std::size_t c = 0; c < data.preserved.columns; ++c)
    require(!is_constant(data.preserved.column(c)), ErrorKind::batch_confounded,
            train.frame.endpoint + ": '" + one_line(train.frame.terms[train.preserved[c]].name) +
                "' is the same in all patients: nothing to preserve; leave it out of --preserve");
  const auto preserved = confounded_covariates(data.batch, data.preserved);
  if (!preserved.empty())
    refuse_confounded(train, options, train.frame.terms[train.preserved[preserved[0]]].name);
  for (const auto c : confounded_covariates(data.batch, data.forced))
    if (!is_constant(data.forced.column(c)))
      refuse_confounded(train, options, train.frame.terms[c].name);
  Matrix event(data.size(), 1);
  std::ranges::copy(data.outcome.event, event.values.begin());
  if (!is_constant(event.values) && !confounded_covariates(data.batch, event).empty())
    refuse_confounded(train, options, "the event");
}

ValidationPlan plan_of(const TrainFrame& train, const TrainOptions& options, int threads) {
  const auto& outcome = train.data.outcome;
  ValidationPlan plan{.permutations = options.permutations,
                      .outer_folds = std::min(options.outer_folds, outcome.events()),
                      .keep_folds = !train.folds.empty(),
                      .conf_level = options.common.conf_level,
                      .threads = threads};
  if (plan.keep_folds) plan.folds = {train.folds};
  for (int r = 0; r < options.repeats && !plan.keep_folds && plan.outer_folds > 1; ++r)
    plan.folds.push_back(event_stratified_folds(outcome.event, plan.outer_folds,
                                                options.common.seed, std::uint32_t(r)));
  if (plan.folds.empty()) plan.permutations = 0;
  plan.resamples =
      options.resamples.empty()
          ? bootstrap_samples(outcome.size(), std::size_t(options.bootstrap), options.common.seed)
          : read_resamples(options.resamples, outcome.size());
  return plan;
}

/// The Cox model of some columns, without penalty, on the folds and resamples of the signature.
Baseline baseline_of(const TrainFrame& train, const std::string& name, const Matrix& columns,
                     const ValidationPlan& plan) {
  Baseline baseline{.name = name};
  const CoxData data{.outcome = train.data.outcome, .covariates = columns};
  const Ties ties = train.options.penalty.ties;
  double sum = 0;
  for (const auto& folds : plan.folds)
    sum += cross_validate_cox(data, folds, ties, plan.threads).mean;
  if (!plan.folds.empty()) baseline.nested_mean = sum / double(plan.folds.size());
  const auto bootstrap = bootstrap_cox(
      data, plan.resamples, {.ties = ties, .conf_level = plan.conf_level, .threads = plan.threads});
  baseline.apparent = bootstrap.apparent;
  baseline.optimism_corrected = bootstrap.corrected;
  baseline.est_632plus = bootstrap.estimate_632plus;
  return baseline;
}

Baseline size_baseline(const TrainFrame& train, const std::string& name,
                       const std::vector<double>& size, const std::vector<double>& score,
                       const ValidationPlan& plan) {
  Matrix column(size.size(), 1);
  column.values = size;
  Baseline baseline = baseline_of(train, name, column, plan);
  baseline.is_size = true;
  baseline.rho = spearman(size, score);
  const double r = pearson(size, score);
  baseline.r2 = r * r;
  return baseline;
}

void add_baselines(const TrainFrame& train, const TrainOptions& options, const ValidationPlan& plan,
                   TrainResult& result) {
  const auto score = linear_predictor(result.signature, train.data);
  if (train.data.forced.columns > 0)
    result.baselines.push_back(baseline_of(train, "forced columns", train.data.forced, plan));
  if (!train.data.log_volume.empty())
    result.baselines.push_back(
        size_baseline(train, "log(" + options.volume + ")", train.data.log_volume, score, plan));
  if (!train.diameter.empty())
    result.baselines.push_back(size_baseline(train, options.diameter, train.diameter, score, plan));
}

/// Sums over repetitions of log hazard ratios of the score per standard deviation.
struct MeanRatios {
  double alone = 0, adjusted = 0;
  int count = 0;
};

/// In units of the standard deviation within groups; as it is if there is none.
std::vector<double> scaled_within(std::vector<double> values, const std::vector<int>& group) {
  std::vector<double> mean(std::size_t(1 + std::ranges::max(group))), size(mean.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    mean[std::size_t(group[i])] += values[i];
    ++size[std::size_t(group[i])];
  }
  double squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto g = std::size_t(group[i]);
    squares += (values[i] - mean[g] / size[g]) * (values[i] - mean[g] / size[g]);
  }
  const double sd = std::sqrt(squares / (double(values.size()) - double(mean.size())));
  if (sd > 0)
    for (double& value : values) value /= sd;
  return values;
}

/// Adds the log hazard ratio of the score per standard deviation, alone and beside log volume.
/// Scores of different folds are not on one scale: folds are strata, and the standard deviation is
/// that within folds. A repetition without a score in every fold does not count.
void add_score(const TrainFrame& train, const std::vector<double>& score,
               const std::vector<int>& folds, MeanRatios& ratios) {
  if (std::ranges::any_of(score, [](double value) { return std::isnan(value); })) return;
  CoxData data{.outcome = train.data.outcome, .covariates = Matrix(score.size(), 2)};
  data.strata = folds;
  std::ranges::copy(scaled_within(score, folds), data.covariates.column(0).begin());
  std::ranges::copy(train.data.log_volume, data.covariates.column(1).begin());
  const CoxOptions cox{.ties = train.options.penalty.ties};
  const std::vector<std::size_t> alone{0};
  const CoxFit of_score = fit_cox(with_columns(data, alone), cox), of_both = fit_cox(data, cox);
  if (of_score.status[0] != TermStatus::ok || of_both.status[0] != TermStatus::ok) return;
  ratios.alone += of_score.coefficients[0];
  ratios.adjusted += of_both.coefficients[0];
  ++ratios.count;
}

/// Whether the score of patients not seen holds more than size: means over the repetitions.
void set_score_beside_volume(const TrainFrame& train, const ValidationPlan& plan,
                             TrainResult& result) {
  if (train.data.log_volume.empty()) return;
  MeanRatios ratios;
  for (std::size_t r = 0; r < plan.folds.size(); ++r)
    add_score(train, result.validation.nested.repeats[r].linear_predictor, plan.folds[r], ratios);
  if (ratios.count == 0) return;
  result.score_ratio = std::exp(ratios.alone / ratios.count);
  result.score_ratio_beside_volume = std::exp(ratios.adjusted / ratios.count);
}

TrainResult train_endpoint(const Cohort& cohort, const EndpointSpec& spec,
                           const TrainOptions& options, int threads) {
  const TrainFrame train = train_frame(cohort, spec, options);
  refuse_confounded_batches(train, options);
  TrainResult result{.endpoint = spec.name,
                     .n = train.frame.size(),
                     .events = train.frame.events(),
                     .n_missing = train.frame.n_missing,
                     .features = train.features,
                     .logarithm = train.logarithm,
                     .parameters = train.features.size() + train.data.forced.columns,
                     .warnings = train.frame.warnings};
  if (result.parameters > 0)
    result.events_per_parameter = double(result.events) / double(result.parameters);
  std::vector<std::size_t> everybody(train.data.size());
  std::iota(everybody.begin(), everybody.end(), std::size_t{0});
  result.signature = fit_signature(train.data, everybody, train.options);
  refuse(result.signature, options, spec.name);
  const ValidationPlan plan = plan_of(train, options, threads);
  result.validation = validate_signature(train.data, result.signature, train.options, plan);
  add_baselines(train, options, plan, result);
  set_score_beside_volume(train, plan, result);
  result.model = model_of(train, result.signature, cohort, spec, options);
  warn_of_constant_columns(train, result);
  warn_of_constants(result);
  warn_of_copies(train.data, result);
  warn_of_parameters(result);
  warn_of_resamples(result);
  return result;
}

}  // namespace

std::string TrainResult::feature_label(std::size_t feature) const {
  return logarithm[feature] ? "log(" + features[feature] + ")" : features[feature];
}

std::vector<PrognosticTerm> TrainResult::selected_terms() const {
  std::vector<PrognosticTerm> terms;
  for (const auto& one : model.terms)
    if (one.coefficient != 0) terms.push_back(one);
  return terms;
}

TrainAnalysis analyse_train(const TrainOptions& options, int threads) {
  TrainAnalysis analysis{.cohort = read_cohort(options.common.cohort), .results = {}};
  analysis.results =
      for_each_endpoint<TrainResult>(options.common.endpoints, 1, [&](const EndpointSpec& spec) {
        return train_endpoint(analysis.cohort, spec, options, threads);
      });
  return analysis;
}

}  // namespace radiomics
