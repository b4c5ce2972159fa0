#include "radiomics/statistics/bootstrap_validation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/cox_risk_sets.h"
#include "radiomics/statistics/rank_counts.h"
#include "radiomics/statistics/resampled_concordance.h"
#include "radiomics/statistics/sample_moments.h"

namespace radiomics {
namespace {

/// Of what is not NaN.
class Mean {
 public:
  void add(double value) {
    if (std::isnan(value)) return;
    sum_ += value;
    ++count_;
  }
  double value() const { return count_ > 0 ? sum_ / count_ : undefined; }

 private:
  double sum_ = 0;
  int count_ = 0;
};

BootstrapEstimate summarise(double estimate, std::vector<double> resamples, double conf_level) {
  BootstrapEstimate result{.estimate = estimate, .resamples = std::move(resamples)};
  result.std_error = sd_of_defined(result.resamples);
  result.percentiles = percentile_interval(result.resamples, conf_level);
  return result;
}

void compute_632(OptimismBootstrap& result) {
  constexpr double no_information = 0.5;
  const double apparent = result.apparent, outside = result.out_of_bag;
  if (std::isnan(apparent) || std::isnan(outside)) return;
  const double floored = std::max(no_information, outside);
  result.estimate_632 = 0.368 * apparent + 0.632 * outside;
  result.overfitting_rate = apparent > no_information && outside < apparent
                                ? (apparent - floored) / (apparent - no_information)
                                : 0;
  result.weight_632plus = 0.632 / (1 - 0.368 * result.overfitting_rate);
  result.estimate_632plus =
      (1 - result.weight_632plus) * apparent + result.weight_632plus * std::min(floored, 1.0);
}

struct Refit {
  ResampleScores scores{};
  bool aliased = false;
  bool infinite = false;
  bool failed = false;
};

/// What all resamples share: nothing is sorted by time again.
struct Original {
  explicit Original(const CoxData& cox_data, Ties tie_rule)
      : data(cox_data),
        sets(cox_risk_sets(data.outcome, data.strata)),
        concordance(data.outcome, data.strata),
        everyone(data.size(), 1),
        ties(tie_rule) {}

