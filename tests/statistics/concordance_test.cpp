#include "radiomics/statistics/concordance.h"

#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/statistics/censoring_weights.h"
#include "radiomics/statistics/rank_counts.h"
#include "radiomics/statistics/resampled_concordance.h"
#include "tests/support/random_survival.h"

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;  // sums of a few thousand terms of order 1

/// C and its counts by looking at every pair.
Concordance of_all_pairs(const RandomCohort& cohort, const ConcordanceOptions& options,
                         const std::vector<int>& strata = {}) {
  const auto& time = cohort.data.time;
  const auto& event = cohort.data.event;
  const auto weight = [&](std::size_t i) {
    if (options.tau && time[i] > *options.tau) return 0.0;
    if (options.weights == PairWeights::harrell) return 1.0;
    SurvivalData stratum;
    for (std::size_t j = 0; j < time.size(); ++j) {
      if (!strata.empty() && strata[j] != strata[i]) continue;
      stratum.time.push_back(time[j]);
      stratum.event.push_back(event[j]);
    }
    const double g = CensoringCurve(stratum).before(time[i]);
    return 1 / (g * g);
  };
  Concordance result;
  for (std::size_t i = 0; i < time.size(); ++i) {
    if (!event[i]) continue;
    const double w = weight(i);
    for (std::size_t j = 0; j < time.size(); ++j) {
      if (i == j || (!strata.empty() && strata[i] != strata[j])) continue;
      const bool tied_risk = cohort.risk[i] == cohort.risk[j];
      if (time[i] == time[j] && event[j]) {
        if (i < j) (tied_risk ? result.tied_both : result.tied_time) += w;
      } else if (time[i] <= time[j]) {
        (tied_risk                         ? result.tied_risk
         : cohort.risk[i] > cohort.risk[j] ? result.concordant
                                           : result.discordant) += w;
      }
    }
  }
  result.estimate.estimate = (result.concordant + result.tied_risk / 2) /
                             (result.concordant + result.discordant + result.tied_risk);
  return result;
}

void expect_same_counts(const Concordance& ours, const Concordance& expected) {
  const auto near = [](double value, double reference) {
    EXPECT_NEAR(value, reference, rounding * (1 + std::abs(reference)));
  };
  near(ours.concordant, expected.concordant);
  near(ours.discordant, expected.discordant);
  near(ours.tied_risk, expected.tied_risk);
  near(ours.tied_time, expected.tied_time);
  near(ours.tied_both, expected.tied_both);
  near(ours.estimate.estimate, expected.estimate.estimate);
}

// Events at 1, 2 and 4, censored at 3 and 5. Comparable: 1 with the four others (risk 5 beats 3, 4
// and 1 and ties with 5), 2 with three (3 beats 1 only), 4 with one (1 loses to 5).
TEST(Concordance, OfFivePatientsByHand) {
  const SurvivalData data{{1, 2, 3, 4, 5}, {1, 1, 0, 1, 0}};
  const auto c = concordance(data, std::vector<double>{5, 3, 4, 1, 5});
  EXPECT_EQ(c.concordant, 4);
  EXPECT_EQ(c.discordant, 3);
  EXPECT_EQ(c.tied_risk, 1);
  EXPECT_EQ(c.estimate.estimate, 4.5 / 8);
}

// The pairs of the patients above: 4, 4, 2, 3, 3, of which concordant 3.5, 2, 1, 2, 0.5.
TEST(Concordance, InfluenceOfFivePatientsByHand) {
  const SurvivalData data{{1, 2, 3, 4, 5}, {1, 1, 0, 1, 0}};
  const auto c = concordance(data, std::vector<double>{5, 3, 4, 1, 5});
  const double c_index = 4.5 / 8;
  const double pairs[] = {4, 4, 2, 3, 3}, concordant[] = {3.5, 2, 1, 2, 0.5};
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_NEAR(c.influence[i], (concordant[i] - c_index * pairs[i]) / 8, rounding);
}

