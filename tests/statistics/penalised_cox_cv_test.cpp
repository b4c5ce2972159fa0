#include "radiomics/statistics/penalised_cox_cv.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"

namespace radiomics {
namespace {

struct Sample {
  SurvivalData outcome;
  Matrix covariates;
  std::vector<int> folds;
};

Sample sample(std::size_t n, std::size_t p, double effect) {
  RandomStream random(9, 1);
  Sample result{{}, Matrix(n, p), {}};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < p; ++j) result.covariates(i, j) = 2 * random.uniform() - 1;
    const double time = -std::log(random.uniform()) * std::exp(-effect * result.covariates(i, 0));
    const double censored = 3 * random.uniform();
    result.outcome.time.push_back(std::min(time, censored));
    result.outcome.event.push_back(time <= censored);
    result.folds.push_back(int(i % 5));
  }
  return result;
}

std::vector<double> path_of(const Sample& data) {
  return fit_penalised_cox(data.outcome, data.covariates,
                           {.lambda_count = 20, .lambda_min_ratio = 0.01})
      .lambda;
}

/// Pair by pair, as it is defined (no ties).
double log_likelihood(const SurvivalData& outcome, const Matrix& x, std::span<const double> b) {
  std::vector<double> predictor(outcome.size());
  for (std::size_t i = 0; i < outcome.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) predictor[i] += b[j] * x(i, j);
  double sum = 0;
  for (std::size_t i = 0; i < outcome.size(); ++i) {
    if (outcome.event[i] == 0) continue;
    double at_risk = 0;
    for (std::size_t k = 0; k < outcome.size(); ++k)
      if (outcome.time[k] >= outcome.time[i]) at_risk += std::exp(predictor[k]);
    sum += predictor[i] - std::log(at_risk);
  }
  return sum;
}

TEST(PenalisedCoxCv, IsWhatTheLeftOutAddToTheLikelihood) {
  const Sample data = sample(60, 4, 1);
  const auto lambdas = path_of(data);
  const auto cv = cross_validate_penalised_cox(data.outcome, data.covariates, lambdas, data.folds);
  ASSERT_EQ(cv.lambda, lambdas);
  for (std::size_t k = 0; k < lambdas.size(); k += 5) {
    double sum = 0, events = 0, squares = 0;
    std::vector<std::pair<double, double>> per_event;  // events, contribution / events
    for (int fold = 0; fold < 5; ++fold) {
      std::vector<std::size_t> training;
      double fold_events = 0;
      for (std::size_t i = 0; i < 60; ++i)
        if (data.folds[i] != fold)
          training.push_back(i);
        else
          fold_events += data.outcome.event[i];
      const auto outcome = subset(data.outcome, training);
      const auto x = rows_of(data.covariates, training);
      const auto fit = fit_penalised_cox(outcome, x, {.lambdas = {lambdas[k]}});
      const double part = log_likelihood(data.outcome, data.covariates, fit.coefficients_at(0)) -
                          log_likelihood(outcome, x, fit.coefficients_at(0));
      EXPECT_NEAR(cv.contributions(std::size_t(fold), k), part, 1e-5);  // two starts, one minimum
      sum += part;
      events += fold_events;
      per_event.emplace_back(fold_events, part / fold_events);
    }
    EXPECT_NEAR(cv.cvpl[k], sum, 1e-5);
    for (const auto& [e, c] : per_event) squares += e * (c - sum / events) * (c - sum / events);
    EXPECT_NEAR(cv.std_error[k], events * std::sqrt(squares / events / 4), 1e-4);
  }
}

TEST(PenalisedCoxCv, ChoosesTheBestAndTheSimplestAsGood) {
  const Sample data = sample(150, 6, 1.5);
  const auto cv =
      cross_validate_penalised_cox(data.outcome, data.covariates, path_of(data), data.folds);
  const auto best = std::size_t(std::ranges::max_element(cv.cvpl) - cv.cvpl.begin());
  EXPECT_EQ(cv.lambda_best, cv.lambda[best]);
  EXPECT_GT(cv.cvpl[best], cv.cvpl[0] + 5);  // an effect that is there is found
  const auto simplest =
      std::size_t(std::ranges::find(cv.lambda, cv.lambda_1se) - cv.lambda.begin());
  ASSERT_LT(simplest, cv.lambda.size());
  EXPECT_LE(simplest, best);
  EXPECT_GE(cv.cvpl[simplest], cv.cvpl[best] - cv.std_error[best]);
  ASSERT_GT(simplest, 0);
  EXPECT_LT(cv.cvpl[simplest - 1], cv.cvpl[best] - cv.std_error[best]);
}

TEST(PenalisedCoxCv, IsTheSameForAnyNumberOfThreads) {
  const Sample data = sample(80, 30, 1);
  const auto lambdas = path_of(data);
  const auto one =
      cross_validate_penalised_cox(data.outcome, data.covariates, lambdas, data.folds, {}, 1);
  const auto three =
      cross_validate_penalised_cox(data.outcome, data.covariates, lambdas, data.folds, {}, 3);
  EXPECT_EQ(one.contributions.values, three.contributions.values);
  EXPECT_EQ(one.cvpl, three.cvpl);
  EXPECT_EQ(one.lambda_best, three.lambda_best);
  EXPECT_EQ(one.lambda_1se, three.lambda_1se);
}

TEST(PenalisedCoxCv, AFoldThatHasAllEventsLeavesNoAnswer) {
  Sample data = sample(40, 3, 1);
  for (std::size_t i = 0; i < 40; ++i) data.folds[i] = data.outcome.event[i];
  const auto cv =
      cross_validate_penalised_cox(data.outcome, data.covariates, path_of(data), data.folds);
  for (const double value : cv.cvpl) EXPECT_TRUE(std::isnan(value));
  EXPECT_TRUE(std::isnan(cv.lambda_best));
  EXPECT_TRUE(std::isnan(cv.lambda_1se));
}

}  // namespace
}  // namespace radiomics
