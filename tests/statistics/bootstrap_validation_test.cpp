#include "radiomics/statistics/bootstrap_validation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/statistics/concordance.h"
#include "tests/support/random_survival.h"

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;

CoxData two_covariates(std::size_t n, std::uint64_t seed) {
  const auto cohort = random_cohort(n, 40, 20, seed);
  CoxData data{.outcome = cohort.data, .covariates = Matrix(n, 2)};
  std::ranges::copy(cohort.risk, data.covariates.column(0).begin());
  std::ranges::copy(cohort.second, data.covariates.column(1).begin());
  return data;
}

// Optimism is (0.1 + 0.2) / 2; the rate is 0.1 / 0.2 of the way from 0.7 to 0.5.
TEST(OptimismBootstrap, SummaryByHand) {
  const auto result =
      summarise_optimism(0.7,
                         {{.train = 0.8, .test = 0.7, .out_of_bag = 0.65, .slope = 0.9},
                          {.train = 0.9, .test = 0.7, .out_of_bag = 0.55, .slope = 0.7}},
                         0.95);
  EXPECT_NEAR(result.optimism, 0.15, rounding);
  EXPECT_NEAR(result.corrected, 0.55, rounding);
  EXPECT_NEAR(result.out_of_bag, 0.6, rounding);
  EXPECT_NEAR(result.corrected_slope, 0.8, rounding);
  EXPECT_NEAR(result.estimate_632, 0.368 * 0.7 + 0.632 * 0.6, rounding);
  EXPECT_NEAR(result.overfitting_rate, 0.5, rounding);
  EXPECT_NEAR(result.weight_632plus, 0.632 / (1 - 0.368 / 2), rounding);
}

TEST(OptimismBootstrap, OutOfBagBelowChanceCountsAsChance) {
  const auto result =
      summarise_optimism(0.7, {{.train = 0.8, .test = 0.7, .out_of_bag = 0.4}}, 0.95);
  EXPECT_EQ(result.overfitting_rate, 1);
  EXPECT_NEAR(result.weight_632plus, 1, rounding);
  EXPECT_NEAR(result.estimate_632plus, 0.5, rounding);
}

TEST(OptimismBootstrap, LeavesOutWhatIsUndefined) {
  const auto result = summarise_optimism(
      0.7, {{.train = 0.8, .test = 0.7, .out_of_bag = 0.6, .slope = 0.9}, {}}, 0.95);
  EXPECT_NEAR(result.optimism, 0.1, rounding);
  EXPECT_EQ(result.percentiles.low, 0.8);
  EXPECT_TRUE(std::isnan(summarise_optimism(0.7, {}, 0.95).corrected));
}

TEST(CalibrationSlope, OfTwiceAFittedPredictorIsOneHalf) {
  const CoxData data = two_covariates(60, 1);
  const CoxRiskSets sets = cox_risk_sets(data.outcome);
  auto predictor = linear_predictor(fit_cox(data), data.covariates);
  for (double& value : predictor) value *= 2;
  EXPECT_NEAR(calibration_slope(sets, predictor, Ties::efron), 0.5, 1e-8) << "convergence";
  EXPECT_TRUE(std::isnan(calibration_slope(sets, std::vector<double>(60, 3), Ties::efron)));
}

TEST(BootstrapCox, OfTheSampleItselfHasNoOptimism) {
  const CoxData data = two_covariates(60, 1);
  Resample everyone(60);
  std::iota(everyone.begin(), everyone.end(), std::size_t{0});
  const auto result = bootstrap_cox(data, std::vector<Resample>{everyone});
  EXPECT_EQ(result.optimism, 0);
  EXPECT_EQ(result.resamples[0].train, result.apparent);
  EXPECT_TRUE(std::isnan(result.out_of_bag));
  EXPECT_NEAR(result.corrected_slope, 1, 1e-8);  // a Cox fit's own predictor, to its convergence
}

TEST(BootstrapCox, DoesNotDependOnThreads) {
  const CoxData data = two_covariates(60, 2);
  const auto samples = bootstrap_samples(60, 20, 7);
  const auto one = bootstrap_cox(data, samples),
             four = bootstrap_cox(data, samples, {.threads = 4});
  EXPECT_EQ(one.corrected, four.corrected);
  for (std::size_t b = 0; b < 20; ++b) {
    EXPECT_EQ(one.resamples[b].train, four.resamples[b].train);
    EXPECT_EQ(one.resamples[b].slope, four.resamples[b].slope);
  }
}

// A level of one patient is not in every sample.
TEST(BootstrapCox, CountsResamplesThatLoseALevel) {
  CoxData data = two_covariates(60, 3);
  std::ranges::fill(data.covariates.column(1), 0);
  data.covariates(5, 1) = 1;
  const auto samples = bootstrap_samples(60, 40, 8);
  int without = 0;
  for (const auto& sample : samples)
    without += std::ranges::find(sample, std::size_t{5}) == sample.end();
  const auto result = bootstrap_cox(data, samples);
  EXPECT_GT(without, 0);
  EXPECT_EQ(result.aliased, without);
  EXPECT_EQ(result.failed, 0);
}