// G after the censoring at 3 is 1 - 1/3: the pair of the event at 4 weighs 9/4.
TEST(Concordance, UnoWeighsByCensoringBeforeTheEvent) {
  const SurvivalData data{{1, 2, 3, 4, 5}, {1, 1, 0, 1, 0}};
  const auto c =
      concordance(data, std::vector<double>{5, 3, 4, 1, 5}, {.weights = PairWeights::uno});
  EXPECT_NEAR(c.discordant, 2 + 2.25, rounding);
  EXPECT_NEAR(c.estimate.estimate, 4.5 / 9.25, rounding);
}

TEST(Concordance, AnEventComesBeforeACensoringOfItsTime) {
  const SurvivalData data{{2, 2}, {1, 0}};
  EXPECT_EQ(concordance(data, std::vector<double>{1, 0}).estimate.estimate, 1);
  EXPECT_EQ(concordance(data, std::vector<double>{0, 1}).estimate.estimate, 0);
}

TEST(Concordance, TwoEventsAtOneTimeAreNotComparable) {
  const SurvivalData data{{2, 2, 2}, {1, 1, 1}};
  const auto c = concordance(data, std::vector<double>{1, 0, 1});
  EXPECT_EQ(c.tied_time, 2);
  EXPECT_EQ(c.tied_both, 1);
  EXPECT_TRUE(std::isnan(c.estimate.estimate));
  EXPECT_TRUE(std::isnan(c.estimate.std_error));
}

TEST(Concordance, WithoutEventsOrPatientsIsUndefined) {
  EXPECT_TRUE(
      std::isnan(concordance({{1, 2}, {0, 0}}, std::vector<double>{1, 0}).estimate.estimate));
  EXPECT_TRUE(std::isnan(concordance({}, {}).estimate.estimate));
}

TEST(Concordance, IsThatOfAllPairs) {
  for (const std::uint64_t seed : {1, 2, 3})
    for (const auto weights : {PairWeights::harrell, PairWeights::uno})
      for (const auto tau : {std::optional<double>(), std::optional<double>(7)}) {
        const auto cohort = random_cohort(60, 12, 8, seed);
        std::vector<int> strata(60);
        for (std::size_t i = 0; i < 60; ++i) strata[i] = int(i % 3);
        const ConcordanceOptions options{.weights = weights, .tau = tau};
        expect_same_counts(concordance(cohort.data, cohort.risk, options),
                           of_all_pairs(cohort, options));
        expect_same_counts(concordance(cohort.data, cohort.risk, options, strata),
                           of_all_pairs(cohort, options, strata));
      }
}

TEST(Concordance, OfTheReversedRiskIsTheRest) {
  const auto cohort = random_cohort(100, 30, 10, 4);
  std::vector<double> reversed;
  for (const double risk : cohort.risk) reversed.push_back(-risk);
  for (const auto weights : {PairWeights::harrell, PairWeights::uno}) {
    const auto c = concordance(cohort.data, cohort.risk, {.weights = weights});
    const auto rest = concordance(cohort.data, reversed, {.weights = weights});
    EXPECT_NEAR(c.estimate.estimate + rest.estimate.estimate, 1, rounding);
    EXPECT_NEAR(c.estimate.std_error, rest.estimate.std_error, rounding);
  }
}

TEST(Concordance, DependsOnTheOrderOfRisksOnly) {
  const auto cohort = random_cohort(100, 30, 10, 5);
  std::vector<double> transformed;
  for (const double risk : cohort.risk) transformed.push_back(std::exp(3 * risk) - 7);
  const auto c = concordance(cohort.data, cohort.risk);
  EXPECT_EQ(concordance(cohort.data, transformed).influence, c.influence);
}

