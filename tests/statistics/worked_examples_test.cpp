// The worked examples of Therneau and Grambsch, Modeling Survival Data, 2000, appendix E (doi:
// 10.1007/978-1-4757-3294-8), and of the vignette "Software validation" of R's survival, sections 2
// (first data set) and 4 (third data set, case weights). One covariate, r = exp(coefficient); all
// is a closed form of r. Their second data set enters patients late, which has no place here; the
// likelihoods, coefficients and scores of the first one are in cox_test.cpp.

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/cox_baseline.h"
#include "radiomics/statistics/cox_predict.h"
#include "radiomics/statistics/cox_residuals.h"
#include "tests/statistics/cox_samples.h"

namespace radiomics {
namespace {

constexpr double exact = 1e-12;      // a few roundings
constexpr double converged = 1e-10;  // Newton's last step

/// Information of the first data set at r.
double information(double r, Ties ties) {
  const auto part = [r](double others) { return others * r / ((r + others) * (r + others)); };
  return ties == Ties::breslow ? part(1) + 2 * part(3) : part(1) + part(3) + part(5);
}

/// A fit to the first data set whose coefficient is not the best but log r: what is computed beside
/// a fit is a function of it.
CoxFit fit_at(double r, Ties ties) {
  CoxFit fit = fit_cox(worked_example(), {.ties = ties});
  fit.coefficients[0] = std::log(r);
  fit.vcov(0, 0) = 1 / information(r, ties);
  fit.std_errors[0] = std::sqrt(fit.vcov(0, 0));
  return fit;
}

/// 0, the maxima, and 2, where a factor r that is forgotten shows.
std::vector<double> risks_of(Ties ties) {
  return {1, 2, ties == Ties::breslow ? (3 + std::sqrt(33)) / 2 : efron_risk_of_worked_example()};
}

void expect_all(std::span<const double> ours, const std::vector<double>& expected,
                const std::string& what) {
  ASSERT_EQ(ours.size(), expected.size()) << what;
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(ours[i], expected[i], exact) << what << " " << i;
}

TEST(WorkedExamples, MartingaleAndScoreResidualsWithBreslowsTies) {
  for (const double r : risks_of(Ties::breslow)) {
    const auto residuals = cox_residuals(fit_at(r, Ties::breslow), worked_example());
    const double at_1 = 1 / (3 * r + 3), at_6 = 2 / (r + 3);
    const double late = at_1 + at_6;
    expect_all(residuals.martingale,
               {1 - r * at_1, -r * at_1, 1 - r * late, 1 - late, -late, -late}, "martingale");
    // The mean of x at 1 is r / (r + 1), at 6 r / (r + 3).
    const double above_1 = 1 / (r + 1), below_1 = -r / (r + 1);
    const double above_6 = 3 / (r + 3), below_6 = -r / (r + 3);
    const double rest = below_1 * -at_1 + below_6 * -at_6;
    expect_all(residuals.score.column(0),
               {above_1 * (1 - r * at_1), above_1 * -r * at_1,
                above_1 * -r * at_1 + above_6 * (1 - r * at_6),
                below_1 * -at_1 + below_6 * (1 - at_6), rest, rest},
               "score");
  }
  const auto null = cox_residuals(fit_at(1, Ties::breslow), worked_example());
  expect_all(null.martingale, {5. / 6, -1. / 6, 1. / 3, 1. / 3, -2. / 3, -2. / 3}, "null");
  expect_all(null.score.column(0), {5. / 12, -1. / 12, 7. / 24, -1. / 24, 5. / 24, 5. / 24},
             "null score");
}

// At 6 two die, the second time each of them is at risk with one half.
TEST(WorkedExamples, MartingaleAndScoreResidualsWithEfronsTies) {
  for (const double r : risks_of(Ties::efron)) {
    const auto residuals = cox_residuals(fit_at(r, Ties::efron), worked_example());
    const double at_1 = 1 / (3 * r + 3), first = 1 / (r + 3), second = 2 / (r + 5);
    const double dying = at_1 + first + second / 2, late = at_1 + first + second;
    expect_all(residuals.martingale,
               {1 - r * at_1, -r * at_1, 1 - r * dying, 1 - dying, -late, -late}, "martingale");
    const double mean_1 = r / (r + 1), mean_first = r / (r + 3), mean_second = r / (r + 5);
    const double rest = mean_1 * at_1 + mean_first * first + mean_second * second;
    expect_all(
        residuals.score.column(0),
        {(1 - mean_1) * (1 - r * at_1), (1 - mean_1) * -r * at_1,
         (1 - mean_1) * -r * at_1 + (1 - mean_first) * (0.5 - r * first) +
             (1 - mean_second) * (0.5 - r * second / 2),
         mean_1 * at_1 - mean_first * (0.5 - first) - mean_second * (0.5 - second / 2), rest, rest},
        "score");
  }
  const auto null = cox_residuals(fit_at(1, Ties::efron), worked_example());
  expect_all(null.martingale, {5. / 6, -1. / 6, 5. / 12, 5. / 12, -3. / 4, -3. / 4}, "null");
}

// One per death; with Efron's ties both of time 6 are compared with the mean over the two draws.
TEST(WorkedExamples, SchoenfeldResiduals) {
  for (const Ties ties : {Ties::breslow, Ties::efron})
    for (const double r : risks_of(ties)) {
      const CoxFit fit = fit_at(r, ties);
      const auto schoenfeld = schoenfeld_residuals(fit, worked_example());
      expect_all(schoenfeld.time, {1, 6, 6, 9}, "time");
      const double mean_6 = ties == Ties::breslow ? r / (r + 3) : (r / (r + 3) + r / (r + 5)) / 2;
      expect_all(schoenfeld.residuals.column(0), {1 / (r + 1), 1 - mean_6, -mean_6, 0},
                 "Schoenfeld");
      EXPECT_NEAR(schoenfeld.scaled(0, 0), std::log(r) + 4 * fit.vcov(0, 0) / (r + 1), exact);
    }
}

/// Baseline hazard of the first data set at 1, 6 and 9, and the two parts of its variance for x =
/// 0.
struct HazardByHand {
  std::array<double, 3> hazard, variance, gap;
};

HazardByHand hazard_by_hand(double r, Ties ties) {
  const bool breslow = ties == Ties::breslow;
  const double first = 1 / (r + 3), second = breslow ? first : 2 / (r + 5);
  const double mean_first = r / (r + 3), mean_second = breslow ? mean_first : r / (r + 5);
  HazardByHand result;
  result.hazard = {1 / (3 * r + 3), first + second, 1};
  result.variance = {result.hazard[0] * result.hazard[0], first * first + second * second, 1};
  result.gap = {r / (r + 1) * result.hazard[0], mean_first * first + mean_second * second, 0};
  for (std::size_t k = 1; k < 3; ++k) {
    result.hazard[k] += result.hazard[k - 1];
    result.variance[k] += result.variance[k - 1];
    result.gap[k] += result.gap[k - 1];
  }
  return result;
}

void expect_variances(const CoxFit& fit, const std::vector<double>& expected, double tolerance) {
  const auto baseline = cox_baseline(fit, worked_example());
  const std::vector<double> times{1, 6, 9};
  const auto prediction = predict_survival(fit, baseline, {Matrix(1, 1), {}, {}}, times);
  for (std::size_t t = 0; t < times.size(); ++t)
    EXPECT_NEAR(std::pow(prediction.std_error(0, t) / prediction.survival(0, t), 2), expected[t],
                tolerance)
        << to_string(fit.ties) << " at " << times[t];
}

TEST(WorkedExamples, BaselineHazardAndTheErrorOfPredictions) {
  for (const Ties ties : {Ties::breslow, Ties::efron})
    for (const double r : risks_of(ties)) {
      const CoxFit fit = fit_at(r, ties);
      const auto expected = hazard_by_hand(r, ties);
      const auto baseline = cox_baseline(fit, worked_example());
      expect_all(baseline[0].time, {1, 6, 8, 9}, "time");
      expect_all(baseline[0].at_zero,
                 {expected.hazard[0], expected.hazard[1], expected.hazard[1], expected.hazard[2]},
                 "hazard");
      std::vector<double> variances;
      for (std::size_t k = 0; k < 3; ++k)
        variances.push_back(expected.variance[k] +
                            fit.vcov(0, 0) * expected.gap[k] * expected.gap[k]);
      expect_variances(fit, variances, exact);
    }
  // As printed, at 0 as fractions. (For Efron's ties the vignette prints 1996/6225 and 8221/6225 at
  // 6 and 9, which take the second increment for 2/5; it is 2/6, and R has what is here.)
  expect_variances(fit_at(1, Ties::breslow), {7. / 180, 2. / 9, 11. / 9}, exact);
  expect_variances(fit_at(1, Ties::efron), {119. / 2988, 203. / 747, 950. / 747}, exact);
  constexpr double printed = 5.1e-7;  // half a unit of the sixth decimal
  expect_variances(fit_at(risks_of(Ties::breslow)[2], Ties::breslow),
                   {0.007871, 0.111111, 1.111111}, printed);
}

/// The third data set: nine rows that stand for 1 to 4 patients each.
CoxData weighted_example() {
  return cox_data({1, 1, 2, 2, 2, 2, 3, 4, 5}, {1, 0, 1, 1, 1, 0, 0, 1, 0},
                  {2, 0, 1, 1, 0, 1, 0, 1, 0});
}
const std::vector<int> weights{1, 2, 3, 4, 3, 2, 1, 2, 1};

CoxFit fit_weighted(Ties ties) {
  const CoxData data = weighted_example();
  return fit_cox(cox_risk_sets(data.outcome, {}), data.covariates, {.counts = weights},
                 {.ties = ties});
}

/// Log-likelihood, score and information of the third data set at r, by the draws at each time:
/// their denominators are a r^2 + b r + c.
struct Draw {
  double times, squared, linear, constant;
};
struct LikelihoodByHand {
  double log_likelihood = 0, score = 0, information = 0;
};

LikelihoodByHand likelihood_by_hand(double r, Ties ties) {
  std::vector<Draw> draws{{1, 1, 11, 7}};  // x = 2 dies once, at 1
  for (int k = 0; k < 10; ++k) {           // ten of 16 die at 2; 7 of them with x = 1
    const double left = ties == Ties::efron ? 1 - k / 10.0 : 1;
    draws.push_back({1, 0, 7 * left + 4, 3 * left + 2});
  }
  draws.push_back({1, 0, 2, 1});  // two of three at 4
  draws.push_back({1, 0, ties == Ties::efron ? 1.0 : 2.0, 1});
  LikelihoodByHand result{.log_likelihood = 11 * std::log(r), .score = 11};
  for (const auto& draw : draws) {
    const double sum = draw.squared * r * r + draw.linear * r + draw.constant;
    const double mean = (2 * draw.squared * r * r + draw.linear * r) / sum;
    const double square = (4 * draw.squared * r * r + draw.linear * r) / sum;
    result.log_likelihood -= std::log(sum);
    result.score -= mean;
    result.information += square - mean * mean;
  }
  return result;
}

TEST(WorkedExamples, CaseWeightsAreCopies) {
  for (const Ties ties : {Ties::breslow, Ties::efron}) {
    const CoxFit fit = fit_weighted(ties);
    EXPECT_EQ(fit.n, 19u);
    EXPECT_EQ(fit.events, 13);
    const auto null = likelihood_by_hand(1, ties);
    EXPECT_NEAR(fit.log_likelihood_null, null.log_likelihood, 20 * exact);
    EXPECT_NEAR(fit.score.statistic, null.score * null.score / null.information, 20 * exact);
    const auto best = likelihood_by_hand(std::exp(fit.coefficients[0]), ties);
    EXPECT_NEAR(best.score, 0, converged) << to_string(ties);
    EXPECT_NEAR(fit.log_likelihood, best.log_likelihood, converged);
    EXPECT_NEAR(fit.vcov(0, 0), 1 / best.information, converged);
  }
  // R, at log 2 with Breslow's ties (the vignette prints two digits of it in the wrong order).
  EXPECT_NEAR(likelihood_by_hand(2, Ties::breslow).information, 2.15398519425, 1e-11);
}

// A row per patient gives the residuals that a row with a weight has. Printed as fractions at 0.
TEST(WorkedExamples, ResidualsOfCaseWeightsAtZero) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < weights.size(); ++i)
    rows.insert(rows.end(), std::size_t(weights[i]), i);
  const CoxData data = rows_of(weighted_example(), rows);
  CoxFit fit = fit_cox(data, {.ties = Ties::breslow});
  fit.coefficients[0] = 0;
  const auto residuals = cox_residuals(fit, data);
  const std::array<double, 9> martingale{18. / 19,    -1. / 19,    49. / 152,
                                         49. / 152,   49. / 152,   -103. / 152,
                                         -103. / 152, -157. / 456, -613. / 456};
  // x less its mean at 1, 2 and 4 (13/19, 11/16, 2/3), times what is observed less expected.
  const auto score = [](double x, double at_1, double at_2, double at_4) {
    return (x - 13. / 19) * at_1 + (x - 11. / 16) * at_2 + (x - 2. / 3) * at_4;
  };
  const double h1 = -1. / 19, h2 = -5. / 8, h4 = -2. / 3;
  const std::array<double, 9> scores{
      score(2, 1 + h1, 0, 0),  score(0, h1, 0, 0),       score(1, h1, 1 + h2, 0),
      score(1, h1, 1 + h2, 0), score(0, h1, 1 + h2, 0),  score(1, h1, h2, 0),
      score(0, h1, h2, 0),     score(1, h1, h2, 1 + h4), score(0, h1, h2, h4)};
  for (std::size_t k = 0; k < rows.size(); ++k) {
    EXPECT_NEAR(residuals.martingale[k], martingale[rows[k]], exact) << k;
    EXPECT_NEAR(residuals.score(k, 0), scores[rows[k]], exact) << k;
  }
}

}  // namespace
}  // namespace radiomics
