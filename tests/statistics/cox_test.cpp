#include "radiomics/statistics/cox.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/statistics/cox_likelihood.h"
#include "tests/statistics/cox_samples.h"

namespace radiomics {
namespace {

constexpr double exact = 1e-12;         // a few roundings
constexpr double converged = 1e-10;     // Newton's last step
constexpr double printed_3 = 5.001e-4;  // half a unit of the last of three decimals

// Six patients with tied deaths: the first worked example of Therneau and Grambsch, Modeling
// Survival Data, 2000, appendix E. With r = exp(coefficient) all is a rational function of r.
TEST(Cox, FirstWorkedExampleWithBreslowsTies) {
  const CoxFit fit = fit_cox(worked_example(), {.ties = Ties::breslow});
  // The score is 2 - r / (r + 1) - 2 r / (r + 3) = 0.
  const double r = (3 + std::sqrt(33)) / 2;
  EXPECT_NEAR(fit.coefficients[0], std::log(r), converged);
  const double information = r / ((r + 1) * (r + 1)) + 6 * r / ((r + 3) * (r + 3));
  EXPECT_NEAR(fit.vcov(0, 0), 1 / information, converged);
  EXPECT_NEAR(fit.log_likelihood_null, -std::log(6) - 2 * std::log(4), exact);
  EXPECT_NEAR(fit.log_likelihood, 2 * std::log(r) - std::log(3 * r + 3) - 2 * std::log(r + 3),
              exact);
  // At r = 1 the score is 1 and the information 1/4 + 6/16.
  EXPECT_NEAR(fit.score.statistic, 1.6, exact);
}

TEST(Cox, FirstWorkedExampleWithEfronsTies) {
  const CoxFit fit = fit_cox(worked_example());
  const double r = efron_risk_of_worked_example();
  EXPECT_NEAR(fit.coefficients[0], std::log(r), converged);
  EXPECT_NEAR(fit.log_likelihood_null, -std::log(6) - std::log(4) - std::log(3), exact);
  EXPECT_NEAR(fit.log_likelihood,
              2 * std::log(r) - std::log(3 * r + 3) - std::log(r + 3) - std::log((r + 5) / 2),
              exact);
  const auto part = [r](double others) { return others * r / ((r + others) * (r + others)); };
  EXPECT_NEAR(fit.vcov(0, 0), 1 / (part(1) + part(3) + part(5)), converged);
}

// Two of the four at risk die together. Of the six pairs three hold the one with x = 1: it is as if
// both deaths were of one in two, and the likelihood r / (r + 1) x r / (r + 1) / 9 rises for ever.
TEST(Cox, FirstWorkedExampleWithExactTiesIsMonotone) {
  const CoxFit fit = fit_cox(worked_example(), {.ties = Ties::exact});
  EXPECT_EQ(fit.status[0], TermStatus::infinite);
  EXPECT_TRUE(fit.converged);
  EXPECT_TRUE(std::isnan(fit.coefficients[0]) && std::isnan(fit.std_errors[0]));
  EXPECT_TRUE(std::isnan(fit.wald.statistic));
  EXPECT_NEAR(fit.log_likelihood_null, -std::log(36), exact);
  EXPECT_NEAR(fit.log_likelihood, -std::log(9), 1e-9);  // the search ends where so little is left
  EXPECT_NEAR(fit.likelihood_ratio.statistic, 4 * std::log(2), 1e-8);
}

// Freireich's 6-MP trial: 1.509 (0.410) with Breslow's ties and 1.628 (0.433) with the discrete
// likelihood are printed in Kalbfleisch and Prentice and in many textbooks; 1.572 (0.412) is
// Efron's.
TEST(Cox, RemissionsOn6MpAndPlaceboAsPublished) {
  const auto expect = [](Ties ties, double coefficient, double error, double null) {
    const CoxFit fit = fit_cox(leukaemia_trial(), {.ties = ties});
    EXPECT_NEAR(fit.coefficients[0], coefficient, printed_3) << to_string(ties);
    EXPECT_NEAR(fit.std_errors[0], error, printed_3) << to_string(ties);
    EXPECT_NEAR(fit.log_likelihood_null, null, printed_3) << to_string(ties);
    EXPECT_EQ(fit.events, 30);
    EXPECT_EQ(fit.n, 42);
  };
  expect(Ties::breslow, 1.509, 0.410, -93.985);
  expect(Ties::efron, 1.572, 0.412, -93.184);
  expect(Ties::exact, 1.628, 0.433, -82.669);
}

// Days to vaginal cancer of rats pretreated in two ways: Pike 1966; Kalbfleisch and Prentice, The
// Statistical Analysis of Failure Time Data, with the coefficient -0.596 (0.348) by Breslow's rule.
TEST(Cox, CarcinogenesisOfRatsAsPublished) {
  const CoxFit fit = fit_cox(rats(), {.ties = Ties::breslow});
  EXPECT_NEAR(fit.coefficients[0], -0.596, printed_3);
  EXPECT_NEAR(fit.std_errors[0], 0.348, printed_3);
}

TEST(Cox, GradientAndInformationAreDerivatives) {
  const CoxData data = random_cohort(40, 3, 7);
  const CoxRiskSets sets = cox_risk_sets(data.outcome, data.strata);
  for (const Ties ties : {Ties::efron, Ties::breslow, Ties::exact}) {
    const CoxLikelihood likelihood(sets, data.covariates, {.offset = data.offset}, ties);
    const std::vector<double> at{0.3, -0.2, 0.1};
    const CoxDerivatives here = likelihood.derivatives(at);
    constexpr double h = 1e-5;
    for (std::size_t j = 0; j < 3; ++j) {
      auto up = at, down = at;
      up[j] += h;
      down[j] -= h;
      const auto above = likelihood.derivatives(up), below = likelihood.derivatives(down);
      // Central differences: h^2 = 1e-10 of third derivatives of about 10.
      EXPECT_NEAR(here.gradient[j], (above.log_likelihood - below.log_likelihood) / (2 * h), 1e-6);
      for (std::size_t k = 0; k < 3; ++k)
        EXPECT_NEAR(here.information(j, k), (below.gradient[k] - above.gradient[k]) / (2 * h),
                    1e-6);
    }
  }
}

TEST(Cox, CountsAreRowsListedSoOften) {
  const CoxData data = random_cohort(60, 2, 3);
  std::vector<int> counts(data.size());
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < data.size(); ++i) {
    counts[i] = int(i * 7 % 4);
    rows.insert(rows.end(), std::size_t(counts[i]), i);
  }
  const CoxRiskSets sets = cox_risk_sets(data.outcome, data.strata);
  for (const Ties ties : {Ties::efron, Ties::breslow, Ties::exact}) {
    const CoxFit listed = fit_cox(rows_of(data, rows), {.ties = ties});
    const CoxFit counted = fit_cox(sets, data.covariates, {data.offset, counts}, {.ties = ties});
    EXPECT_EQ(counted.n, listed.n);
    EXPECT_EQ(counted.events, listed.events);
    EXPECT_NEAR(counted.log_likelihood, listed.log_likelihood, converged);
    for (std::size_t j = 0; j < 2; ++j) {
      EXPECT_NEAR(counted.coefficients[j], listed.coefficients[j], converged);
      EXPECT_NEAR(counted.std_errors[j], listed.std_errors[j], converged);
      EXPECT_NEAR(counted.means[j], listed.means[j], converged);
    }
  }
}

TEST(Cox, OrderUnitsAndOriginsDoNotMatter) {
  const CoxData data = random_cohort(80, 2, 5);
  const CoxFit fit = fit_cox(data);
  std::vector<std::size_t> backwards(data.size());
  std::iota(backwards.rbegin(), backwards.rend(), std::size_t{0});
  CoxData other = rows_of(data, backwards);
  for (double& x : other.covariates.column(1)) x = 1e6 * x + 1e9;
  for (double& time : other.outcome.time) time *= 30;
  for (double& offset : other.offset) offset += 500;
  const CoxFit moved = fit_cox(other);
  EXPECT_NEAR(moved.log_likelihood, fit.log_likelihood, 1e-9);
  EXPECT_NEAR(moved.coefficients[0], fit.coefficients[0], 1e-8);
  EXPECT_NEAR(moved.coefficients[1] * 1e6, fit.coefficients[1], 1e-8);  // 1e9 costs 7 digits of x
}

TEST(Cox, AnOffsetReplacesACoefficient) {
  CoxData data = random_cohort(80, 2, 5);
  const CoxFit fit = fit_cox(data);
  for (std::size_t i = 0; i < data.size(); ++i)
    data.offset[i] += fit.coefficients[0] * data.covariates(i, 0);
  const CoxFit rest = fit_cox(data);
  EXPECT_NEAR(rest.coefficients[0], 0, converged);
  EXPECT_NEAR(rest.log_likelihood, fit.log_likelihood, converged);
}

TEST(Cox, StrataAddTheirLikelihoods) {
  const CoxData data = random_cohort(80, 2, 5);
  const std::vector<double> at{0.4, -0.3};
  double sum = 0;
  for (int stratum = 0; stratum < 2; ++stratum) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < data.size(); ++i)
      if (data.strata[i] == stratum) rows.push_back(i);
    CoxData part = rows_of(data, rows);
    part.strata.clear();
    sum += cox_log_likelihood(part, at, Ties::efron);
  }
  EXPECT_NEAR(cox_log_likelihood(data, at, Ties::efron), sum, converged);
}

