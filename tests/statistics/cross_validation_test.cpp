#include "radiomics/statistics/cross_validation.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/random_survival.h"

namespace radiomics {
namespace {

TEST(EventStratifiedFolds, AreOfEqualSizesAndEvents) {
  const auto cohort = random_cohort(103, 40, 20, 1);
  const auto folds = event_stratified_folds(cohort.data.event, 5, 3);
  std::vector<int> sizes(5), events(5);
  for (std::size_t i = 0; i < folds.size(); ++i) {
    ++sizes[std::size_t(folds[i])];
    events[std::size_t(folds[i])] += cohort.data.event[i];
  }
  EXPECT_LE(*std::ranges::max_element(sizes) - *std::ranges::min_element(sizes), 1);
  EXPECT_LE(*std::ranges::max_element(events) - *std::ranges::min_element(events), 1);
  EXPECT_EQ(folds, event_stratified_folds(cohort.data.event, 5, 3));
  EXPECT_NE(folds, event_stratified_folds(cohort.data.event, 5, 3, 1));
}

// Fold 0: (1, risk 2) before (2, risk 1): right. Fold 1: (3, risk 3) before (4, risk 4): wrong.
// Across: 1 and 2 before 3 and 4 with the lower risk: wrong.
TEST(SummariseFolds, TellsFoldsFromTheirPool) {
  const SurvivalData data{{1, 2, 3, 4}, {1, 1, 1, 1}};
  const auto result = summarise_folds(data, std::vector<int>{0, 0, 1, 1}, {2, 1, 3, 4});
  EXPECT_EQ(result.folds[0].concordance, 1);
  EXPECT_EQ(result.folds[1].concordance, 0);
  EXPECT_EQ(result.mean, 0.5);
  EXPECT_EQ(result.stratified, 0.5);
  EXPECT_EQ(result.pooled, 1.0 / 6);
}

TEST(SummariseFolds, LeavesOutAFoldWithoutComparablePairs) {
  const SurvivalData data{{1, 2, 3, 4}, {1, 1, 0, 0}};
  const auto result = summarise_folds(data, std::vector<int>{0, 0, 1, 1}, {2, 1, 3, 4});
  EXPECT_TRUE(std::isnan(result.folds[1].concordance));
  EXPECT_EQ(result.folds[1].n, 2);
  EXPECT_EQ(result.folds[1].events, 0);
  EXPECT_EQ(result.mean, 1);
}

TEST(SummariseFolds, KeepsToTheStrata) {
  const SurvivalData data{{1, 2, 3, 4}, {1, 1, 1, 1}};
  const auto result = summarise_folds(data, std::vector<int>{0, 0, 0, 0}, {2, 1, 3, 4},
                                      std::vector<int>{0, 0, 1, 1});
  EXPECT_EQ(result.pooled, 0.5);
  EXPECT_EQ(result.stratified, 0.5);
}

TEST(CrossValidateCox, DoesNotDependOnThreads) {
  const auto cohort = random_cohort(80, 40, 20, 2);
  CoxData data{.outcome = cohort.data, .covariates = Matrix(80, 1)};
  data.covariates.values = cohort.risk;
  const auto folds = event_stratified_folds(cohort.data.event, 4, 1);
  EXPECT_EQ(cross_validate_cox(data, folds, Ties::efron, 1).linear_predictor,
            cross_validate_cox(data, folds, Ties::efron, 3).linear_predictor);
}

TEST(CrossValidateCox, SaysWhichFoldsFailedOrLostATerm) {
  const auto cohort = random_cohort(40, 40, 20, 3);
  CoxData data{.outcome = cohort.data, .covariates = Matrix(40, 2)};
  std::ranges::copy(cohort.risk, data.covariates.column(0).begin());
  data.covariates(0, 1) = 1;  // a level that is in fold 0 only
  std::vector<int> folds(40);
  for (std::size_t i = 0; i < 40; ++i) folds[i] = int(i % 2);
  const auto result = cross_validate_cox(data, folds);
  EXPECT_TRUE(result.folds[0].aliased);
  EXPECT_FALSE(result.folds[1].aliased);

  for (std::size_t i = 0; i < 40; i += 2) data.outcome.event[i] = 0;
  const auto eventless = cross_validate_cox(data, folds);
  EXPECT_TRUE(eventless.folds[1].failed);  // trained on fold 0, without events
  EXPECT_TRUE(std::isnan(eventless.pooled));
}

}  // namespace
}  // namespace radiomics
