#include "radiomics/statistics/horizon_outcome.h"

#include <numeric>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double rounding = 1e-14;

// At 2 one of four is censored: those whose outcome is known later stand for 4/3 patients.
TEST(HorizonOutcome, ByHand) {
  const auto result = horizon_outcome(SurvivalData{{1, 2, 3, 3, 5}, {1, 0, 1, 0, 1}}, 3);
  EXPECT_EQ(result.excluded, 1);
  EXPECT_EQ(result.patients, (std::vector<std::size_t>{0, 2, 3, 4}));
  EXPECT_EQ(result.event, (std::vector<std::uint8_t>{1, 1, 0, 0}));
  const std::vector<double> weights{1, 4. / 3, 4. / 3, 4. / 3};
  for (std::size_t i = 0; i < weights.size(); ++i)
    EXPECT_NEAR(result.weights[i], weights[i], rounding);
}

TEST(HorizonOutcome, CompetingEventBeforeIsEventFree) {
  const CompetingRisksData data{{1, 2, 3, 4}, {2, 1, 2, 1}};
  EXPECT_EQ(horizon_outcome(data, 3).event, (std::vector<std::uint8_t>{0, 1, 0, 0}));
  EXPECT_EQ(horizon_outcome(data, 3, 2).event, (std::vector<std::uint8_t>{1, 0, 1, 0}));
  EXPECT_EQ(horizon_outcome(data, 3).excluded, 0);
}

TEST(HorizonOutcome, WeightsSumToAllPatients) {
  const CompetingRisksData data{{1, 1, 2, 2, 2, 3, 4, 4, 5, 6}, {0, 1, 2, 0, 1, 0, 0, 1, 0, 2}};
  for (const double horizon : {0.5, 1., 2., 3.5, 4., 5., 6.}) {
    const auto weights = horizon_outcome(data, horizon).weights;
    EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 10, 1e-13) << horizon;
  }
}

TEST(HorizonOutcome, RoundedTimesAreAtTheHorizon) {
  const auto result = horizon_outcome(SurvivalData{{0.1 + 0.2, 0.1 + 0.2, 9}, {1, 0, 0}}, 0.3);
  EXPECT_EQ(result.event, (std::vector<std::uint8_t>{1, 0, 0}));
  EXPECT_EQ(result.excluded, 0);
}

TEST(HorizonOutcome, BeyondFollowUpOnlyEventsAreKnown) {
  const auto result = horizon_outcome(SurvivalData{{1, 2, 3}, {1, 0, 0}}, 10);
  EXPECT_EQ(result.patients, (std::vector<std::size_t>{0}));
  EXPECT_EQ(result.excluded, 2);
}

}  // namespace
}  // namespace radiomics
