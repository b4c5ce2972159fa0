#include "radiomics/survival/signature_validation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/resampled_concordance.h"
#include "radiomics/statistics/sample_moments.h"
#include "radiomics/statistics/selection_stability.h"

namespace radiomics {
namespace {

// The numbers of the fits, and so of their streams: 0 is the fit to all rows.
constexpr std::uint32_t first_nested_fit = 1;
constexpr std::uint32_t first_bootstrap_fit = 1u << 24;
constexpr std::uint32_t first_permutation_fit = 1u << 28;
constexpr std::uint32_t first_permutation_folds = 1u << 24;  // of StreamUse::folds

/// What a fit is remembered by.
struct Outcome {
  SignatureProblem problem = SignatureProblem::none;
  bool lost_columns = false;
};

Outcome outcome_of(const FittedSignature& fitted) {
  return {fitted.problem, fitted.lost_columns > 0};
}

void count(const Outcome& outcome, SignatureValidation& validation) {
  if (outcome.problem != SignatureProblem::none)
    ++validation.problems[std::size_t(outcome.problem)];
  validation.lost_columns += outcome.lost_columns;
}

/// Writes the predictions for the patients of one fold by the signature of the others.
Outcome predict_fold(const SignatureData& data, std::span<const int> folds, int fold,
                     const SignatureOptions& options, std::uint32_t fit,
                     std::vector<double>& predictions) {
  std::vector<std::size_t> training;
  for (std::size_t i = 0; i < folds.size(); ++i)
    if (folds[i] != fold) training.push_back(i);
  const FittedSignature fitted = fit_signature(data, training, options, fit);
  if (fitted.problem == SignatureProblem::none) {
    const auto all = linear_predictor(fitted, data);
    for (std::size_t i = 0; i < folds.size(); ++i)
      if (folds[i] == fold) predictions[i] = all[i];
  }
  return outcome_of(fitted);
}

void validate_nested(const SignatureData& data, const SignatureOptions& options,
                     const ValidationPlan& plan, SignatureValidation& validation) {
  struct Job {
    std::size_t repeat;
    int fold;
  };
  std::vector<Job> jobs;
  for (std::size_t r = 0; r < plan.folds.size(); ++r)
    for (int fold = 0; fold < fold_count(plan.folds[r]); ++fold) jobs.push_back({r, fold});
  std::vector<std::vector<double>> predictions(plan.folds.size(),
                                               std::vector<double>(data.size(), undefined));
  std::vector<Outcome> outcomes(jobs.size());
  parallel_for(jobs.size(), plan.threads, [&](std::size_t k) {
    const auto [repeat, fold] = jobs[k];
    outcomes[k] = predict_fold(data, plan.folds[repeat], fold, options,
                               first_nested_fit + std::uint32_t(k), predictions[repeat]);
  });
  for (const auto& outcome : outcomes) count(outcome, validation);
  for (std::size_t r = 0; r < plan.folds.size(); ++r)
    validation.nested.repeats.push_back(
        summarise_folds(data.outcome, plan.folds[r], std::move(predictions[r])));
}

void summarise(NestedValidation& nested) {
  std::vector<double> pooled, stratified;
  for (const auto& repeat : nested.repeats) {
    nested.per_repeat.push_back(repeat.mean);
    pooled.push_back(repeat.pooled);
    stratified.push_back(repeat.stratified);
    for (const auto& fold : repeat.folds) {
      if (std::isnan(fold.concordance)) continue;
      nested.fold_low = std::fmin(nested.fold_low, fold.concordance);
      nested.fold_high = std::fmax(nested.fold_high, fold.concordance);
    }
  }
  nested.mean = mean_of_defined(nested.per_repeat);
  nested.sd = sd_of_defined(nested.per_repeat);
  nested.pooled = mean_of_defined(pooled);
  nested.stratified = mean_of_defined(stratified);
}

struct Refit {
  ResampleScores scores{};
  std::vector<std::size_t> selected{};
  Outcome outcome{};
};

/// What all resamples share: nothing is sorted by time again.
struct Original {
  explicit Original(const SignatureData& signature_data)
      : data(signature_data), sets(cox_risk_sets(data.outcome)), concordance(data.outcome) {}

