#include "radiomics/statistics/combat.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/combat_prior.h"

namespace radiomics {
namespace {

using Indices = std::vector<std::size_t>;
using Values = std::vector<double>;

constexpr double rounding = 1e-10;  // of regressions on some ten patients

// Locations 1 and 3 have mean 2 and variance 2; with one common variance 1 nothing shrinks it. Two
// patients: (2 x 2 x 1 + 1 x 2) / (2 x 2 + 1) and (2 x 2 x 3 + 1 x 2) / (2 x 2 + 1).
TEST(CombatPrior, ParametricLocationsByHand) {
  const auto effects =
      shrunken_parametric({.patients = 2, .locations = {1, 3}, .variances = {1, 1}});
  EXPECT_NEAR(effects.locations[0], 1.2, 1e-14);
  EXPECT_NEAR(effects.locations[1], 2.8, 1e-14);
  EXPECT_NEAR(effects.variances[0], effects.variances[1], 1e-14);
}

/// Equations of Johnson 2007, section 3.2, as they stand there: both hold at once.
TEST(CombatPrior, ParametricEffectsSolveThePublishedEquations) {
  const double n = 5;
  const BatchEffects seen{
      .patients = 5, .locations = {0.4, -0.1, 0.8}, .variances = {0.5, 1.5, 1.0}};
  const double g = 1.1 / 3, v = 1.0, s2 = 0.25;
  const double t2 = (std::pow(0.4 - g, 2) + std::pow(-0.1 - g, 2) + std::pow(0.8 - g, 2)) / 2;
  const double shape = (v * v + 2 * s2) / s2, scale = (v * v * v + v * s2) / s2;
  const auto effects = shrunken_parametric(seen);
  for (std::size_t j = 0; j < 3; ++j) {
    const double location = effects.locations[j], variance = effects.variances[j];
    EXPECT_NEAR(location, (n * t2 * seen.locations[j] + variance * g) / (n * t2 + variance), 1e-13);
    const double squares =
        (n - 1) * seen.variances[j] + n * std::pow(seen.locations[j] - location, 2);
    EXPECT_NEAR(variance, (scale + squares / 2) / (n / 2 + shape - 1), 1e-13);
  }
}

// Of two features each has only the other one's effect to go by.
TEST(CombatPrior, NonparametricOfTwoFeaturesSwapsThem) {
  const auto effects =
      shrunken_nonparametric({.patients = 3, .locations = {1, 3}, .variances = {0.5, 2}});
  EXPECT_EQ(effects.locations, (Values{3, 1}));
  EXPECT_EQ(effects.variances, (Values{2, 0.5}));
}

// Two patients at 0 -+ 1 (mean 0, variance 2). Under N(1, 1) their squares add up to 4, under
// N(2, 1) to 10: the likelihoods are as 1 to exp(-3).
TEST(CombatPrior, NonparametricWeightsByHand) {
  const auto effects =
      shrunken_nonparametric({.patients = 2, .locations = {0, 1, 2}, .variances = {2, 1, 1}});
  const double weight = std::exp(-3.0);
  EXPECT_NEAR(effects.locations[0], (1 + 2 * weight) / (1 + weight), 1e-14);
}

TEST(CombatPrior, NonparametricWeightsOfALargeBatchDoNotVanish) {
  const auto effects =
      shrunken_nonparametric({.patients = 100000, .locations = {0, 1, 2}, .variances = {1, 1, 1}});
  EXPECT_NEAR(effects.locations[0], 1, 1e-14);
}

/// Two batches of eight patients, five features, and one covariate.
CombatData example() {
  CombatData data{.features = Matrix(16, 5), .batch = {}, .covariates = Matrix(16, 1)};
  RandomStream random(5, 6);
  for (std::size_t i = 0; i < 16; ++i) {
    data.batch.push_back(int(i % 2));
    data.covariates(i, 0) = random.uniform();
  }
  for (std::size_t j = 0; j < 5; ++j)
    for (std::size_t i = 0; i < 16; ++i)
      data.features(i, j) = random.uniform() * (data.batch[i] ? 3 : 1) + 2 * data.batch[i] +
                            double(j) * data.covariates(i, 0);
  return data;
}

void expect_near(const Matrix& ours, const Matrix& expected) {
  ASSERT_EQ(ours.values.size(), expected.values.size());
  for (std::size_t i = 0; i < ours.values.size(); ++i)
    EXPECT_NEAR(ours.values[i], expected.values[i], rounding);
}

double mean_of_batch(const CombatData& data, const Matrix& features, int batch, std::size_t j) {
  double sum = 0;
  for (std::size_t i = 0; i < features.rows; ++i)
    if (data.batch[i] == batch) sum += features(i, j);
  return sum / 8;
}

TEST(Combat, BringsBatchesTogether) {
  CombatData data = example();
  for (std::size_t j = 0; j < 5; ++j)
    for (std::size_t i = 0; i < 16; ++i) data.features(i, j) -= double(j) * data.covariates(i, 0);
  data.covariates = {};
  for (const auto prior : {CombatPrior::parametric, CombatPrior::nonparametric}) {
    const auto result = apply_combat(fit_combat(data, {.prior = prior}), data);
    for (std::size_t j = 0; j < 5; ++j) {
      const double before =
          mean_of_batch(data, data.features, 1, j) - mean_of_batch(data, data.features, 0, j);
      const double after =
          mean_of_batch(data, result.features, 1, j) - mean_of_batch(data, result.features, 0, j);
      EXPECT_GT(before, 2);
      EXPECT_LT(std::abs(after), 0.3 * before);
    }
  }
}

TEST(Combat, FollowsTheUnitOfAFeatureAndOfACovariate) {
  const CombatData data = example();
  CombatData other = data;
  for (double& value : other.features.column(2)) value = 1000 * value - 50;
  for (double& value : other.covariates.values) value = 365.25 * value + 7;
  for (const auto prior : {CombatPrior::parametric, CombatPrior::nonparametric}) {
    Matrix expected = apply_combat(fit_combat(data, {.prior = prior}), data).features;
    for (double& value : expected.column(2)) value = 1000 * value - 50;
    Matrix ours = apply_combat(fit_combat(other, {.prior = prior}), other).features;
    for (double& value : ours.column(2)) value /= 1000;
    for (double& value : expected.column(2)) value /= 1000;
    expect_near(ours, expected);
  }
}

TEST(Combat, NewPatientsAreAdjustedOneByOne) {
  const CombatData data = example();
  const CombatModel model = fit_combat(data);
  const Matrix all = apply_combat(model, data).features;
  const Indices rows{3};
  const CombatData one{.features = rows_of(data.features, rows),
                       .batch = {data.batch[3]},
                       .covariates = rows_of(data.covariates, rows)};
  EXPECT_EQ(apply_combat(model, one).features.values, rows_of(all, rows).values);
}

TEST(Combat, ReportsPatientsOfUnseenBatches) {
  CombatData data = example();
  const CombatModel model = fit_combat(data);
  data.batch[2] = 2;
  data.batch[5] = -1;
  const auto result = apply_combat(model, data);
  EXPECT_EQ(result.unseen, (Indices{2, 5}));
  EXPECT_TRUE(std::isnan(result.features(2, 0)) && std::isnan(result.features(5, 4)));
  EXPECT_FALSE(std::isnan(result.features(3, 0)));
}

TEST(Combat, LeavesAFeatureAloneThatHasNoBatchEffectToEstimate) {
  CombatData data = example();
  for (std::size_t i = 0; i < 16; ++i) {
    if (data.batch[i] == 1) data.features(i, 1) = 0.1;        // constant in one batch
    data.features(i, 3) = 0.1 + 0.7 * data.covariates(i, 0);  // the covariate itself
  }
  const CombatModel model = fit_combat(data);
  const Matrix adjusted = apply_combat(model, data).features;
  EXPECT_EQ(model.adjusted, (std::vector<char>{1, 0, 1, 0, 1}));
  for (const std::size_t j : {1, 3})
    for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(adjusted(i, j), data.features(i, j));
  EXPECT_NE(adjusted(0, 0), data.features(0, 0));
}

TEST(Combat, NamesWhatCannotBeFitted) {
  CombatData data = example();
  data.batch.assign(16, 0);
  EXPECT_EQ(fit_combat(data).problem, CombatProblem::one_batch);
  data.batch[0] = 1;
  EXPECT_EQ(fit_combat(data).problem, CombatProblem::small_batch);
  data = example();
  for (std::size_t i = 0; i < 16; ++i) data.covariates(i, 0) = 5 - 0.3 * data.batch[i];
  EXPECT_EQ(fit_combat(data).problem, CombatProblem::confounded_covariates);
  data = example();
  data.features = columns_of(data.features, Indices{0});
  EXPECT_EQ(fit_combat(data).problem, CombatProblem::few_features);
  data = example();
  data.covariates = Matrix(16, 14);
  EXPECT_EQ(fit_combat(data).problem, CombatProblem::few_patients);
}

TEST(ConfoundedCovariates, AreTheOnesThatAddNothing) {
  const std::vector<int> batch{0, 0, 1, 1, 2, 2};
  Matrix covariates(6, 5);
  const Values constant(6, 0.1), own{1, 2, 3, 5, 8, 13}, site{7, 7, 7, 7, 2, 2};
  const Values other{1, 0, 0, 1, 0, 0};
  for (std::size_t i = 0; i < 6; ++i) {
    covariates(i, 0) = own[i];
    covariates(i, 1) = constant[i];
    covariates(i, 2) = site[i];
    covariates(i, 3) = other[i];
    covariates(i, 4) = 1e6 * own[i] - 3e5 * other[i] + site[i];
  }
  EXPECT_EQ(confounded_covariates(batch, covariates), (Indices{1, 2, 4}));
  EXPECT_TRUE(confounded_covariates(batch, Matrix(6, 0)).empty());
}

}  // namespace
}  // namespace radiomics
