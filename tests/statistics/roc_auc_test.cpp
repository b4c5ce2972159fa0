#include "radiomics/statistics/roc_auc.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double rounding = 1e-14;

using Outcome = std::vector<std::uint8_t>;

// Of nine pairs one (3 against 4) is the wrong way round. In either class the shares are 1, 1 and
// 2/3, so the variance is 2 * (1/27) / 3.
TEST(RocAuc, SixPatientsByHand) {
  const auto auc = roc_auc(std::vector<double>{3, 1, 5, 4, 6, 2}, Outcome{1, 0, 1, 0, 1, 0});
  EXPECT_EQ(auc.events, 3);
  EXPECT_EQ(auc.non_events, 3);
  EXPECT_NEAR(auc.estimate.estimate, 8. / 9, rounding);
  EXPECT_NEAR(auc.estimate.std_error, std::sqrt(2. / 81), rounding);
  EXPECT_NEAR(auc.estimate.conf_low, 8. / 9 - 1.959963984540054 * std::sqrt(2. / 81), rounding);
  EXPECT_EQ(auc.estimate.conf_high, 1);
}

TEST(RocAuc, TiesCountOneHalf) {
  const auto auc = roc_auc(std::vector<double>{1, 1, 2, 2}, Outcome{1, 0, 1, 0});
  EXPECT_EQ(auc.estimate.estimate, (0.5 + 0 + 1 + 0.5) / 4);
  EXPECT_EQ(roc_auc(std::vector<double>{7, 7, 7}, Outcome{1, 0, 0}).estimate.estimate, 0.5);
}

TEST(RocAuc, TurnedScoresGiveTheComplement) {
  const std::vector<double> score{0.3, 0.1, 0.8, 0.5, 0.5, 0.9, 0.2};
  std::vector<double> turned;
  for (const double value : score) turned.push_back(-value);
  const Outcome outcome{0, 0, 1, 1, 0, 1, 1};
  const auto auc = roc_auc(score, outcome), other = roc_auc(turned, outcome);
  EXPECT_NEAR(auc.estimate.estimate + other.estimate.estimate, 1, rounding);
  EXPECT_NEAR(auc.estimate.std_error, other.estimate.std_error, rounding);
}

TEST(RocAuc, UndefinedWithoutBothClasses) {
  EXPECT_TRUE(std::isnan(roc_auc(std::vector<double>{1, 2}, Outcome{1, 1}).estimate.estimate));
  const auto single = roc_auc(std::vector<double>{1, 2, 3}, Outcome{1, 0, 0});
  EXPECT_EQ(single.estimate.estimate, 0);
  EXPECT_TRUE(std::isnan(single.estimate.std_error) && std::isnan(single.estimate.conf_high));
}

// Shares of the first marker 1, 1, 2/3 and of the second 1, 1, 1 in either class: differences
// 0, 0, 1/3.
TEST(CompareAuc, ByHand) {
  const Outcome outcome{1, 0, 1, 0, 1, 0};
  const auto base = roc_auc(std::vector<double>{3, 1, 5, 4, 6, 2}, outcome);
  const auto full = roc_auc(std::vector<double>{4, 1, 5, 3, 6, 2}, outcome);
  const auto test = compare_auc(base, full, outcome);
  EXPECT_NEAR(test.difference.estimate, 1. / 9, rounding);
  EXPECT_NEAR(test.difference.std_error, std::sqrt(2. / 81), rounding);
  EXPECT_NEAR(test.statistic, 1 / std::sqrt(2.), 1e-13);
  EXPECT_NEAR(test.p_value, std::erfc(0.5), 1e-13);
  const auto none = compare_auc(base, base, outcome);
  EXPECT_EQ(none.difference.estimate, 0);
  EXPECT_TRUE(std::isnan(none.p_value));
}

TEST(RocCurve, HasAPointPerDistinctScore) {
  const Outcome outcome{1, 0, 1, 0};
  const auto curve = roc_curve(std::vector<double>{4, 3, 3, 1}, outcome);
  EXPECT_EQ(curve.false_positive, (std::vector<double>{0, 0, 0.5, 1}));
  EXPECT_EQ(curve.true_positive, (std::vector<double>{0, 0.5, 1, 1}));
  EXPECT_TRUE(roc_curve(std::vector<double>{1, 2}, Outcome{1, 1}).true_positive.empty());
}

TEST(RocCurve, TheAreaBelowItIsTheAuc) {
  const std::vector<double> score{0.1, 0.4, 0.4, 0.8, 0.2, 0.9, 0.4};
  const Outcome outcome{0, 1, 0, 1, 0, 0, 1};
  const auto curve = roc_curve(score, outcome);
  double area = 0;
  for (std::size_t i = 1; i < curve.true_positive.size(); ++i)
    area += (curve.false_positive[i] - curve.false_positive[i - 1]) *
            (curve.true_positive[i] + curve.true_positive[i - 1]) / 2;
  EXPECT_NEAR(area, roc_auc(score, outcome).estimate.estimate, rounding);
}

TEST(RocCurve, AWeightCountsAsSoManyPatients) {
  const auto weighted =
      roc_curve(std::vector<double>{3, 2, 1}, Outcome{1, 0, 1}, std::vector<double>{3, 2, 1});
  EXPECT_EQ(weighted.true_positive, (std::vector<double>{0, 0.75, 0.75, 1}));
  EXPECT_EQ(weighted.false_positive, (std::vector<double>{0, 0, 1, 1}));
}

}  // namespace
}  // namespace radiomics
