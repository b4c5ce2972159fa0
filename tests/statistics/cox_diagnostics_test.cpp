// Properties of what is computed beside a fitted Cox model: residuals, influence, predictions,
// pooling, knots.

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/statistics/cox_predict.h"
#include "radiomics/statistics/cox_residuals.h"
#include "radiomics/statistics/restricted_cubic_spline.h"
#include "radiomics/statistics/rubin.h"
#include "tests/statistics/cox_samples.h"

namespace radiomics {
namespace {

// Sums of some hundred numbers of the size of 1, at a maximum that is found to 1e-12 standard
// errors.
constexpr double sum_tolerance = 1e-9;

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

CoxData without(const CoxData& data, std::size_t patient) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < data.size(); ++i)
    if (i != patient) rows.push_back(i);
  return rows_of(data, rows);
}

TEST(CoxDiagnostics, ScoreAndSchoenfeldResidualsSumToZeroAtTheFit) {
  const CoxData data = random_cohort(150, 3, 5);
  for (const Ties ties : {Ties::efron, Ties::breslow}) {
    const CoxFit fit = fit_cox(data, {.ties = ties});
    const auto residuals = cox_residuals(fit, data);
    const auto schoenfeld = schoenfeld_residuals(fit, data);
    ASSERT_EQ(schoenfeld.time.size(), std::size_t(fit.events));
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_NEAR(sum_of(residuals.score.column(j)), 0, sum_tolerance) << to_string(ties);
      EXPECT_NEAR(sum_of(residuals.dfbeta.column(j)), 0, sum_tolerance) << to_string(ties);
      EXPECT_NEAR(sum_of(schoenfeld.residuals.column(j)), 0, sum_tolerance) << to_string(ties);
      EXPECT_NEAR(sum_of(schoenfeld.scaled.column(j)) / fit.events, fit.coefficients[j],
                  sum_tolerance)
          << "an estimate of the coefficient at each time";
    }
    EXPECT_NEAR(sum_of(residuals.martingale), 0, sum_tolerance);
  }
}

// To first order dfbeta is what the coefficient loses with the patient. The second order is about
// a tenth of it in this trial of 42: R's numbers differ by 0.094 standard errors at most, too.
TEST(CoxDiagnostics, DfbetaIsCloseToLeavingThePatientOut) {
  const CoxData data = leukaemia_trial();
  const CoxFit fit = fit_cox(data);
  const auto dfbeta = cox_residuals(fit, data).dfbeta;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double exact = fit.coefficients[0] - fit_cox(without(data, i)).coefficients[0];
    EXPECT_NEAR(dfbeta(i, 0) / fit.std_errors[0], exact / fit.std_errors[0], 0.1) << i;
    EXPECT_GE(dfbeta(i, 0) * exact, 0) << "same direction, patient " << i;
  }
}

TEST(CoxDiagnostics, MostInfluentialAreThoseWhoMoveACoefficientMost) {
  CoxData data = random_cohort(80, 2, 9);
  const auto last =
      std::size_t(std::ranges::max_element(data.outcome.time) - data.outcome.time.begin());
  data.covariates(last, 1) = 30;  // far out, and lives longest
  const CoxFit fit = fit_cox(data);
  const auto residuals = cox_residuals(fit, data);
  const auto influential = most_influential(fit, residuals, 5);
  ASSERT_EQ(influential.size(), 5u);
  EXPECT_EQ(influential[0].patient, last);
  EXPECT_EQ(influential[0].term, 1u);
  for (std::size_t k = 0; k < 5; ++k) {
    const auto& one = influential[k];
    EXPECT_EQ(one.dfbeta, residuals.dfbeta(one.patient, one.term));
    EXPECT_EQ(one.standardised, one.dfbeta / fit.std_errors[one.term]);
    EXPECT_LE(std::abs(one.standardised), std::abs(influential[k > 0 ? k - 1 : 0].standardised));
  }
  const auto moved = [&residuals](std::size_t i) {
    return residuals.dfbeta(i, 0) != 0 || residuals.dfbeta(i, 1) != 0;
  };
  std::size_t with_influence = 0;  // not those who left before the first event
  for (std::size_t i = 0; i < data.size(); ++i) with_influence += moved(i);
  EXPECT_LT(with_influence, data.size());
  EXPECT_EQ(most_influential(fit, residuals, 1000).size(), with_influence);
}

// With Breslow's ties the hazard at the own time is what is expected of a patient.
TEST(CoxDiagnostics, CumulativeHazardsSumToTheEvents) {
  CoxData data = random_cohort(120, 2, 3);
  data.offset.clear();
  const CoxFit fit = fit_cox(data, {.ties = Ties::breslow});
  const auto baseline = cox_baseline(fit, data);
  const CoxNewData same{data.covariates, data.strata, {}};
  const auto hazards = cumulative_hazards(fit, baseline, same, data.outcome.time);
  EXPECT_NEAR(sum_of(hazards), fit.events, sum_tolerance * fit.events);
  const auto residuals = cox_residuals(fit, data);
  for (std::size_t i = 0; i < data.size(); ++i)
    EXPECT_NEAR(hazards[i], residuals.expected[i], sum_tolerance) << i;
}

