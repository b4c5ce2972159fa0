// Agreement with R's coxph: every case of cox, nested_lrt and edge_cox. Tolerances are those of the
// data's README: coefficients, errors and p 1e-8, log-likelihoods and LR 1e-9, vcov 1e-7.

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/cox.h"
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

void expect_terms(const CoxFit& fit, const json& expected, const std::string& id) {
  expect_all_equal(fit.coefficients, expected.at("coef"), id + "coef", coefficient_tolerance);
  expect_all_equal(fit.std_errors, expected.at("se"), id + "se", coefficient_tolerance);
  for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
    const double b = fit.coefficients[j], se = fit.std_errors[j], z = b / se;
    expect_equal(std::exp(b), expected.at("HR")[j], id + "HR", coefficient_tolerance);
    expect_equal(z, expected.at("z")[j], id + "z", 2 * coefficient_tolerance);
    expect_equal(normal_p(z), expected.at("p")[j], id + "p",
                 2 * coefficient_tolerance * (1 + z * z));
    for (const int level : {95, 80}) {
      const auto interval = normal_estimate(b, se, level / 100.0);
      const json& limits = expected.at("HR_ci" + to_text(level));
      expect_equal(std::exp(interval.conf_low), limits.at("lower")[j], id, coefficient_tolerance);
      expect_equal(std::exp(interval.conf_high), limits.at("upper")[j], id, coefficient_tolerance);
    }
  }
}

void expect_fit(const CoxCase& one, const json& expected, const std::string& id) {
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
  if (!one.cluster.empty()) return;
  expect_terms(fit, expected, id);
  expect_matrix(fit.vcov, expected.at("vcov"), id + "vcov");
  expect_test(fit.wald, expected.at("Wald"), id + "Wald", coefficient_tolerance);
}

void expect_fits_of_r(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "cox.json", count))
    expect_fit(cox_case(folder, one), one.at("expect"), one.at("id").get<std::string>() + " ");
}

TEST(CoxReference, FitsAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_fits_of_r(path, 15);
  expect_fits_of_r(path / "demo_study", 7);
}

}  // namespace
}  // namespace radiomics
