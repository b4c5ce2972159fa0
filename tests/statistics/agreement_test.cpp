#include "radiomics/statistics/agreement.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

using Values = std::vector<double>;

constexpr double printed_2 = 5.001e-3;  // half a unit of the last of two decimals

/// Ratings written one subject after the other.
Matrix ratings(std::size_t raters, const Values& values) {
  Matrix result(values.size() / raters, raters);
  for (std::size_t i = 0; i < values.size(); ++i) result(i / raters, i % raters) = values[i];
  return result;
}

// Six targets and four judges: Shrout and Fleiss 1979, table 2; mean squares of table 3 (11.24
// between targets, 1.02 residual, 6.26 within), correlations of table 4.
const Matrix judges = ratings(4, {9, 2, 5, 8, 6,  1, 3, 2, 8, 4, 6, 8,  //
                                  7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7});

TEST(IntraclassCorrelation, OfSixTargetsAndFourJudgesAsPublished) {
  EXPECT_NEAR(intraclass_correlation(judges, IccType::one_way).estimate, 0.17, printed_2);
  EXPECT_NEAR(intraclass_correlation(judges, IccType::agreement).estimate, 0.29, printed_2);
  EXPECT_NEAR(intraclass_correlation(judges, IccType::consistency).estimate, 0.71, printed_2);
}

TEST(IntraclassCorrelation, TestsTheRatioOfMeanSquares) {
  const auto one_way = intraclass_correlation(judges, IccType::one_way);
  EXPECT_NEAR(one_way.statistic, 11.24 / 6.26, printed_2);
  EXPECT_EQ(one_way.df1, 5);
  EXPECT_EQ(one_way.df2, 18);
  for (const auto type : {IccType::agreement, IccType::consistency}) {
    const auto two_way = intraclass_correlation(judges, type);
    EXPECT_NEAR(two_way.statistic, 11.24 / 1.02, 11.24 / 1.02 * 0.005);  // 1.02: 0.5 % of rounding
    EXPECT_EQ(two_way.df2, 15);
    EXPECT_EQ(two_way.p_value, f_p(two_way.statistic, 5, 15));
  }
}

TEST(IntraclassCorrelation, IntervalsNestAndHoldTheEstimate) {
  for (const auto type : {IccType::one_way, IccType::agreement, IccType::consistency}) {
    const auto wide = intraclass_correlation(judges, type, 0.95);
    const auto narrow = intraclass_correlation(judges, type, 0.80);
    EXPECT_LT(wide.conf_low, narrow.conf_low) << to_string(type);
    EXPECT_LT(narrow.conf_low, wide.estimate) << to_string(type);
    EXPECT_LT(wide.estimate, narrow.conf_high) << to_string(type);
    EXPECT_LT(narrow.conf_high, wide.conf_high) << to_string(type);
    EXPECT_LE(wide.conf_high, 1) << to_string(type);
    EXPECT_EQ(wide.p_value, narrow.p_value) << to_string(type);
  }
}

TEST(IntraclassCorrelation, OnlyConsistencyForgivesAShift) {
  const Matrix shifted = ratings(2, {1, 3, 2, 4, 3, 5});
  const auto consistency = intraclass_correlation(shifted, IccType::consistency);
  EXPECT_EQ(consistency.estimate, 1);
  EXPECT_EQ(consistency.conf_low, 1);
  EXPECT_EQ(consistency.p_value, 0);
  // Mean squares 2 between subjects, 6 between raters, 0 left: 2 / (2 + 2 x 6 / 3).
  const auto agreement = intraclass_correlation(shifted, IccType::agreement);
  EXPECT_NEAR(agreement.estimate, 1.0 / 3, 1e-15);
  EXPECT_LT(agreement.conf_low, agreement.estimate);
  EXPECT_GT(agreement.conf_high, agreement.estimate);
}

TEST(IntraclassCorrelation, PerfectAgreementIsOne) {
  for (const auto type : {IccType::one_way, IccType::agreement, IccType::consistency}) {
    const auto icc = intraclass_correlation(ratings(2, {1, 1, 2, 2, 4, 4}), type);
    EXPECT_EQ(icc.estimate, 1) << to_string(type);
    EXPECT_EQ(icc.conf_low, 1) << to_string(type);
    EXPECT_EQ(icc.conf_high, 1) << to_string(type);
    EXPECT_EQ(icc.p_value, 0) << to_string(type);
  }
}

TEST(IntraclassCorrelation, IsUndefinedWithoutSpreadOrReplicates) {
  for (const auto type : {IccType::one_way, IccType::agreement, IccType::consistency})
    for (const auto& matrix :
         {ratings(2, {0.1, 0.1, 0.1, 0.1}), ratings(1, {1, 2, 3}), ratings(2, {1, 2}), Matrix()}) {
      const auto icc = intraclass_correlation(matrix, type);
      EXPECT_TRUE(std::isnan(icc.estimate));
      EXPECT_TRUE(std::isnan(icc.conf_low));
      EXPECT_TRUE(std::isnan(icc.p_value));
    }
}

// Variances 2/3 and covariance 2/3, means one apart: (4/3) / (4/3 + 1).
TEST(ConcordanceCorrelation, ByHand) {
  EXPECT_NEAR(concordance_correlation(Values{1, 2, 3}, Values{2, 3, 4}), 4.0 / 7, 1e-15);
  EXPECT_EQ(concordance_correlation(Values{1, 2, 3}, Values{1, 2, 3}), 1);
  EXPECT_EQ(concordance_correlation(Values{1, 2, 3}, Values{3, 2, 1}), -1);
  EXPECT_TRUE(std::isnan(concordance_correlation(Values{2, 2}, Values{2, 2})));
  EXPECT_TRUE(std::isnan(concordance_correlation({}, {})));
}

// 9 and 11: variance 2, mean 10, squared coefficient 0.02; 20 and 20: 0. Their mean is 0.01.
TEST(WithinSubjectCv, ByHand) {
  EXPECT_NEAR(within_subject_cv(ratings(2, {9, 11, 20, 20})), 0.1, 1e-15);
  EXPECT_TRUE(std::isnan(within_subject_cv(ratings(2, {-1, 1, 20, 20}))));
  EXPECT_TRUE(std::isnan(within_subject_cv(ratings(1, {1, 2}))));
}

}  // namespace
}  // namespace radiomics
