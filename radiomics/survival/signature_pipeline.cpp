#include "radiomics/survival/signature_pipeline.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/cross_validation.h"
#include "radiomics/statistics/random_stream.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/statistics/spearman.h"

namespace radiomics {
namespace {

using Rows = std::vector<std::size_t>;

/// A fit under way: the training rows as they are after the steps so far.
struct Training {
  const SignatureOptions& options;
  std::span<const std::size_t> rows;
  SurvivalData outcome;
  Matrix features;
  Matrix forced;
  std::vector<double> log_volume;
  FittedSignature& fitted;

  bool is_left(std::size_t feature) const {
    return fitted.fate[feature] == FeatureFate::not_selected;
  }
  Rows left() const {
    Rows features_left;
    for (std::size_t j = 0; j < features.columns; ++j)
      if (is_left(j)) features_left.push_back(j);
    return features_left;
  }
};

template <class Value>
std::vector<Value> entries(const std::vector<Value>& values, std::span<const std::size_t> rows) {
  std::vector<Value> part;
  if (!values.empty())
    for (const auto row : rows) part.push_back(values[row]);
  return part;
}

void fill_gaps(std::span<double> values, double median) {
  for (double& value : values)
    if (std::isnan(value)) value = median;
}

void drop_unstable(Training& training) {
  const auto& stable = training.options.stable;
  for (std::size_t j = 0; j < stable.size(); ++j)
    if (!stable[j]) training.fitted.fate[j] = FeatureFate::unstable;
}

void impute(Training& training) {
  training.fitted.medians.assign(training.features.columns, undefined);
  if (!training.options.impute) return;
  for (std::size_t j = 0; j < training.features.columns; ++j) {
    const double median = sample_quantile(training.features.column(j), 0.5);
    training.fitted.medians[j] = median;
    fill_gaps(training.features.column(j), median);
  }
}

/// The share of the most frequent value; 1 if one is missing.
double largest_share(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  if (std::ranges::any_of(sorted, [](double value) { return !std::isfinite(value); })) return 1;
  std::ranges::sort(sorted);
  std::size_t most = 0, run = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
    most = std::max(most, run);
  }
  return double(most) / double(sorted.size());
}

void drop_constant(Training& training) {
  for (const auto j : training.left()) {
    const auto values = training.features.column(j);
    const auto [least, most] = std::ranges::minmax(values);
    if (least == most || largest_share(values) > training.options.near_constant)
      training.fitted.fate[j] = FeatureFate::constant;
  }
}

bool is_untouched(const SignatureOptions& options, std::size_t feature) {
  return !options.untouched.empty() && options.untouched[feature];
}

/// Learns the effects of the batches on the training rows and takes them out.
void harmonise(Training& training, const std::vector<int>& batch) {
  if (batch.empty()) return;
  for (const auto j : training.left())
    if (!is_untouched(training.options, j)) training.fitted.harmonised.push_back(j);
  const auto& columns = training.fitted.harmonised;
  const CombatData data{.features = columns_of(training.features, columns), .batch = batch};
  training.fitted.combat = fit_combat(data);
  if (training.fitted.combat.problem != CombatProblem::none) {
    training.fitted.problem = SignatureProblem::harmonisation;
    return;
  }
  const Matrix harmonised = apply_combat(training.fitted.combat, data).features;
  for (std::size_t k = 0; k < columns.size(); ++k)
    std::ranges::copy(harmonised.column(k), training.features.column(columns[k]).begin());
}

/// Least squares of a feature on log volume: takes the slope out and returns it.
double take_out(std::span<double> values, std::span<const double> log_volume) {
  const auto count = double(values.size());
  const double centre = std::accumulate(log_volume.begin(), log_volume.end(), 0.0) / count;
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    products += (log_volume[i] - centre) * (values[i] - mean);
    squares += (log_volume[i] - centre) * (log_volume[i] - centre);
  }
  const double slope = squares > 0 ? products / squares : 0;
  for (std::size_t i = 0; i < values.size(); ++i) values[i] -= slope * (log_volume[i] - centre);
  return slope;
}

void residualise(Training& training) {
  training.fitted.volume_slope.assign(training.features.columns, 0);
  if (!training.options.residualise || training.log_volume.empty()) return;
  for (const auto j : training.left())
    if (!is_untouched(training.options, j))
      training.fitted.volume_slope[j] = take_out(training.features.column(j), training.log_volume);
}

void drop_redundant(Training& training) {
  auto& fitted = training.fitted;
  fitted.cluster.assign(training.features.columns, -1);
  const auto& options = training.options;
  const Rows left = training.left();
  if (options.redundancy >= 1 || left.empty()) return;
  const Matrix values = columns_of(training.features, left);
  const Matrix correlations = spearman_matrix(values);
  Rows kept;
  if (options.linkage) {
    const auto clusters = cluster_variables(correlations, 1 - options.redundancy, *options.linkage);
    const auto with_volume = training.log_volume.empty()
                                 ? std::vector<double>{}
                                 : spearman_with(values, training.log_volume);
    const auto reliability = entries(options.reliability, left);
    const auto names = entries(options.names, left);
    kept = kept_per_cluster(
        clusters, {.reliability = reliability, .volume_correlation = with_volume, .names = names});
    for (std::size_t k = 0; k < left.size(); ++k) fitted.cluster[left[k]] = clusters[k];
  } else {
    kept = greedily_kept(correlations, options.redundancy);
  }
  for (const auto j : left) fitted.fate[j] = FeatureFate::redundant;
  for (const auto k : kept) fitted.fate[left[k]] = FeatureFate::not_selected;
}

