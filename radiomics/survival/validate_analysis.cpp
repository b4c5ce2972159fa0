#include "radiomics/survival/validate_analysis.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "radiomics/cohort/resample_file.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/censoring_weights.h"
#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/survival/endpoint_results.h"

namespace radiomics {
namespace {

constexpr const char* model_name = "model";

HorizonScores scores_at(const SurvivalData& data, const Prediction& prediction, std::size_t h,
                        const AnalysisOptions& options) {
  const double time = options.horizons[h];
  HorizonScores scores{.time = time,
                       .auc = auc_at(data, prediction.linear_predictor, time, options.conf_level)};
  if (!prediction.risk[h].empty())
    scores.brier = brier_score(data, prediction.risk[h], time, options.conf_level);
  return scores;
}

CalibrationResult calibrate(const ValidationData& data, const Prediction& prediction,
                            const ValidateOptions& options) {
  const double level = options.common.conf_level;
  CalibrationResult result;
  result.slope = calibration_slope(data.outcome, prediction.linear_predictor, options.common.ties,
                                   level, data.strata);
  if (!prediction.expected.empty())
    result.poisson =
        poisson_calibration(data.outcome, prediction.linear_predictor, prediction.expected, level);
  return result;
}

void calibrate_at(const SurvivalData& data, const Prediction& prediction, std::size_t h,
                  const ValidateOptions& options, CalibrationResult& result) {
  result.time = options.common.horizons[h];
  const auto& risk = prediction.risk[h];
  const auto survival =
      at_horizon(kaplan_meier(data, {.conf_level = options.common.conf_level}), result.time);
  result.totals.observed = 1 - survival.estimate;
  result.observed_limits = {1 - survival.conf_high, 1 - survival.conf_low};
  if (risk.empty()) return;
  result.predicted = risk;
  result.totals = observed_expected(data, risk, result.time);
  result.groups =
      calibration_groups(data, risk, result.time, options.groups, options.common.conf_level);
  result.curve = calibration_curve(data, risk, result.time, 4, options.common.ties);
}

void discriminate(const ValidationData& data, const Prediction& prediction,
                  const AnalysisOptions& options, ValidatedPrediction& result) {
  const auto c = [&](const ConcordanceOptions& pairs) {
    return concordance(data.outcome, prediction.linear_predictor, pairs, data.strata);
  };
  ConcordanceOptions pairs{.conf_level = options.conf_level};
  result.concordance = c(pairs);
  pairs.weights = PairWeights::uno;
  result.uno = c(pairs);
  pairs.tau = options.truncation();
  if (!pairs.tau) return;
  result.uno_tau = c(pairs);
  pairs.weights = PairWeights::harrell;
  result.concordance_tau = c(pairs);
}

BootstrappedConcordance bootstrap(const ValidationData& data, const Prediction& prediction,
                                  const std::vector<Resample>& resamples,
                                  const AnalysisOptions& options, int threads) {
  const auto over_resamples = [&](const ConcordanceOptions& pairs) {
    return bootstrap_concordance(data.outcome, prediction.linear_predictor, resamples, pairs,
                                 data.strata, threads);
  };
  ConcordanceOptions pairs{.conf_level = options.conf_level};
  BootstrappedConcordance result{.concordance = over_resamples(pairs)};
  pairs.weights = PairWeights::uno;
  result.uno = over_resamples(pairs);
  pairs.tau = options.truncation();
  if (pairs.tau) result.uno_tau = over_resamples(pairs);
  return result;
}

ValidatedPrediction validate(const ValidationData& patients, const Prediction& prediction,
                             const ValidateOptions& options) {
  const SurvivalData& data = patients.outcome;
  ValidatedPrediction result{.name = prediction.name};
  discriminate(patients, prediction, options.common, result);
  const auto calibration = calibrate(patients, prediction, options);
  result.apparent = is_apparent(prediction, calibration.slope);
  const auto& horizons = options.common.horizons;
  for (std::size_t h = 0; h < horizons.size(); ++h) {
    result.horizons.push_back(scores_at(data, prediction, h, options.common));
    result.calibration.push_back(calibration);
    calibrate_at(data, prediction, h, options, result.calibration.back());
    if (options.thresholds.empty() || prediction.risk[h].empty()) continue;
    result.decision.push_back(
        {.time = horizons[h],
         .model = decision_curve(data, prediction.risk[h], horizons[h], options.thresholds),
         .treat_all = treat_all(data, horizons[h], options.thresholds)});
  }
  if (horizons.empty()) result.calibration.push_back(calibration);
  const auto tau = options.common.truncation();
  if (tau && !prediction.curve_times.empty() && *tau <= prediction.curve_times.back())
    result.integrated = integrated_brier(data, prediction.curve_times, prediction.curve, *tau);
  return result;
}

/// What a pair of predictions is compared on.
struct Pair {
  std::size_t reference, model;
};

ComparedPredictions compare(const ValidationData& data, const Pair& pair,
                            const std::vector<ValidatedPrediction>& validated,
                            const ValidateOptions& options) {
  const double level = options.common.conf_level;
  const auto& first = validated[pair.reference];
  const auto& second = validated[pair.model];
  ComparedPredictions result{.reference = pair.reference, .model = pair.model};
  result.concordance = concordance_difference(first.concordance, second.concordance, level);
  for (std::size_t h = 0; h < first.horizons.size(); ++h) {
    ComparedScores scores{.time = first.horizons[h].time};
    scores.auc = difference(first.horizons[h].auc.auc, second.horizons[h].auc.auc, level);
    if (!data.predictions[pair.reference].risk[h].empty() &&
        !data.predictions[pair.model].risk[h].empty())
      scores.brier =
          difference(first.horizons[h].brier.brier, second.horizons[h].brier.brier, level);
    result.horizons.push_back(scores);
  }
  if (result.horizons.empty()) result.horizons.emplace_back();
  return result;
}

void compare_all(const ValidationData& data, const std::vector<Resample>& resamples,
                 const ValidateOptions& options, int threads, ValidateResult& result) {
  const std::size_t count = data.predictions.size();
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = i + 1; j < count; ++j) {
      result.comparisons.push_back(compare(data, {i, j}, result.predictions, options));
      if (resamples.empty()) continue;
      result.comparisons.back().bootstrap = bootstrap_concordance_difference(
          data.outcome, data.predictions[i].linear_predictor, data.predictions[j].linear_predictor,
          resamples, {.conf_level = options.common.conf_level, .threads = threads}, data.strata);
    }
}

void warn(ValidateResult& result, WarningCode code, const std::string& text) {
  result.warnings.push_back(endpoint_warning(code, result.endpoint, text));
}

/// Refuses an endpoint of which no horizon can be weighted; warns of single ones.
void check_weights(const SurvivalData& data, const std::vector<double>& horizons,
                   ValidateResult& result) {
  const CensoringCurve censoring(data);
  std::vector<double> unusable;
  for (const double time : horizons)
    if (censoring.at(time) == 0) unusable.push_back(time);
  if (unusable.empty()) return;
  const std::string text =
      "everybody still followed is censored by " + join(unusable, ", ") +
      ": AUC and Brier score are undefined there; the largest usable time is " +
      to_text(censoring.last_usable_time());
  require(unusable.size() < horizons.size(), ErrorKind::undefined_weight,
          result.endpoint + ": " + text);
  warn(result, WarningCode::undefined_weight, text);
}

void warn_of_follow_up(const SurvivalData& data, const std::vector<double>& horizons,
                       ValidateResult& result) {
  const auto curve = kaplan_meier(data);
  std::vector<double> beyond;
  for (const double time : horizons)
    if (at_horizon(curve, time).beyond_follow_up) beyond.push_back(time);
  if (!beyond.empty())
    warn(result, WarningCode::beyond_follow_up,
         "followed to " + to_text(curve.table.time.back()) + ": nothing is observed at " +
             join(beyond, ", "));
}

ValidateResult validate_endpoint(const Cohort& cohort, const EndpointSpec& spec,
                                 const std::optional<AppliedModel>& model,
                                 const ValidateOptions& options, int threads) {
  const auto data = validation_data(cohort, spec, options.predictions, model, options.common);
  ValidateResult result{.endpoint = spec.name,
                        .n = data.outcome.size(),
                        .events = data.outcome.events(),
                        .n_missing = data.n_missing,
                        .warnings = data.warnings};
  check_weights(data.outcome, options.common.horizons, result);
  warn_of_follow_up(data.outcome, options.common.horizons, result);
  const auto resamples =
      resamples_of(options.resamples, options.bootstrap, data.outcome.size(), options.common.seed);
  for (const auto& prediction : data.predictions) {
    result.predictions.push_back(validate(data, prediction, options));
    if (!resamples.empty())
      result.predictions.back().bootstrap =
          bootstrap(data, prediction, resamples, options.common, threads);
  }
  compare_all(data, resamples, options, threads, result);
  for (const auto& variable : options.subgroups)
    result.subgroups.push_back(
        judge_subgroups(cohort, variable, spec.name, data, options.common, result.warnings));
  return result;
}

}  // namespace

