// Agreement with R's coxph: every case of cox, nested_lrt and edge_cox. Tolerances are those of the
// data's README: coefficients, errors and p 1e-8, log-likelihoods and LR 1e-9, vcov 1e-7.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/cox_baseline.h"
#include "radiomics/statistics/cox_fit_measures.h"
#include "radiomics/statistics/cox_predict.h"
#include "radiomics/statistics/cox_residuals.h"
#include "radiomics/statistics/cox_robust.h"
#include "radiomics/statistics/proportional_hazards.h"
#include "tests/statistics/cox_cases.h"
#include "tests/support/data.h"

namespace radiomics {
namespace {

constexpr double coefficient_tolerance = 1e-8;
constexpr double likelihood_tolerance = 1e-9;
constexpr double matrix_tolerance = 1e-7;

void expect_matrix(const Matrix& ours, const json& expected, const std::string& what) {
  ASSERT_EQ(ours.rows, expected.size()) << what;
  for (std::size_t i = 0; i < ours.rows; ++i)
    for (std::size_t j = 0; j < ours.columns; ++j)
      expect_equal(ours(i, j), expected[i][j], what, matrix_tolerance);
}

void expect_terms(const CoxFit& fit, const std::vector<double>& errors, const json& expected,
                  const std::string& id) {
  expect_all_equal(fit.coefficients, expected.at("coef"), id + "coef", coefficient_tolerance);
  expect_all_equal(errors, expected.at("se"), id + "se", coefficient_tolerance);
  for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
    const double b = fit.coefficients[j], z = b / errors[j];
    expect_equal(std::exp(b), expected.at("HR")[j], id + "HR", coefficient_tolerance);
    expect_equal(z, expected.at("z")[j], id + "z", 2 * coefficient_tolerance);
    // A relative error of z is one of z squared times that in p.
    expect_equal(normal_p(z), expected.at("p")[j], id + "p",
                 2 * coefficient_tolerance * (1 + z * z));
    for (const int level : {95, 80}) {
      const auto interval = normal_estimate(b, errors[j], level / 100.0);
      const json& limits = expected.at("HR_ci" + to_text(level));
      expect_equal(std::exp(interval.conf_low), limits.at("lower")[j], id, coefficient_tolerance);
      expect_equal(std::exp(interval.conf_high), limits.at("upper")[j], id, coefficient_tolerance);
    }
  }
}

void expect_measures(const CoxFit& fit, const Matrix& vcov, const json& expected,
                     const std::string& id) {
  const CoxFitMeasures measures = cox_fit_measures(fit);
  expect_equal(measures.aic, expected.at("AIC"), id + "AIC", likelihood_tolerance);
  expect_equal(measures.bic, expected.at("BIC_nevent"), id + "BIC", likelihood_tolerance);
  expect_equal(measures.cox_snell, expected.at("R2_coxsnell"), id + "R2", likelihood_tolerance);
  expect_equal(measures.nagelkerke, expected.at("R2_nagelkerke"), id + "R2", likelihood_tolerance);
  // A difference: its error is that of LR, of the size of df and not of itself.
  EXPECT_NEAR(measures.shrinkage, number(expected.at("heuristic_shrinkage")),
              likelihood_tolerance * (1 + fit.df / fit.likelihood_ratio.statistic))
      << id;
  if (!expected.at("vif").is_null())
    expect_all_equal(variance_inflation(fit, vcov), expected.at("vif"), id + "vif",
                     matrix_tolerance);
}

void expect_zph_table(const std::vector<Test>& ours, const Test& global, const json& expected,
                      const std::string& id) {
  ASSERT_EQ(ours.size() + 1, expected.at("rows").size()) << id;
  for (std::size_t j = 0; j <= ours.size(); ++j) {
    const Test& test = j < ours.size() ? ours[j] : global;
    expect_equal(test.statistic, expected.at("chisq")[j], id + " chisq", matrix_tolerance);
    expect_equal(test.df, expected.at("df")[j], id + " df");
    expect_equal(test.p_value, expected.at("p")[j], id + " p",
                 matrix_tolerance * (1 + test.statistic));
  }
}

void expect_proportional_hazards(const CoxCase& one, const CoxFit& fit, const json& expected,
                                 const std::string& id) {
  for (const auto transform :
       {TimeTransform::km, TimeTransform::rank, TimeTransform::identity, TimeTransform::log}) {
    const std::string name(to_string(transform));
    const auto test = test_proportional_hazards(fit, one.data, transform, one.variable);
    expect_zph_table(test.per_term, test.global, expected.at(name), id + "zph " + name);
    if (transform == TimeTransform::km)
      expect_zph_table(test.per_variable, test.global, expected.at("km_by_term"), id + "by term");
  }
}

void expect_baseline(const CoxCase& one, const CoxFit& fit, const json& expected,
                     const std::string& id) {
  const auto baseline = cox_baseline(fit, one.data);
  for (std::size_t i = 0; i < expected.at("time").size(); ++i) {
    std::size_t stratum = 0;
    if (expected.contains("strata"))
      stratum = std::size_t(
          std::ranges::find(one.strata_labels, expected.at("strata")[i].get<std::string>()) -
          one.strata_labels.begin());
    const auto& curve = baseline.at(stratum);
    const double time = expected.at("time")[i];
    const auto at = std::ranges::upper_bound(curve.time, time * (1 + 1e-9)) - curve.time.begin();
    ASSERT_GT(at, 0) << id;
    expect_equal(curve.time[std::size_t(at - 1)], time, id + "baseline time", 1e-9);
    expect_equal(curve.at_zero[std::size_t(at - 1)], expected.at("H0_x0")[i], id + "H0(0)",
                 coefficient_tolerance);
    expect_equal(curve.at_means[std::size_t(at - 1)], expected.at("H0_mean")[i], id + "H0(mean)",
                 coefficient_tolerance);
  }
}

/// A residual is a difference of numbers of the size of 1.
void expect_residual(double ours, const json& expected, const std::string& what) {
  EXPECT_NEAR(ours, number(expected), matrix_tolerance * std::max(1.0, std::abs(number(expected))))
      << what;
}

void expect_residuals(const CoxCase& one, const CoxFit& fit, const json& expected,
                      const std::string& id) {
  const auto residuals = cox_residuals(fit, one.data);
  const auto predictor = linear_predictor(fit, one.data.covariates);
  const json& first = expected.at("first10");
  for (std::size_t i = 0; i < first.at("martingale").size(); ++i) {
    expect_residual(predictor[i], first.at("lp_uncentered")[i], id + "lp");
    if (one.data.strata.empty())  // R centres by stratum
      expect_residual(predictor[i] - linear_predictor_at_means(fit), first.at("lp_centered")[i],
                      id + "centred lp");
    expect_residual(residuals.expected[i], first.at("expected")[i], id + "expected");
    expect_residual(residuals.martingale[i], first.at("martingale")[i], id + "martingale");
    expect_residual(residuals.deviance[i], first.at("deviance")[i], id + "deviance");
  }
  double sum = 0;
  for (const double residual : residuals.martingale) sum += std::abs(residual);
  expect_equal(sum, expected.at("sum_abs_martingale"), id + "martingale", matrix_tolerance);
}

/// The patients of "newdata", a table of columns, as rows of the terms of the case.
Matrix new_patients(const CoxCase& one, const json& covariates, const json& table) {
  const std::size_t count = table.begin()->size();
  Matrix result(count, one.terms.size());
  for (std::size_t j = 0; j < one.terms.size(); ++j) {
    const std::string name = covariates[std::size_t(one.variable[j])];
    for (std::size_t i = 0; i < count; ++i) {
      const json& value = table.at(name)[i];
      result(i, j) = value.is_string() ? double(name + value.get<std::string>() == one.terms[j])
                                       : value.get<double>();
    }
  }
  return result;
}

void expect_predictions(const CoxCase& one, const CoxFit& fit, const json& covariates,
                        const json& expected, const std::string& id) {
  const Matrix patients = new_patients(one, covariates, expected.at("newdata"));
  const std::vector<double> times = expected.at("times");
  const auto ours = predict_survival(fit, cox_baseline(fit, one.data), {patients}, times);
  for (std::size_t i = 0; i < patients.rows; ++i)
    for (std::size_t t = 0; t < times.size(); ++t) {
      expect_equal(ours.survival(i, t), expected.at("surv")[i][t], id + "S", coefficient_tolerance);
      expect_equal(ours.std_error(i, t), expected.at("se")[i][t], id + "S se", matrix_tolerance);
      expect_equal(ours.conf_low(i, t), expected.at("lower_log95")[i][t], id, matrix_tolerance);
      expect_equal(ours.conf_high(i, t), expected.at("upper_log95")[i][t], id, matrix_tolerance);
    }
  expect_all_equal(risk_scores(fit, {patients}), expected.at("risk_score_exp_lp_sample"),
                   id + "risk score", coefficient_tolerance);
}

void expect_model_based(const CoxFit& fit, const json& expected, const std::string& id) {
  expect_terms(fit, fit.std_errors, expected, id);
  expect_matrix(fit.vcov, expected.at("vcov"), id + "vcov");
  expect_test(fit.wald, expected.at("Wald"), id + "Wald", coefficient_tolerance);
  expect_measures(fit, fit.vcov, expected, id);
}

void expect_robust(const CoxCase& one, const CoxFit& fit, const json& expected,
                   const std::string& id) {
  const CoxRobust robust = cox_robust(fit, one.data, one.cluster);
  expect_terms(fit, robust.std_errors, expected, id);
  expect_matrix(robust.vcov, expected.at("vcov"), id + "vcov");
  expect_test(robust.wald, expected.at("Wald"), id + "Wald", coefficient_tolerance);
  expect_equal(robust.score.statistic, expected.at("robust_score"), id + "robust score",
               matrix_tolerance);
  expect_all_equal(fit.std_errors, expected.at("naive_se"), id + "se", coefficient_tolerance);
  expect_measures(fit, robust.vcov, expected, id);
}

/// All that R says of the model, but "concordance": that is compared with the concordances.
void expect_fit(const CoxCase& one, const json& covariates, const json& expected,
                const std::string& id) {
  const CoxFit fit = fit_cox(one.data, {.ties = one.ties});
  EXPECT_TRUE(fit.converged) << id;
  EXPECT_EQ(fit.n, expected.at("n")) << id;
  EXPECT_EQ(fit.events, expected.at("nevent")) << id;
  EXPECT_EQ(json(one.terms), expected.at("names")) << id;
  expect_equal(fit.log_likelihood_null, expected.at("loglik_null"), id, likelihood_tolerance);
  expect_equal(fit.log_likelihood, expected.at("loglik"), id, likelihood_tolerance);
  expect_test(fit.likelihood_ratio, expected.at("LR"), id + "LR", likelihood_tolerance);
  expect_test(fit.score, expected.at("Score"), id + "score", coefficient_tolerance);
  expect_all_equal(fit.means, expected.at("means"), id + "means");
  if (one.cluster.empty())
    expect_model_based(fit, expected, id);
  else
    expect_robust(one, fit, expected, id);
  if (expected.contains("zph")) expect_proportional_hazards(one, fit, expected.at("zph"), id);
  if (expected.contains("baseline")) expect_baseline(one, fit, expected.at("baseline"), id);
  if (expected.contains("first10")) expect_residuals(one, fit, expected, id);
  if (expected.contains("predict"))
    expect_predictions(one, fit, covariates, expected.at("predict"), id);
}

void expect_fits_of_r(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "cox.json", count))
    expect_fit(cox_case(folder, one), one.at("spec").at("covariates"), one.at("expect"),
               one.at("id").get<std::string>() + " ");
}

TEST(CoxReference, FitsAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_fits_of_r(path, 15);
  expect_fits_of_r(path / "demo_study", 7);
}

}  // namespace
}  // namespace radiomics