TEST(Cox, ConstantAndDependentColumnsAreNamed) {
  CoxData data = random_cohort(50, 2, 9);
  const CoxFit fit = fit_cox(data);
  Matrix more(50, 3, 0.1);  // constant; the sum of the others; 1e8, the same for all
  for (std::size_t i = 0; i < 50; ++i) {
    more(i, 1) = 3 * data.covariates(i, 0) - data.covariates(i, 1);
    more(i, 2) = 1e8;
  }
  data.covariates = beside(data.covariates, more);
  const CoxFit bigger = fit_cox(data);
  EXPECT_EQ(bigger.df, 2);
  for (const std::size_t j : {2, 3, 4}) {
    EXPECT_EQ(bigger.status[j], TermStatus::aliased) << j;
    EXPECT_TRUE(std::isnan(bigger.coefficients[j]) && std::isnan(bigger.vcov(j, j))) << j;
  }
  EXPECT_NEAR(bigger.coefficients[1], fit.coefficients[1], converged);
  EXPECT_EQ(linear_predictor(bigger, data.covariates),
            linear_predictor(fit, columns_of(data.covariates, std::vector<std::size_t>{0, 1})));
}

TEST(Cox, OneInfiniteTermLeavesTheOthers) {
  CoxData data = random_cohort(60, 1, 11);
  Matrix alive(60, 1);  // a level of which nobody dies
  for (std::size_t i = 0; i < 60; ++i) alive(i, 0) = !data.outcome.event[i] && i % 2 == 0;
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < 60; ++i)
    if (alive(i, 0) == 0) rest.push_back(i);
  // At the limit those of the level count for nothing: as if they had never been at risk.
  const CoxFit without = fit_cox(rows_of(data, rest));
  data.covariates = beside(data.covariates, alive);
  const CoxFit fit = fit_cox(data);
  EXPECT_EQ(fit.status[1], TermStatus::infinite);
  EXPECT_EQ(fit.status[0], TermStatus::ok);
  EXPECT_EQ(fit.df, 2);
  EXPECT_NEAR(fit.log_likelihood, without.log_likelihood, 1e-9);
  EXPECT_NEAR(fit.coefficients[0], without.coefficients[0], 1e-8);
  EXPECT_NEAR(fit.std_errors[0], without.std_errors[0], 1e-8);
}

