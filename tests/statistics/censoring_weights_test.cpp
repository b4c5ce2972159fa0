#include "radiomics/statistics/censoring_weights.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/statistics/inference.h"
#include "tests/support/random_survival.h"

namespace radiomics {
namespace {

constexpr double rounding = 1e-12;

// At 2, one dies first, so one of the two others at risk is censored: G falls to 1/2, not to 2/3.
TEST(CensoringCurve, DeathsLeaveBeforeCensorings) {
  const CensoringCurve curve({{1, 2, 2, 3}, {1, 1, 0, 1}});
  EXPECT_EQ(curve.at(1.9), 1);
  EXPECT_EQ(curve.before(2), 1);
  EXPECT_EQ(curve.at(2), 0.5);
  EXPECT_EQ(curve.before(3), 0.5);
  EXPECT_EQ(curve.at(99), 0.5);
  EXPECT_EQ(curve.last_usable_time(), 3);
}

TEST(CensoringCurve, EndsWhereTheLongestFollowUpIsACensoring) {
  const CensoringCurve curve({{1, 2, 3}, {1, 1, 0}});
  EXPECT_EQ(curve.at(3), 0);
  EXPECT_EQ(curve.last_usable_time(), 2);
  EXPECT_TRUE(std::isnan(CensoringCurve({{3}, {0}}).last_usable_time()));
}

TEST(CensoringWeights, AreInverseProbabilities) {
  const SurvivalData data{{1, 2, 2, 3, 4}, {1, 1, 0, 1, 0}};
  const auto weights = censoring_weights(data, CensoringCurve(data), 3);
  EXPECT_EQ(weights[0], 1);
  EXPECT_EQ(weights[1], 1);
  EXPECT_EQ(weights[2], 0);
  EXPECT_NEAR(weights[3], 1.5, rounding);
  EXPECT_NEAR(weights[4], 1.5, rounding);
}

TEST(CensoringWeights, AreUndefinedWhereNobodyIsLeft) {
  const SurvivalData data{{1, 2}, {1, 0}};
  for (const double weight : censoring_weights(data, CensoringCurve(data), 2))
    EXPECT_TRUE(std::isnan(weight));
}

// Those whose state at the horizon is known stand for those censored before it.
TEST(CensoringWeights, SumToTheNumberOfPatients) {
  const auto cohort = random_cohort(200, 50, 5, 1);
  const auto weights = censoring_weights(cohort.data, CensoringCurve(cohort.data), 25);
  EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 200, 200 * rounding);
}

/// The formula of the header, term by term.
std::vector<double> influence_term_by_term(const SurvivalData& data,
                                           const std::vector<double>& terms, double horizon) {
  const std::size_t n = data.size();
  const auto at_risk = [&data](double time) {
    double count = 0;
    for (const double other : data.time) count += other >= time;
    return count;
  };
  std::vector<double> influence(n);
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i) {
      const bool beyond = data.time[i] > horizon;
      if (!beyond && !data.event[i]) continue;
      const auto counts = [&](double time) {
        return beyond ? time <= horizon : time < data.time[i];
      };
      double martingale = 0;
      if (!data.event[k] && counts(data.time[k])) martingale += double(n) / at_risk(data.time[k]);
      for (std::size_t c = 0; c < n; ++c)
        if (!data.event[c] && data.time[c] <= data.time[k] && counts(data.time[c]))
          martingale -= double(n) / std::pow(at_risk(data.time[c]), 2);
      influence[k] += terms[i] * martingale / double(n);
    }
  return influence;
}

TEST(CensoringInfluence, IsTheSumOfTheMartingales) {
  const auto cohort = random_cohort(40, 15, 20, 2);
  for (const double horizon : {0.0, 7.0, 7.5, 20.0}) {
    const auto ours = censoring_influence(cohort.data, cohort.risk, horizon);
    const auto expected = influence_term_by_term(cohort.data, cohort.risk, horizon);
    for (std::size_t k = 0; k < ours.size(); ++k) EXPECT_NEAR(ours[k], expected[k], rounding);
  }
}

TEST(CensoringInfluence, IsNoneWithoutCensoring) {
  const SurvivalData data{{1, 2, 3}, {1, 1, 1}};
  EXPECT_EQ(censoring_influence(data, std::vector<double>{1, 2, 3}, 2.5),
            (std::vector<double>{0, 0, 0}));
}

}  // namespace
}  // namespace radiomics