void prefilter(Training& training) {
  if (std::isnan(training.options.prefilter)) return;
  const CoxRiskSets sets = cox_risk_sets(training.outcome);
  for (const auto j : training.left()) {
    const Matrix alone = columns_of(training.features, Rows{j});
    const CoxFit fit = fit_cox(sets, alone, {}, {.ties = training.options.penalty.ties});
    if (!(fit.likelihood_ratio.p_value <= training.options.prefilter))
      training.fitted.fate[j] = FeatureFate::prefiltered;
  }
}

/// Numbers from 0 without gaps. \return how many there are
int renumber(std::vector<int>& folds) {
  std::vector<int> used = folds;
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());
  for (int& fold : folds) fold = int(std::ranges::lower_bound(used, fold) - used.begin());
  return int(used.size());
}

/// An inner fold for each training row, the same for copies of a patient; empty if there cannot be
/// two.
std::vector<int> inner_folds(const Training& training, std::uint32_t fit) {
  const auto& options = training.options;
  if (!options.given_folds.empty()) {
    std::vector<int> folds = entries(options.given_folds, training.rows);
    return renumber(folds) < 2 ? std::vector<int>{} : folds;
  }
  Rows patients(training.rows.begin(), training.rows.end());
  std::ranges::sort(patients);
  patients.erase(std::unique(patients.begin(), patients.end()), patients.end());
  const auto index_of = [&patients](std::size_t row) {
    return std::size_t(std::ranges::lower_bound(patients, row) - patients.begin());
  };
  std::vector<std::uint8_t> event(patients.size());
  for (std::size_t i = 0; i < training.rows.size(); ++i)
    event[index_of(training.rows[i])] = training.outcome.event[i];
  const int events = std::accumulate(event.begin(), event.end(), 0);
  const int count = std::min(options.inner_folds, events);
  if (count < 2) return {};
  RandomStream random(options.seed, stream_of(StreamUse::inner_folds, fit));
  const auto of_patient = event_stratified_folds(event, count, random);
  std::vector<int> folds;
  for (const auto row : training.rows) folds.push_back(of_patient[index_of(row)]);
  return folds;
}

/// The lambda and its place in the path; sets the problem if there is none.
std::size_t choose_lambda(Training& training, const Matrix& columns,
                          const PenalisedCoxOptions& penalty, std::uint32_t fit) {
  auto& fitted = training.fitted;
  const auto& lambdas = fitted.path.lambda;
  if (lambdas.size() < 2) return 0;
  const auto folds = inner_folds(training, fit);
  if (folds.empty()) {
    fitted.problem = SignatureProblem::no_inner_folds;
    return 0;
  }
  fitted.cv = cross_validate_penalised_cox(training.outcome, columns, lambdas, folds, penalty);
  const double chosen =
      training.options.rule == LambdaRule::best ? fitted.cv.lambda_best : fitted.cv.lambda_1se;
  // Without a fold that has a solution the largest penalty is taken: nothing is selected.
  const auto found = std::ranges::find(lambdas, chosen);
  return found == lambdas.end() ? 0 : std::size_t(found - lambdas.begin());
}

PenalisedCoxOptions penalty_of(const Training& training) {
  PenalisedCoxOptions penalty = training.options.penalty;
  penalty.penalty_factors =
      training.options.penalty_factors.empty()
          ? std::vector<double>(training.fitted.candidates.size(), 1.0)
          : entries(training.options.penalty_factors, training.fitted.candidates);
  penalty.penalty_factors.resize(penalty.penalty_factors.size() + training.forced.columns, 0.0);
  if (training.options.lambda) penalty.lambdas = {*training.options.lambda};
  return penalty;
}

void take_coefficients(Training& training, std::size_t place) {
  auto& fitted = training.fitted;
  const auto values = fitted.path.coefficients_at(place);
  for (std::size_t k = 0; k < fitted.candidates.size(); ++k) {
    const std::size_t j = fitted.candidates[k];
    fitted.coefficients[j] = values[k];
    if (values[k] != 0) fitted.fate[j] = FeatureFate::selected;
    fitted.volume_coefficient -= values[k] * fitted.volume_slope[j];
  }
  const auto forced = values.subspan(fitted.candidates.size());
  fitted.forced_coefficients.assign(forced.begin(), forced.end());
  fitted.lambda = fitted.path.lambda[place];
  fitted.log_likelihood = fitted.path.log_likelihood[place];
}

