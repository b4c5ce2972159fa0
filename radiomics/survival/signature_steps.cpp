#include <algorithm>
#include <cmath>
#include <numeric>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/statistics/spearman.h"
#include "radiomics/survival/signature_training.h"

namespace radiomics {
namespace {

using Rows = std::vector<std::size_t>;

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

bool is_untouched(const SignatureOptions& options, std::size_t feature) {
  return !options.untouched.empty() && options.untouched[feature];
}

/// ComBat that preserves the covariates which vary; the coefficients of the others are 0.
CombatModel fit_combat_to_what_varies(const CombatData& data, int& lost) {
  Rows varying;
  for (std::size_t c = 0; c < data.covariates.columns; ++c)
    if (!is_constant(data.covariates.column(c))) varying.push_back(c);
  lost += int(data.covariates.columns - varying.size());
  CombatModel model = fit_combat({.features = data.features,
                                  .batch = data.batch,
                                  .covariates = columns_of(data.covariates, varying)});
  if (model.problem != CombatProblem::none) return model;
  Matrix all(data.covariates.columns, data.features.columns);
  for (std::size_t k = 0; k < varying.size(); ++k)
    for (std::size_t j = 0; j < all.columns; ++j) all(varying[k], j) = model.coefficients(k, j);
  model.coefficients = all;
  return model;
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

}  // namespace

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

void drop_constant(Training& training) {
  for (const auto j : training.left()) {
    const auto values = training.features.column(j);
    const auto [least, most] = std::ranges::minmax(values);
    if (least == most || largest_share(values) > training.options.near_constant)
      training.fitted.fate[j] = FeatureFate::constant;
  }
}

void harmonise(Training& training) {
  if (training.batches == 0) return;
  auto& fitted = training.fitted;
  for (const auto j : training.left())
    if (!is_untouched(training.options, j)) fitted.harmonised.push_back(j);
  const CombatData data{.features = columns_of(training.features, fitted.harmonised),
                        .batch = training.batch,
                        .covariates = training.preserved};
  fitted.combat = 1 + std::ranges::max(data.batch) < training.batches
                      ? CombatModel{.problem = CombatProblem::small_batch}
                      : fit_combat_to_what_varies(data, fitted.lost_columns);
  if (fitted.combat.problem != CombatProblem::none) {
    fitted.problem = SignatureProblem::harmonisation;
    return;
  }
  const Matrix harmonised = apply_combat(fitted.combat, data).features;
  for (std::size_t k = 0; k < fitted.harmonised.size(); ++k)
    std::ranges::copy(harmonised.column(k), training.features.column(fitted.harmonised[k]).begin());
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

}  // namespace radiomics