// The columns of a spline of a skewed variable are nearly the same, up to their size: coefficients
// of hundreds of standard deviations that cancel, and a smooth effect. None of them is infinite.
TEST(Cox, ColumnsThatAreNearlyDependentAreNotInfinite) {
  CoxData data = random_cohort(150, 1, 12);
  const CoxFit plain = fit_cox(data);
  Matrix more(150, 1);
  for (std::size_t i = 0; i < 150; ++i)
    more(i, 0) = data.covariates(i, 0) + 1e-5 * double(i * i % 17);
  data.covariates = beside(data.covariates, more);
  const CoxFit fit = fit_cox(data);
  EXPECT_EQ(fit.status, std::vector(2, TermStatus::ok));
  EXPECT_GT(fit.std_errors[1], 1000);
  // The sum and the difference are the same model, without the trouble.
  for (std::size_t i = 0; i < 150; ++i) data.covariates(i, 1) = double(i * i % 17);
  const CoxFit apart = fit_cox(data);
  EXPECT_NEAR(fit.log_likelihood, apart.log_likelihood, 1e-7);
  EXPECT_NEAR(fit.coefficients[1] * 1e-5, apart.coefficients[1], 1e-6);
  EXPECT_GT(fit.log_likelihood, plain.log_likelihood);
}

TEST(Cox, WithoutCovariatesThereIsTheNullModel) {
  CoxData data = random_cohort(30, 0, 1);
  const CoxFit fit = fit_cox(data);
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.log_likelihood, fit.log_likelihood_null);
  EXPECT_EQ(fit.df, 0);
  EXPECT_TRUE(std::isnan(fit.likelihood_ratio.p_value));
}

TEST(Cox, WithoutEventsNothingIsEstimable) {
  CoxData data = random_cohort(30, 2, 1);
  std::ranges::fill(data.outcome.event, std::uint8_t{0});
  const CoxFit fit = fit_cox(data);
  EXPECT_FALSE(fit.converged);
  EXPECT_EQ(fit.log_likelihood, 0);
  EXPECT_EQ(fit.status, std::vector(2, TermStatus::aliased));
  EXPECT_TRUE(std::isnan(fit.coefficients[0]));
}

TEST(Cox, OnePatientAndNoneTellNothing) {
  const CoxFit one = fit_cox({{{5}, {1}}, Matrix(1, 1, 2.0)});
  EXPECT_EQ(one.status[0], TermStatus::aliased);
  EXPECT_EQ(one.log_likelihood, 0);
  const CoxFit none = fit_cox({{{}, {}}, Matrix(0, 1)});
  EXPECT_FALSE(none.converged);
  EXPECT_EQ(none.n, 0u);
}

TEST(Cox, HugeOffsetsDoNotOverflow) {
  CoxData data = worked_example();
  data.offset = {0, 1e4, 0, 0, 0, 0};
  const CoxFit fit = fit_cox(data);
  EXPECT_TRUE(std::isfinite(fit.log_likelihood_null));
  EXPECT_TRUE(std::isfinite(fit.log_likelihood));
}

}  // namespace
}  // namespace radiomics