TEST(BootstrapCox, LeavesOutResamplesWithoutEvents) {
  CoxData data = two_covariates(30, 4);
  std::ranges::fill(data.outcome.event, 0);
  data.outcome.event[0] = data.outcome.event[1] = data.outcome.event[2] = 1;
  const auto result = bootstrap_cox(data, std::vector{Resample(30, 9), Resample{0, 1, 2, 3, 4, 5}});
  EXPECT_EQ(result.failed, 1);
  EXPECT_TRUE(std::isnan(result.resamples[0].train));
}

TEST(BootstrapSamples, AreStreamsOfTheirOwn) {
  const auto few = bootstrap_samples(50, 3, 11), more = bootstrap_samples(50, 5, 11);
  for (std::size_t b = 0; b < 3; ++b) EXPECT_EQ(few[b], more[b]);
  EXPECT_NE(more[0], more[1]);
  EXPECT_NE(bootstrap_samples(50, 1, 12)[0], few[0]);
}

TEST(BootstrapDifference, OfARiskWithItselfIsZero) {
  const auto cohort = random_cohort(50, 20, 10, 5);
  const auto samples = bootstrap_samples(50, 10, 1);
  const auto none =
      bootstrap_concordance_difference(cohort.data, cohort.risk, cohort.risk, samples);
  EXPECT_EQ(none.estimate, 0);
  EXPECT_EQ(none.std_error, 0);
}

// Both estimate the sampling error of the same difference.
TEST(BootstrapDifference, AgreesWithTheJackknife) {
  const auto cohort = random_cohort(300, 100, 50, 6);
  const auto boot = bootstrap_concordance_difference(cohort.data, cohort.risk, cohort.second,
                                                     bootstrap_samples(300, 2000, 1));
  const auto jackknife = concordance_difference(concordance(cohort.data, cohort.risk),
                                                concordance(cohort.data, cohort.second), 0.95);
  EXPECT_EQ(boot.estimate, jackknife.estimate);
  // 2000 resamples know the standard error within 1.6 %; the rest is the second order at n = 300.
  EXPECT_NEAR(boot.std_error / jackknife.std_error, 1, 0.06);
}

// The resample written out as rows of their own, by concordance() itself.
TEST(BootstrapConcordance, IsThatOfTheRowsWrittenOut) {
  const auto cohort = random_cohort(40, 20, 10, 7);
  const auto samples = bootstrap_samples(40, 5, 3);
  std::vector<int> strata;
  for (int i = 0; i < 40; ++i) strata.push_back(i % 2);
  const ConcordanceOptions uno{.weights = PairWeights::uno};
  const auto boot = bootstrap_concordance(cohort.data, cohort.risk, samples, uno, strata);
  EXPECT_EQ(boot.estimate, concordance(cohort.data, cohort.risk, uno, strata).estimate.estimate);
  ASSERT_EQ(boot.resamples.size(), 5u);
  for (std::size_t b = 0; b < samples.size(); ++b) {
    SurvivalData rows;
    std::vector<double> risk;
    std::vector<int> groups;
    for (const auto i : samples[b]) {
      rows.time.push_back(cohort.data.time[i]);
      rows.event.push_back(cohort.data.event[i]);
      risk.push_back(cohort.risk[i]);
      groups.push_back(strata[i]);
    }
    EXPECT_EQ(boot.resamples[b], concordance(rows, risk, uno, groups).estimate.estimate);
  }
  EXPECT_EQ(bootstrap_concordance(cohort.data, cohort.risk, samples, uno, strata, 3).resamples,
            boot.resamples);
}

// A sample of censored patients alone has no C: it does not count.
TEST(BootstrapConcordance, LeavesOutWhatIsUndefined) {
  auto cohort = random_cohort(10, 20, 10, 8);
  std::ranges::fill(cohort.data.event, 1);
  cohort.data.event[0] = 0;
  const std::vector<Resample> samples{
      Resample(10, 0), {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
  const auto boot = bootstrap_concordance(cohort.data, cohort.risk, samples, {});
  EXPECT_TRUE(std::isnan(boot.resamples[0]));
  EXPECT_EQ(boot.std_error, 0) << "the others are the patients themselves";
  EXPECT_EQ(boot.percentiles.low, boot.estimate);
}

TEST(BootstrapDifference, WithinStrataIsThatOfConcordance) {
  const auto cohort = random_cohort(40, 20, 10, 9);
  std::vector<int> strata;
  for (int i = 0; i < 40; ++i) strata.push_back(i % 3);
  Resample everyone;
  for (std::size_t i = 0; i < 40; ++i) everyone.push_back(i);
  const auto boot = bootstrap_concordance_difference(cohort.data, cohort.risk, cohort.second,
                                                     std::vector<Resample>{everyone}, {}, strata);
  const auto c = [&](const std::vector<double>& risk) {
    return concordance(cohort.data, risk, {}, strata).estimate.estimate;
  };
  EXPECT_EQ(boot.estimate, c(cohort.second) - c(cohort.risk));
  EXPECT_EQ(boot.resamples[0], boot.estimate);
  EXPECT_NE(boot.estimate,
            bootstrap_concordance_difference(cohort.data, cohort.risk, cohort.second, {}).estimate);
}

}  // namespace
}  // namespace radiomics