  const SignatureData& data;
  CoxRiskSets sets;
  ResampledConcordance concordance;
};

Refit refit(const Original& original, const Resample& sample, const SignatureOptions& options,
            std::uint32_t number) {
  const SignatureData& data = original.data;
  const FittedSignature fitted = fit_signature(data, sample, options, number);
  Refit result{.outcome = outcome_of(fitted)};
  if (fitted.problem != SignatureProblem::none) return result;
  result.selected = fitted.selected();
  const auto risk = linear_predictor(fitted, data);
  const DenseRanks ranks = dense_ranks(risk);
  const auto counts = counts_of(sample, data.size());
  std::vector<int> outside;
  for (const int drawn : counts) outside.push_back(drawn == 0);
  result.scores = {.train = original.concordance(ranks, counts),
                   .test = original.concordance(ranks, std::vector<int>(data.size(), 1)),
                   .out_of_bag = original.concordance(ranks, outside),
                   .slope = calibration_slope(original.sets, risk, options.penalty.ties)};
  return result;
}

void validate_by_bootstrap(const SignatureData& data, double apparent,
                           const SignatureOptions& options, const ValidationPlan& plan,
                           SignatureValidation& validation) {
  const Original original(data);
  std::vector<Refit> refits(plan.resamples.size());
  parallel_for(refits.size(), plan.threads, [&](std::size_t b) {
    refits[b] = refit(original, plan.resamples[b], options, first_bootstrap_fit + std::uint32_t(b));
  });
  std::vector<ResampleScores> scores;
  Selections selections{.features = data.features.columns};
  std::vector<double> sizes;
  for (const auto& one : refits) {
    scores.push_back(one.scores);
    count(one.outcome, validation);
    if (one.outcome.problem != SignatureProblem::none) continue;
    selections.chosen.push_back(one.selected);
    sizes.push_back(double(one.selected.size()));
    validation.null_models += one.selected.empty();
  }
  validation.bootstrap = summarise_optimism(apparent, std::move(scores), plan.conf_level);
  for (const auto& one : refits)
    validation.bootstrap.failed += one.outcome.problem != SignatureProblem::none;
  validation.selection_frequency = selection_frequencies(selections);
  validation.stability = selection_stability(selections, plan.conf_level);
  validation.mean_selected = mean_of_defined(sizes);
}

/// The nested C of outcomes that were dealt to other patients.
double permuted_concordance(SignatureData& data, const SignatureOptions& options,
                            const ValidationPlan& plan, std::size_t number) {
  RandomStream random(options.seed, stream_of(StreamUse::permutation, std::uint32_t(number)));
  data.outcome = subset(data.outcome, random_order(data.size(), random));
  const auto folds =
      plan.keep_folds ? plan.folds[0]
                      : event_stratified_folds(data.outcome.event, plan.outer_folds, options.seed,
                                               first_permutation_folds + std::uint32_t(number));
  const auto fits = std::uint32_t(fold_count(folds));
  return nested_fold_scores(data, folds, options,
                            first_permutation_fit + std::uint32_t(number) * fits)
      .mean;
}

void test_by_permutation(const SignatureData& data, const SignatureOptions& options,
                         const ValidationPlan& plan, SignatureValidation& validation) {
  auto& test = validation.permutation;
  test.concordance.assign(std::size_t(plan.permutations), undefined);
  parallel_for(test.concordance.size(), plan.threads, [&](std::size_t k) {
    SignatureData shuffled = data;
    test.concordance[k] = permuted_concordance(shuffled, options, plan, k);
  });
  test.mean = mean_of_defined(test.concordance);
  test.sd = sd_of_defined(test.concordance);
  if (plan.permutations == 0 || std::isnan(validation.nested.mean)) return;
  const auto reached = std::ranges::count_if(test.concordance,
                                             [&](double c) { return c >= validation.nested.mean; });
  test.p_value = double(1 + reached) / double(1 + plan.permutations);
}

}  // namespace

CrossValidation nested_fold_scores(const SignatureData& data, std::span<const int> folds,
                                   const SignatureOptions& options, std::uint32_t first_fit,
                                   int threads) {
  std::vector<double> predictions(data.size(), undefined);
  parallel_for(std::size_t(fold_count(folds)), threads, [&](std::size_t fold) {
    predict_fold(data, folds, int(fold), options, first_fit + std::uint32_t(fold), predictions);
  });
  return summarise_folds(data.outcome, folds, std::move(predictions));
}

SignatureValidation validate_signature(const SignatureData& data, const FittedSignature& signature,
                                       const SignatureOptions& options,
                                       const ValidationPlan& plan) {
  SignatureValidation validation;
  const double apparent =
      concordance(data.outcome, linear_predictor(signature, data), {.influence = false})
          .estimate.estimate;
  validate_nested(data, options, plan, validation);
  summarise(validation.nested);
  validate_by_bootstrap(data, apparent, options, plan, validation);
  test_by_permutation(data, options, plan, validation);
  return validation;
}

}  // namespace radiomics