std::vector<double> deviations(const Matrix& columns) {
  std::vector<double> result;
  for (std::size_t j = 0; j < columns.columns; ++j) {
    double mean = 0, squares = 0;
    for (const double value : columns.column(j)) mean += value / double(columns.rows);
    for (const double value : columns.column(j)) squares += (value - mean) * (value - mean);
    result.push_back(std::sqrt(squares / double(columns.rows)));
  }
  return result;
}

void fit_penalised(Training& training, std::uint32_t fit) {
  auto& fitted = training.fitted;
  fitted.candidates = training.left();
  fitted.coefficients.assign(training.features.columns, 0);
  const Matrix columns = beside(columns_of(training.features, fitted.candidates), training.forced);
  if (columns.columns == 0) {
    fitted.log_likelihood = fitted.log_likelihood_null = cox_log_likelihood(
        {.outcome = training.outcome, .covariates = columns}, {}, training.options.penalty.ties);
    return;
  }
  const PenalisedCoxOptions penalty = penalty_of(training);
  fitted.path = fit_penalised_cox(training.outcome, columns, penalty);
  fitted.path_sd = deviations(columns);
  fitted.log_likelihood_null = fitted.path.log_likelihood_null;
  if (fitted.path.lambda.empty()) {
    fitted.problem = SignatureProblem::no_convergence;
    return;
  }
  for (std::size_t j = fitted.candidates.size(); j < columns.columns; ++j)
    fitted.lost_columns += fitted.path.constant[j];
  const std::size_t place = choose_lambda(training, columns, penalty, fit);
  if (fitted.problem == SignatureProblem::none) take_coefficients(training, place);
}

}  // namespace

std::string_view to_string(LambdaRule rule) { return rule == LambdaRule::best ? "best" : "1se"; }

std::string_view to_string(FeatureFate fate) {
  switch (fate) {
    case FeatureFate::unstable:
      return "unstable";
    case FeatureFate::constant:
      return "constant";
    case FeatureFate::redundant:
      return "redundant";
    case FeatureFate::prefiltered:
      return "prefiltered";
    case FeatureFate::not_selected:
      return "not_selected";
    case FeatureFate::selected:
      break;
  }
  return "selected";
}

std::string_view to_string(SignatureProblem problem) {
  switch (problem) {
    case SignatureProblem::none:
      return "none";
    case SignatureProblem::no_events:
      return "no_events";
    case SignatureProblem::harmonisation:
      return "harmonisation";
    case SignatureProblem::no_inner_folds:
      return "no_inner_folds";
    case SignatureProblem::no_convergence:
      break;
  }
  return "no_convergence";
}

std::vector<std::size_t> FittedSignature::selected() const {
  std::vector<std::size_t> features;
  for (std::size_t j = 0; j < fate.size(); ++j)
    if (fate[j] == FeatureFate::selected) features.push_back(j);
  return features;
}

FittedSignature fit_signature(const SignatureData& data, std::span<const std::size_t> rows,
                              const SignatureOptions& options, std::uint32_t fit) {
  FittedSignature fitted;
  fitted.fate.assign(data.features.columns, FeatureFate::not_selected);
  Training training{.options = options,
                    .rows = rows,
                    .outcome = subset(data.outcome, rows),
                    .features = rows_of(data.features, rows),
                    .forced = rows_of(data.forced, rows),
                    .log_volume = entries(data.log_volume, rows),
                    .fitted = fitted};
  if (training.outcome.events() == 0) {
    fitted.problem = SignatureProblem::no_events;
    return fitted;
  }
  drop_unstable(training);
  impute(training);
  drop_constant(training);
  harmonise(training, entries(data.batch, rows));
  if (fitted.problem != SignatureProblem::none) return fitted;
  residualise(training);
  drop_redundant(training);
  prefilter(training);
  fit_penalised(training, fit);
  return fitted;
}

Matrix prepared_features(const FittedSignature& signature, const SignatureData& data) {
  Matrix features = data.features;
  for (std::size_t j = 0; j < features.columns; ++j)
    if (!std::isnan(signature.medians[j])) fill_gaps(features.column(j), signature.medians[j]);
  if (signature.harmonised.empty()) return features;
  const auto harmonised =
      apply_combat(signature.combat,
                   {.features = columns_of(features, signature.harmonised), .batch = data.batch})
          .features;
  for (std::size_t k = 0; k < signature.harmonised.size(); ++k)
    std::ranges::copy(harmonised.column(k), features.column(signature.harmonised[k]).begin());
  return features;
}

std::vector<double> linear_predictor(const FittedSignature& signature, const SignatureData& data) {
  std::vector<double> sum(data.size());
  const auto add = [&sum](double coefficient, std::span<const double> values) {
    if (coefficient == 0) return;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += coefficient * values[i];
  };
  const Matrix features = prepared_features(signature, data);
  for (std::size_t j = 0; j < features.columns; ++j)
    add(signature.coefficients[j], features.column(j));
  for (std::size_t j = 0; j < data.forced.columns; ++j)
    add(signature.forced_coefficients.empty() ? 0 : signature.forced_coefficients[j],
        data.forced.column(j));
  if (signature.volume_coefficient != 0) add(signature.volume_coefficient, data.log_volume);
  return sum;
}

}  // namespace radiomics