  const CoxData& data;
  CoxRiskSets sets;
  ResampledConcordance concordance;
  std::vector<int> everyone;
  Ties ties;
};

CoxFit fit_to(const Original& original, const std::vector<int>& counts) {
  return fit_cox(original.sets, original.data.covariates,
                 {.offset = original.data.offset, .counts = counts}, {.ties = original.ties});
}

Refit refit(const Original& original, const Resample& sample) {
  const std::vector<int> counts = counts_of(sample, original.data.size());
  const CoxFit fit = fit_to(original, counts);
  if (fit.events == 0 || !fit.converged) return {.failed = true};
  const auto risk = linear_predictor(fit, original.data.covariates, original.data.offset);
  const DenseRanks ranks = dense_ranks(risk);
  std::vector<int> outside;
  for (const int count : counts) outside.push_back(count == 0);
  return {.scores = {.train = original.concordance(ranks, counts),
                     .test = original.concordance(ranks, original.everyone),
                     .out_of_bag = original.concordance(ranks, outside),
                     .slope = calibration_slope(original.sets, risk, original.ties)},
          .aliased = has_term(fit, TermStatus::aliased),
          .infinite = has_term(fit, TermStatus::infinite)};
}

}  // namespace

std::vector<Resample> bootstrap_samples(std::size_t patients, std::size_t count,
                                        std::uint64_t seed) {
  std::vector<Resample> samples;
  for (std::size_t b = 0; b < count; ++b) {
    RandomStream random(seed, stream_of(StreamUse::bootstrap, std::uint32_t(b)));
    samples.push_back(bootstrap_sample(patients, random));
  }
  return samples;
}

double calibration_slope(const CoxRiskSets& sets, std::span<const double> linear_predictor,
                         Ties ties) {
  Matrix alone(linear_predictor.size(), 1);
  std::ranges::copy(linear_predictor, alone.values.begin());
  return fit_cox(sets, alone, {}, {.ties = ties}).coefficients[0];
}

OptimismBootstrap summarise_optimism(double apparent, std::vector<ResampleScores> resamples,
                                     double conf_level) {
  OptimismBootstrap result{.apparent = apparent, .resamples = std::move(resamples)};
  Mean optimism, outside, slope;
  std::vector<double> train;
  for (const auto& scores : result.resamples) {
    optimism.add(scores.train - scores.test);
    outside.add(scores.out_of_bag);
    slope.add(scores.slope);
    train.push_back(scores.train);
  }
  result.optimism = optimism.value();
  result.corrected = apparent - result.optimism;
  result.out_of_bag = outside.value();
  result.corrected_slope = slope.value();
  result.percentiles = percentile_interval(train, conf_level);
  compute_632(result);
  return result;
}

OptimismBootstrap bootstrap_cox(const CoxData& data, std::span<const Resample> resamples,
                                const BootstrapOptions& options) {
  const Original original(data, options.ties);
  std::vector<Refit> refits(resamples.size());
  parallel_for(resamples.size(), options.threads,
               [&](std::size_t b) { refits[b] = refit(original, resamples[b]); });
  std::vector<ResampleScores> scores;
  for (const auto& one : refits) scores.push_back(one.scores);
  const CoxFit fit = fit_to(original, original.everyone);
  const auto ranks = dense_ranks(linear_predictor(fit, data.covariates, data.offset));
  OptimismBootstrap result = summarise_optimism(original.concordance(ranks, original.everyone),
                                                std::move(scores), options.conf_level);
  for (const auto& one : refits) {
    result.aliased += one.aliased;
    result.infinite += one.infinite;
    result.failed += one.failed;
  }
  return result;
}

BootstrapEstimate bootstrap_concordance_difference(const SurvivalData& data,
                                                   std::span<const double> first,
                                                   std::span<const double> second,
                                                   std::span<const Resample> resamples,
                                                   const BootstrapOptions& options,
                                                   std::span<const int> strata) {
  assert(first.size() == data.size() && second.size() == data.size());
  const ResampledConcordance concordance(data, strata);
  const DenseRanks ranks[] = {dense_ranks(first), dense_ranks(second)};
  const auto difference = [&](std::span<const int> counts) {
    return concordance(ranks[1], counts) - concordance(ranks[0], counts);
  };
  std::vector<double> values(resamples.size());
  parallel_for(resamples.size(), options.threads, [&](std::size_t b) {
    values[b] = difference(counts_of(resamples[b], data.size()));
  });
  return summarise(difference(std::vector<int>(data.size(), 1)), std::move(values),
                   options.conf_level);
}

BootstrapEstimate bootstrap_concordance(const SurvivalData& data, std::span<const double> risk,
                                        std::span<const Resample> resamples,
                                        const ConcordanceOptions& pairs,
                                        std::span<const int> strata, int threads) {
  assert(risk.size() == data.size() && (strata.empty() || strata.size() == data.size()));
  ConcordanceOptions options = pairs;
  options.influence = false;
  const auto on = [&](std::span<const std::size_t> rows) {
    std::vector<double> risks;
    std::vector<int> groups;
    for (const auto i : rows) {
      risks.push_back(risk[i]);
      if (!strata.empty()) groups.push_back(strata[i]);
    }
    return concordance(subset(data, rows), risks, options, groups).estimate.estimate;
  };
  std::vector<double> values(resamples.size());
  parallel_for(resamples.size(), threads, [&](std::size_t b) { values[b] = on(resamples[b]); });
  return summarise(concordance(data, risk, options, strata).estimate.estimate, std::move(values),
                   pairs.conf_level);
}

}  // namespace radiomics