TEST(Concordance, InfluencesSumToZero) {
  const auto cohort = random_cohort(200, 30, 10, 6);
  for (const auto weights : {PairWeights::harrell, PairWeights::uno}) {
    const auto c = concordance(cohort.data, cohort.risk, {.weights = weights});
    EXPECT_NEAR(std::accumulate(c.influence.begin(), c.influence.end(), 0.0), 0, rounding);
  }
}

// With a million copies of every patient, one copy more of a patient is a small weight more.
TEST(Concordance, InfluenceIsTheDerivativeByTheWeightOfAPatient) {
  const auto cohort = random_cohort(30, 30, 10, 7);
  const auto c = concordance(cohort.data, cohort.risk);
  const ResampledConcordance resampled(cohort.data);
  const auto ranks = dense_ranks(cohort.risk);
  constexpr int many = 1000000;
  for (std::size_t i = 0; i < 30; ++i) {
    std::vector<int> counts(30, many);
    ++counts[i];
    const double change = resampled(ranks, counts) - c.estimate.estimate;
    // The second-order term is about the influence divided by `many`.
    EXPECT_NEAR(change * many, c.influence[i], 1e-6);
  }
}

TEST(Concordance, DifferenceIsThatOfTheInfluences) {
  const auto cohort = random_cohort(100, 30, 10, 8);
  const auto first = concordance(cohort.data, cohort.risk);
  const auto second = concordance(cohort.data, cohort.second);
  const auto difference = concordance_difference(first, second, 0.95);
  EXPECT_EQ(difference.estimate, second.estimate.estimate - first.estimate.estimate);
  EXPECT_GT(difference.std_error, 0);
  EXPECT_LT(difference.std_error, first.estimate.std_error + second.estimate.std_error);
  EXPECT_EQ(concordance_difference(first, first, 0.95).std_error, 0);
}

TEST(Concordance, ClustersOfOneAreNoClusters) {
  const std::vector<double> influence{0.3, -0.1, -0.2};
  EXPECT_EQ(influence_std_error(influence, std::vector<int>{2, 0, 1}),
            influence_std_error(influence));
  EXPECT_NEAR(influence_std_error(influence, std::vector<int>{0, 0, 1}), std::sqrt(0.08), rounding);
}

TEST(ResampledConcordance, IsThatOfTheRowsWrittenOut) {
  const auto cohort = random_cohort(80, 20, 15, 9);
  std::vector<int> strata(80);
  for (std::size_t i = 0; i < 80; ++i) strata[i] = int(i % 2);
  const ResampledConcordance resampled(cohort.data), stratified(cohort.data, strata);
  const auto ranks = dense_ranks(cohort.risk);
  for (const std::uint64_t stream : {1, 2, 3, 4}) {
    RandomStream random(10, stream);
    const auto sample = bootstrap_sample(80, random);
    const auto counts = counts_of(sample, 80);
    std::vector<double> risk;
    std::vector<int> stratum;
    for (const auto i : sample) {
      risk.push_back(cohort.risk[i]);
      stratum.push_back(strata[i]);
    }
    const auto rows = subset(cohort.data, sample);
    EXPECT_EQ(resampled(ranks, counts), concordance(rows, risk).estimate.estimate);
    EXPECT_EQ(stratified(ranks, counts), concordance(rows, risk, {}, stratum).estimate.estimate);
  }
}

TEST(ResampledConcordance, OfNobodyIsUndefined) {
  const auto cohort = random_cohort(10, 20, 15, 9);
  const ResampledConcordance resampled(cohort.data);
  EXPECT_TRUE(
      std::isnan(resampled(dense_ranks(cohort.risk), std::vector<int>(cohort.data.size()))));
}

TEST(DenseRanks, GiveEqualValuesOneNumber) {
  const auto ranks = dense_ranks(std::vector<double>{2, -1, 2, 7});
  EXPECT_EQ(ranks.rank, (std::vector<std::uint32_t>{1, 0, 1, 2}));
  EXPECT_EQ(ranks.count, 3u);
}

}  // namespace
}  // namespace radiomics
