#include "radiomics/statistics/penalised_cox.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"

namespace radiomics {
namespace {

struct Sample {
  SurvivalData outcome;
  Matrix covariates;
};

/// Correlated columns on scales from 0.1 to 10, the first three of which have an effect; times on a
/// grid, so that they tie.
Sample sample(std::size_t n, std::size_t p, std::uint64_t seed) {
  RandomStream random(seed, 1);
  Sample result{{}, Matrix(n, p)};
  for (std::size_t i = 0; i < n; ++i) {
    const double shared = random.uniform() - 0.5;
    double risk = 0;
    for (std::size_t j = 0; j < p; ++j) {
      const double value = 0.7 * shared + random.uniform() - 0.5;
      if (j < 3) risk += (j == 1 ? -1.5 : 1.5) * value;
      result.covariates(i, j) = value * std::pow(10.0, double(j % 3) - 1) + 5;
    }
    const double time = -std::log(random.uniform()) * std::exp(-risk);
    const double censored = 3 * random.uniform();
    result.outcome.time.push_back(std::ceil(20 * std::min(time, censored)));
    result.outcome.event.push_back(time <= censored);
  }
  return result;
}

double standard_deviation(std::span<const double> values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / double(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / double(values.size()));
}

/// The derivative of the partial log-likelihood, term by term as it is defined.
std::vector<double> score(const Sample& data, std::span<const double> b, Ties ties) {
  const std::size_t n = data.outcome.size(), p = data.covariates.columns;
  const auto& [time, event] = data.outcome;
  std::vector<double> risk(n), result(p);
  for (std::size_t i = 0; i < n; ++i) {
    double predictor = 0;
    for (std::size_t j = 0; j < p; ++j) predictor += b[j] * (data.covariates(i, j) - 5);
    risk[i] = std::exp(predictor);
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (event[i] == 0) continue;
    double deaths = 0, before = 0;  // at this time; those listed before this one
    for (std::size_t k = 0; k < n; ++k)
      if (time[k] == time[i] && event[k] == 1) {
        ++deaths;
        before += k < i;
      }
    double sum = 0;
    std::vector<double> weighted(p);
    for (std::size_t k = 0; k < n; ++k) {
      if (time[k] < time[i]) continue;
      const bool dies = ties == Ties::efron && time[k] == time[i] && event[k] == 1;
      const double weight = risk[k] * (dies ? 1 - before / deaths : 1);
      sum += weight;
      for (std::size_t j = 0; j < p; ++j) weighted[j] += weight * data.covariates(k, j);
    }
    for (std::size_t j = 0; j < p; ++j) result[j] += data.covariates(i, j) - weighted[j] / sum;
  }
  return result;
}

/// The largest violation of the conditions of the minimum at solution k, per standardised column.
double violation(const Sample& data, const PenalisedCoxPath& path, std::size_t k,
                 const PenalisedCoxOptions& options) {
  const auto b = path.coefficients_at(k);
  const auto slopes = score(data, b, options.ties);
  double sum = 0, largest = 0;
  for (const double factor : options.penalty_factors) sum += factor;
  for (std::size_t j = 0; j < b.size(); ++j) {
    const double sd = standard_deviation(data.covariates.column(j));
    const double factor =
        options.penalty_factors.empty() ? 1 : options.penalty_factors[j] * double(b.size()) / sum;
    const double unit = options.standardize ? sd : 1;
    const double slope = slopes[j] / double(data.outcome.size());
    const double weight = path.lambda[k] * factor;
    const double ridge = weight * (1 - options.alpha) * b[j] * unit * unit;
    const double lasso = weight * options.alpha * unit;
    const double off = b[j] == 0 ? std::max(0.0, std::abs(slope) - lasso)
                                 : std::abs(slope - ridge - std::copysign(lasso, b[j]));
    largest = std::max(largest, off / sd);
  }
  return largest;
}

/// The zero of a falling function.
double root(const std::function<double(double)>& function) {
  double low = -50, high = 50;
  for (int k = 0; k < 200; ++k) (function((low + high) / 2) > 0 ? low : high) = (low + high) / 2;
  return low;
}

TEST(PenalisedCox, OneColumnSolvesTheScoreEquation) {
  const Sample data = sample(60, 1, 1);
  const double sd = standard_deviation(data.covariates.column(0)), n = 60;
  const double at_zero = score(data, std::vector<double>{0.0}, Ties::breslow)[0] / n / sd;
  for (const double alpha : {1.0, 0.4, 0.0}) {
    const auto path =
        fit_penalised_cox(data.outcome, data.covariates, {.alpha = alpha, .lambdas = {0.02, 0.1}});
    EXPECT_NEAR(path.lambda_max, std::abs(at_zero) / std::max(alpha, 0.001), 1e-10);
    EXPECT_EQ(path.lambda, (std::vector<double>{0.1, 0.02}));
    for (std::size_t k = 0; k < 2; ++k) {
      const double lambda = path.lambda[k];
      const double expected = root([&](double b) {  // b of the standardised column
        const double slope = score(data, std::vector<double>{b / sd}, Ties::breslow)[0] / n / sd;
        return slope - lambda * (alpha * std::copysign(1.0, at_zero) + (1 - alpha) * b);
      });
      ASSERT_GT(expected * at_zero, 0);  // the sign that the equation assumed
      EXPECT_NEAR(path.coefficients(0, k) * sd, expected, 1e-6) << alpha << " " << lambda;
    }
  }
}

TEST(PenalisedCox, TwoPatientsByHand) {
  // Standardised x is 1 and -1, l = -log(1 + exp(-2 b)), slope 2 / (1 + exp(2 b)): at 0 it is 1.
  const SurvivalData outcome{{1, 2}, {1, 1}};
  Matrix x(2, 1);
  x(0, 0) = 7;
  x(1, 0) = 3;
  const auto path = fit_penalised_cox(outcome, x, {.lambdas = {0.5, 0.25}});
  EXPECT_NEAR(path.lambda_max, 0.5, 1e-12);
  EXPECT_EQ(path.coefficients(0, 0), 0);
  EXPECT_EQ(path.df, (std::vector<int>{0, 1}));
  EXPECT_NEAR(path.coefficients(0, 1), std::log(3.0) / 2 / 2, 1e-7);
  EXPECT_NEAR(path.log_likelihood_null, -std::log(2), 1e-14);
  EXPECT_NEAR(path.log_likelihood[1], std::log(0.75), 1e-7);
  EXPECT_NEAR(path.dev_ratio[1], 1 - std::log(0.75) / -std::log(2), 1e-7);
}

TEST(PenalisedCox, LambdaMaxIsWhereTheFirstColumnEnters) {
  const Sample data = sample(80, 12, 2);
  const double lambda_max = fit_penalised_cox(data.outcome, data.covariates).lambda_max;
  const auto path =
      fit_penalised_cox(data.outcome, data.covariates,
                        {.lambdas = {2 * lambda_max, 1.0001 * lambda_max, 0.999 * lambda_max}});
  EXPECT_EQ(path.df, (std::vector<int>{0, 0, 1}));
  EXPECT_EQ(path.dev_ratio[1], 0);
}

TEST(PenalisedCox, NoPenaltyIsTheMaximumOfTheLikelihood) {
  const Sample data = sample(120, 4, 3);
  for (const Ties ties : {Ties::breslow, Ties::efron}) {
    const auto path =
        fit_penalised_cox(data.outcome, data.covariates, {.lambdas = {0}, .ties = ties});
    ASSERT_EQ(path.lambda.size(), 1);
    const auto slopes = score(data, path.coefficients_at(0), ties);
    for (std::size_t j = 0; j < 4; ++j)
      EXPECT_NEAR(slopes[j] / standard_deviation(data.covariates.column(j)), 0, 120 * 1e-8);
  }
}

struct Setting {
  const char* name = "";
  std::size_t n = 0, p = 0;
  PenalisedCoxOptions options{};
};

void PrintTo(const Setting& setting, std::ostream* out) { *out << setting.name; }

std::vector<double> some_free(std::size_t count) {
  std::vector<double> factors(count, 1.0);
  factors[2] = factors[5] = 0;
  factors[3] = 2.5;
  return factors;
}

class PenalisedCoxPaths : public testing::TestWithParam<Setting> {};

TEST_P(PenalisedCoxPaths, MeetTheConditionsOfAMinimum) {
  const auto& [name, n, p, options] = GetParam();
  const Sample data = sample(n, p, 4);
  const auto path = fit_penalised_cox(data.outcome, data.covariates, options);
  ASSERT_EQ(path.end, PathEnd::complete);
  ASSERT_EQ(path.lambda.size(), std::size_t(options.lambda_count));
  for (std::size_t k = 0; k < path.lambda.size(); ++k) {
    // The reported violation is the real one, up to rounding.
    EXPECT_LE(path.kkt[k], options.tolerance) << k;
    EXPECT_NEAR(violation(data, path, k, options), path.kkt[k], 1e-10) << k;
    EXPECT_GE(path.dev_ratio[k], path.dev_ratio[k == 0 ? 0 : k - 1] - 1e-7);
  }
  EXPECT_GT(path.df.back(), 2);
}

INSTANTIATE_TEST_SUITE_P(
    Settings, PenalisedCoxPaths,
    testing::Values(
        Setting{"lasso", 70, 20, {.lambda_count = 15}},
        Setting{"lasso_wide", 50, 120, {.lambda_count = 15}},
        Setting{"lasso_efron", 50, 120, {.lambda_count = 15, .ties = Ties::efron}},
        Setting{"net", 50, 90, {.alpha = 0.3, .lambda_count = 15}},
        Setting{"net_as_it_is", 50, 20, {.alpha = 0.3, .lambda_count = 15, .standardize = false}},
        Setting{"lasso_free", 60, 30, {.lambda_count = 15, .penalty_factors = some_free(30)}},
        Setting{"ridge", 70, 10, {.alpha = 0, .lambda_count = 15}},
        Setting{"ridge_wide", 40, 110, {.alpha = 0, .lambda_count = 15}},
        Setting{"ridge_wide_free",
                40,
                110,
                {.alpha = 0, .lambda_count = 15, .penalty_factors = some_free(110)}},
        Setting{"ridge_wide_as_it_is",
                40,
                60,
                {.alpha = 0, .lambda_count = 15, .standardize = false, .ties = Ties::efron}}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(PenalisedCox, ColumnsThatRepeatOthersDoNoHarm) {
  Sample data = sample(60, 8, 5);
  std::ranges::copy(data.covariates.column(0), data.covariates.column(6).begin());
  for (std::size_t i = 0; i < 60; ++i)
    data.covariates(i, 7) = data.covariates(i, 0) + data.covariates(i, 1) / 10;
  for (const double alpha : {1.0, 0.5, 0.0}) {
    const PenalisedCoxOptions options{.alpha = alpha, .lambda_count = 30};
    const auto path = fit_penalised_cox(data.outcome, data.covariates, options);
    ASSERT_EQ(path.end, PathEnd::complete);
    for (std::size_t k = 0; k < path.lambda.size(); ++k)
      EXPECT_LE(violation(data, path, k, options), 1e-7);
    if (alpha == 1) continue;  // a lasso may share between equal columns as it likes
    EXPECT_NEAR(path.coefficients(0, 29), path.coefficients(6, 29),
                1e-2 * std::abs(path.coefficients(0, 29)));
  }
}

TEST(PenalisedCox, ConstantColumnsStayOut) {
  Sample data = sample(50, 5, 6);
  std::ranges::fill(data.covariates.column(1), 0.1);
  const auto path = fit_penalised_cox(data.outcome, data.covariates);
  EXPECT_EQ(path.constant, (std::vector<char>{0, 1, 0, 0, 0}));
  for (std::size_t k = 0; k < path.lambda.size(); ++k) EXPECT_EQ(path.coefficients(1, k), 0);

  const auto none = fit_penalised_cox(data.outcome, Matrix(50, 2, 3.0));
  EXPECT_EQ(none.lambda, std::vector<double>{0});
  EXPECT_EQ(none.df, std::vector<int>{0});
  const auto empty = fit_penalised_cox(data.outcome, Matrix(50, 0));
  EXPECT_EQ(empty.df, std::vector<int>{0});
}

TEST(PenalisedCox, ScaleAndOrderOfTheDataDoNotMatter) {
  const Sample data = sample(60, 15, 7);
  Sample other = data;
  RandomStream random(1, 1);
  const auto order = random_order(60, random);
  other.outcome = subset(data.outcome, order);
  other.covariates = rows_of(data.covariates, order);
  for (auto& value : other.covariates.column(4)) value = 1e6 * value - 1e7;
  const auto ours = fit_penalised_cox(data.outcome, data.covariates);
  const auto theirs = fit_penalised_cox(other.outcome, other.covariates);
  ASSERT_EQ(ours.lambda.size(), theirs.lambda.size());
  for (std::size_t k = 0; k < ours.lambda.size(); ++k)
    for (std::size_t j = 0; j < 15; ++j)
      EXPECT_NEAR(ours.coefficients(j, k), theirs.coefficients(j, k) * (j == 4 ? 1e6 : 1), 1e-5);
}

TEST(PenalisedCox, SeparationEndsThePathBeforeItRunsOff) {
  // x orders the deaths perfectly.
  SurvivalData outcome;
  Matrix x(20, 2);
  for (std::size_t i = 0; i < 20; ++i) {
    outcome.time.push_back(double(i) + 1);
    outcome.event.push_back(1);
    x(i, 0) = -double(i);
    x(i, 1) = double(i % 3);
  }
  for (const double alpha : {1.0, 0.5}) {
    const auto path = fit_penalised_cox(
        outcome, x, {.alpha = alpha, .lambda_min_ratio = 1e-12, .penalty_factors = {}});
    EXPECT_EQ(path.end, PathEnd::saturated);
    EXPECT_GT(path.dev_ratio.back(), 0.9);
    EXPECT_LE(path.dev_ratio.back(), 0.999);
    EXPECT_EQ(path.coefficients.columns, path.lambda.size());
    EXPECT_EQ(path.kkt.size(), path.lambda.size());
  }
  // A free column that separates: there is no fit at any lambda, and no endless search for one.
  const auto none = fit_penalised_cox(outcome, x, {.penalty_factors = {0, 1}});
  EXPECT_NE(none.end, PathEnd::complete);
  EXPECT_TRUE(none.lambda.empty());
}

TEST(PenalisedCox, WithoutEventsThereIsNothingToFit) {
  const auto path = fit_penalised_cox({{1, 2, 3}, {0, 0, 0}}, Matrix(3, 2, 1.0));
  EXPECT_EQ(path.end, PathEnd::no_events);
  EXPECT_TRUE(path.lambda.empty());
  EXPECT_TRUE(std::isnan(path.lambda_max));
}

}  // namespace
}  // namespace radiomics