void ValidateOptions::check() const {
  require(!predictions.empty() || !model.empty(), ErrorKind::invalid_argument,
          "nothing to validate; give --prediction or --model");
  std::set<std::string> names;
  if (!model.empty()) names.insert(model_name);
  bool has_risks = !model.empty();
  for (const auto& prediction : predictions) {
    require(names.insert(prediction.name).second, ErrorKind::invalid_argument,
            "two predictions have the name '" + prediction.name + "'; rename one");
    const auto count = prediction.risks.size();
    require(count == 0 || count == common.horizons.size(), ErrorKind::invalid_argument,
            "prediction '" + prediction.name + "' has " + counted(count, "risk") + " for " +
                counted(common.horizons.size(), "horizon") + "; give one per --horizon");
    has_risks = has_risks || count > 0;
  }
  for (const auto& variable : subgroups)
    require(std::ranges::count(subgroups, variable) == 1 && !variable.empty(),
            ErrorKind::invalid_argument,
            variable.empty() ? "--subgroup: a name is empty"
                             : "--subgroup: '" + one_line(variable) + "' comes twice");
  require(groups >= 2, ErrorKind::invalid_argument, "--groups has to be 2 or more");
  for (const double threshold : thresholds)
    require(threshold > 0 && threshold < 1, ErrorKind::invalid_argument,
            "--thresholds: " + to_text(threshold) + " is not between 0 and 1");
  require(thresholds.empty() || (has_risks && !common.horizons.empty()),
          ErrorKind::invalid_argument,
          "--thresholds need predicted risks and their --horizon: there is no decision without");
}

std::vector<AnalysisWarning> ValidateAnalysis::warnings() const {
  auto all = all_warnings(cohort, results);
  all.insert(all.begin() + std::ptrdiff_t(cohort.warnings.size()), model_warnings.begin(),
             model_warnings.end());
  return all;
}

bool is_apparent(const Prediction& prediction, const CalibrationSlope& slope) {
  constexpr double six_digits = 1e-6;
  return prediction.trained_here || std::abs(slope.slope.estimate - 1) < six_digits;
}

ValidateAnalysis analyse_validate(const ValidateOptions& options, int threads) {
  options.check();
  ValidateAnalysis analysis{.cohort = read_cohort(options.common.cohort)};
  std::optional<AppliedModel> model;
  if (!options.model.empty()) {
    model = apply_model(options.model, model_name, analysis.cohort, options.common);
    analysis.model_warnings = model->prediction.warnings;
  }
  analysis.results = for_each_endpoint<ValidateResult>(
      options.common.endpoints, threads, [&](const EndpointSpec& spec) {
        return validate_endpoint(analysis.cohort, spec, model, options, threads);
      });
  return analysis;
}

}  // namespace radiomics