TEST(CoxDiagnostics, AtTheMeansThePredictionIsTheBaseline) {
  CoxData data = random_cohort(90, 2, 4);
  data.offset.clear();
  data.strata.clear();
  const CoxFit fit = fit_cox(data);
  const auto baseline = cox_baseline(fit, data);
  Matrix means(1, 2);
  for (std::size_t j = 0; j < 2; ++j) means(0, j) = fit.means[j];
  const auto& curve = baseline[0];
  const auto prediction = predict_survival(fit, baseline, {means, {}, {}}, curve.time);
  for (std::size_t t = 0; t < curve.time.size(); ++t)
    EXPECT_NEAR(prediction.survival(0, t), std::exp(-curve.at_means[t]), 1e-12);
  EXPECT_NEAR(risk_scores(fit, {means, {}, {}})[0], 1, 1e-12);
}

TEST(CoxDiagnostics, WhatIsMissingOrBeyondFollowUpIsNotPredicted) {
  CoxData data = random_cohort(90, 2, 4);
  data.offset.clear();
  data.strata.clear();
  const CoxFit fit = fit_cox(data);
  Matrix covariates(2, 2);
  covariates(0, 1) = undefined;
  const std::vector<double> times{-1, 5, 1e6};
  const auto prediction =
      predict_survival(fit, cox_baseline(fit, data), {covariates, {}, {}}, times);
  for (const Matrix* part :
       {&prediction.survival, &prediction.std_error, &prediction.conf_low, &prediction.conf_high}) {
    for (std::size_t t = 0; t < 3; ++t) EXPECT_TRUE(std::isnan((*part)(0, t))) << t;
    EXPECT_TRUE(std::isnan((*part)(1, 2)));
    EXPECT_FALSE(std::isnan((*part)(1, 1)));
  }
  EXPECT_EQ(prediction.survival(1, 0), 1) << "before the first time";
}

// An event at 0.1 + 0.2 has happened by 0.3, as for the curves of Kaplan and Meier.
TEST(CoxDiagnostics, HorizonsAllowForRounding) {
  const CoxData data = cox_data({0.1, 0.1 + 0.2, 0.5, 1.1 + 2.2}, {1, 1, 0, 1}, {1, 0, 1, 0});
  const CoxFit fit = fit_cox(data);
  const std::vector<double> times{0.3, 3.3};
  ASSERT_LT(times[0], data.outcome.time[1]);
  ASSERT_LT(times[1], data.outcome.time[3]);
  const auto baseline = cox_baseline(fit, data);
  const auto prediction = predict_survival(fit, baseline, {Matrix(1, 1), {}, {}}, times);
  EXPECT_NEAR(prediction.survival(0, 0), std::exp(-baseline[0].at_zero[1]), 1e-15);
  EXPECT_NEAR(prediction.survival(0, 1), std::exp(-baseline[0].at_zero[3]), 1e-15);
}

// By hand: within 1, between 1, variance 1 + 4/3, lambda 4/7, df 2 / (4/7)^2 = 6.125, whose t
// quantile is 2.43485782317834 (R: qt).
TEST(CoxDiagnostics, RubinsRulesByHand) {
  const auto pooled = pool(std::vector<double>{1, 2, 3}, std::vector<double>{1, 1, 1});
  EXPECT_DOUBLE_EQ(pooled.estimate, 2);
  EXPECT_DOUBLE_EQ(pooled.variance, 7.0 / 3);
  EXPECT_DOUBLE_EQ(pooled.lambda, 4.0 / 7);
  EXPECT_DOUBLE_EQ(pooled.df, 6.125);
  const auto limits = interval(pooled, 0.95);
  EXPECT_NEAR(limits.high, 2 + 2.43485782317834 * std::sqrt(7.0 / 3), 1e-12);
  EXPECT_NEAR(limits.low, 4 - limits.high, 1e-12);
}

TEST(CoxDiagnostics, ImputationsThatAgreeAreOneTable) {
  const auto pooled = pool(std::vector<double>{2, 2}, std::vector<double>{4, 4});
  EXPECT_TRUE(std::isinf(pooled.df));
  EXPECT_EQ(pooled.lambda, 0);
  EXPECT_NEAR(interval(pooled, 0.95).high, 2 + 2 * 1.959963984540054, 1e-12);
  const auto one = pool(std::vector<double>{2}, std::vector<double>{4});
  EXPECT_TRUE(std::isnan(one.std_error));
  EXPECT_TRUE(std::isnan(interval(one, 0.95).low));
}

// Harrell's rule for fewer than 100 values (Hmisc: rcspline.eval): the outer knots are the fifth
// smallest and the fifth largest value, the inner ones the quantiles as ever, type 7.
TEST(CoxDiagnostics, KnotsOfFewValuesAreInsideTheFifthFromEachEnd) {
  std::vector<double> values(50);
  std::iota(values.begin(), values.end(), 1);
  const auto knots = default_knots(values, 4);
  ASSERT_EQ(knots.size(), 4u);
  EXPECT_EQ(knots[0], 5);
  EXPECT_NEAR(knots[1], 1 + 49 * 0.35, 1e-12);
  EXPECT_NEAR(knots[2], 1 + 49 * 0.65, 1e-12);
  EXPECT_EQ(knots[3], 46);
  EXPECT_NEAR(default_knots(values, 3)[0], 1 + 49 * 0.10, 1e-12) << "three knots lie further in";
  std::vector<double> many(100);
  std::iota(many.begin(), many.end(), 1);
  EXPECT_NEAR(default_knots(many, 4)[0], 1 + 99 * 0.05, 1e-12);
  EXPECT_TRUE(default_knots(std::vector<double>{1, 1, 1, 2, 2, 2}, 4).empty());
}

}  // namespace
}  // namespace radiomics
