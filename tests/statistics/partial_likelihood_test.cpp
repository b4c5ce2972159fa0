#include "radiomics/statistics/partial_likelihood.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"

namespace radiomics {
namespace {

/// Three deaths at 2, two of them with a censoring; two deaths at the last time.
SurvivalData with_ties() {
  return {{5, 2, 3, 2, 1, 2, 4, 5, 2, 3}, {1, 1, 0, 1, 0, 1, 1, 1, 0, 1}};
}

TEST(PartialLikelihood, HandCalculation) {
  // Therneau and Grambsch, section 3.3: five at risk, the first two die together.
  const SurvivalData data{{1, 1, 2, 3, 4}, {1, 1, 0, 0, 0}};
  const std::vector<double> r{1, 2, 3, 4, 5};
  std::vector<double> predictor;
  for (const double risk : r) predictor.push_back(std::log(risk));
  EXPECT_NEAR(PartialLikelihood(data, Ties::breslow).at(predictor).log_likelihood,
              std::log(1.0 * 2 / (15.0 * 15)), 1e-14);
  EXPECT_NEAR(PartialLikelihood(data, Ties::efron).at(predictor).log_likelihood,
              std::log(1.0 * 2 / (15.0 * (15 - 1.5))), 1e-14);
}

TEST(PartialLikelihood, OrderIsByTimeWithDeathsFirst) {
  const PartialLikelihood likelihood(with_ties(), Ties::breslow);
  EXPECT_EQ(likelihood.order(), (std::vector<std::size_t>{4, 1, 3, 5, 8, 9, 2, 6, 0, 7}));
}

TEST(PartialLikelihood, SaturatedModelIsTheLimitOfLargePredictors) {
  for (const Ties ties : {Ties::breslow, Ties::efron}) {
    const PartialLikelihood likelihood(with_ties(), ties);
    // The earlier the death the higher the risk, by a factor of exp(30) each; deaths of one time
    // alike.
    const std::vector<double> predictor{0, 150, 150, 150, -100, 120, -100, 90, 60, 60};
    const std::vector<double> sorted{-100, 150, 150, 150, -100, 120, -100, 90, 60, 60};
    EXPECT_NEAR(likelihood.at(sorted).log_likelihood, likelihood.saturated(), 1e-10);
    EXPECT_LT(likelihood.at(predictor).log_likelihood, likelihood.saturated());
  }
  EXPECT_DOUBLE_EQ(PartialLikelihood(with_ties(), Ties::breslow).saturated(),
                   -3 * std::log(3) - 2 * std::log(2));
  EXPECT_DOUBLE_EQ(PartialLikelihood(with_ties(), Ties::efron).saturated(),
                   -std::log(6) - std::log(2));
}

TEST(PartialLikelihood, PredictorsTooFarApartHaveNoLikelihood) {
  const PartialLikelihood likelihood(with_ties(), Ties::efron);
  std::vector<double> predictor(10);
  predictor[3] = 1e4;
  EXPECT_EQ(likelihood.at(predictor).log_likelihood, -HUGE_VAL);
}

class PartialLikelihoodDerivatives : public testing::TestWithParam<Ties> {
 protected:
  void SetUp() override {
    RandomStream random(3, 1);
    for (auto& value : columns_.values) value = random.uniform() - 0.5;
  }
  double log_likelihood(double a, double b) const { return point(a, b).log_likelihood; }
  PartialLikelihood::Point point(double a, double b) const {
    std::vector<double> predictor;
    for (std::size_t i = 0; i < 10; ++i)
      predictor.push_back(a * columns_(i, 0) + b * columns_(i, 1));
    return likelihood_.at(predictor);
  }
  Matrix columns_{10, 2};
  PartialLikelihood likelihood_{with_ties(), GetParam()};
};

// Central differences: error h^2 = 1e-8 (first), rounding 1e-16 / h^2 = 1e-8 (second).
TEST_P(PartialLikelihoodDerivatives, ResidualsAreTheFirst) {
  const auto residual = point(0.7, -0.4).residual;
  double slope = 0;
  for (std::size_t i = 0; i < 10; ++i) slope += residual[i] * columns_(i, 0);
  const double h = 1e-4;
  EXPECT_NEAR(slope, (log_likelihood(0.7 + h, -0.4) - log_likelihood(0.7 - h, -0.4)) / (2 * h),
              1e-7);
}

TEST_P(PartialLikelihoodDerivatives, CurvatureIsTheSecond) {
  const double scale = 0.1, h = 1e-4, a = 0.7, b = -0.4;
  const auto curvature = likelihood_.curvature(point(a, b), scale);
  Matrix z(curvature.rows(), 2);
  for (std::size_t j = 0; j < 2; ++j) curvature.transform(columns_.column(j), z.column(j));
  double own = 0, mixed = 0;
  for (std::size_t i = 0; i < z.rows; ++i) {
    own += z(i, 0) * z(i, 0);
    mixed += z(i, 0) * z(i, 1);
  }
  const double second =
      (log_likelihood(a + h, b) - 2 * log_likelihood(a, b) + log_likelihood(a - h, b)) / (h * h);
  const double cross = (log_likelihood(a + h, b + h) - log_likelihood(a + h, b - h) -
                        log_likelihood(a - h, b + h) + log_likelihood(a - h, b - h)) /
                       (4 * h * h);
  EXPECT_NEAR(own, -scale * second, 1e-6);
  EXPECT_NEAR(mixed, -scale * cross, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Ties, PartialLikelihoodDerivatives,
                         testing::Values(Ties::breslow, Ties::efron),
                         [](const auto& one) { return std::string(to_string(one.param)); });

}  // namespace
}  // namespace radiomics
