// Agreement with R on what is made of Cox models: every case of nested_lrt (its concordances are
// compared with the concordances), edge_cox, rcs, firth and rubin. Tolerances: the data's README.

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/cox_fit_measures.h"
#include "radiomics/statistics/firth_cox.h"
#include "radiomics/statistics/restricted_cubic_spline.h"
#include "radiomics/statistics/rubin.h"
#include "tests/statistics/cox_cases.h"
#include "tests/support/data.h"

namespace radiomics {
namespace {

constexpr double coefficient_tolerance = 1e-8;
constexpr double likelihood_tolerance = 1e-9;
constexpr double spline_tolerance = 1e-7;
constexpr double firth_tolerance = 1e-5;

/// LR is a difference: its error is that of the log-likelihoods, whose size R's own error has.
void expect_difference(double ours, const json& expected, double log_likelihood,
                       const std::string& what) {
  EXPECT_NEAR(ours, number(expected),
              likelihood_tolerance * std::abs(number(expected)) + 1e-14 * std::abs(log_likelihood))
      << what;
}

void expect_nested_tests_of_r(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "nested_lrt.json", count)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const std::string id = one.at("id");
    const auto file = folder / "data" / one.at("data").get<std::string>();
    const auto small_terms = strings(spec.at("small")), big_terms = strings(spec.at("big"));
    const CoxCase small = cox_case(file, spec, small_terms, big_terms);
    const CoxCase big = cox_case(file, spec, big_terms, small_terms);
    const CoxFit first = fit_cox(small.data, {.ties = small.ties});
    const CoxFit second = fit_cox(big.data, {.ties = big.ties});
    EXPECT_EQ(first.n, expected.at("n")) << id;
    EXPECT_EQ(second.events, expected.at("nevent")) << id;
    expect_equal(first.log_likelihood, expected.at("loglik_small"), id, likelihood_tolerance);
    expect_equal(second.log_likelihood, expected.at("loglik_big"), id, likelihood_tolerance);
    expect_equal(cox_fit_measures(first).aic, expected.at("AIC_small"), id, likelihood_tolerance);
    expect_equal(cox_fit_measures(second).aic, expected.at("AIC_big"), id, likelihood_tolerance);
    const Test test =
        chi_squared_test(2 * (second.log_likelihood - first.log_likelihood), second.df - first.df);
    expect_difference(test.statistic, expected.at("chisq"), first.log_likelihood, id);
    expect_equal(test.df, expected.at("df"), id);
    expect_equal(test.p_value, expected.at("p"), id, coefficient_tolerance);
  }
}

TEST(CoxReference, NestedTestsAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_nested_tests_of_r(path, 3);
  expect_nested_tests_of_r(path / "demo_study", 4);
}

/// What R leaves as large numbers with a warning.
bool is_infinite_in_r(const json& expected, std::size_t term) {
  return number(expected.at("se")[term]) > 1000;
}

void expect_edge_case(const CoxCase& one, const json& expected, const std::string& id) {
  const CoxFit fit = fit_cox(one.data, {.ties = one.ties});
  EXPECT_EQ(fit.n, expected.at("n")) << id;
  EXPECT_EQ(fit.events, expected.at("nevent")) << id;
  EXPECT_EQ(fit.converged, fit.events > 0) << id;
  EXPECT_EQ(json(one.terms), expected.at("names")) << id;
  bool infinite = false;
  for (std::size_t j = 0; j < one.terms.size(); ++j) infinite |= is_infinite_in_r(expected, j);
  // R stops on the way to the limit, where about 1e-8 of likelihood is left, and the others' errors
  // with it.
  const double slack = infinite ? 3e-8 : 0;
  EXPECT_NEAR(fit.log_likelihood_null, number(expected.at("loglik")[0]),
              likelihood_tolerance * std::abs(fit.log_likelihood_null))
      << id;
  EXPECT_NEAR(fit.log_likelihood, number(expected.at("loglik")[1]),
              likelihood_tolerance * std::abs(fit.log_likelihood) + slack)
      << id;
  // These fits of R are not those with eps = 1e-13: its default leaves 1e-7 standard errors.
  const double tolerance = 1e-7;
  for (std::size_t j = 0; j < one.terms.size(); ++j) {
    const json& coefficient = expected.at("coef")[j];
    const TermStatus status = coefficient.is_null()           ? TermStatus::aliased
                              : is_infinite_in_r(expected, j) ? TermStatus::infinite
                                                              : TermStatus::ok;
    EXPECT_EQ(fit.status[j], status) << id << " " << j;
    EXPECT_EQ(std::isnan(fit.coefficients[j]), status != TermStatus::ok) << id;
    EXPECT_EQ(std::isnan(fit.std_errors[j]), status != TermStatus::ok) << id;
    if (status != TermStatus::ok) continue;
    const double error = number(expected.at("se")[j]);
    EXPECT_NEAR(fit.coefficients[j], number(coefficient), tolerance * error) << id;
    EXPECT_NEAR(fit.std_errors[j], error, tolerance * error) << id;
  }
}

TEST(CoxReference, EdgeCasesAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  std::size_t compared = 0;
  for (const auto& one : cases_of(path / "edge_cox.json", 16)) {
    if (one.at("id") == "edge_negative_time") continue;  // negative times are refused on purpose
    ++compared;
    const json& spec = one.at("spec");
    const std::string id = one.at("id");
    const auto file = path / "data" / one.at("data").get<std::string>();
    CoxCase data = cox_case(file, spec, strings(spec.at("covariates")));
    std::vector<std::size_t> allowed;
    for (std::size_t i = 0; i < data.data.size(); ++i)
      if (data.data.outcome.time[i] >= 0) allowed.push_back(i);
    data.data = rows_of(data.data, allowed);
    expect_edge_case(data, one.at("expect"), id);
  }
  EXPECT_EQ(compared, 15);
}

TEST(CoxReference, RestrictedCubicSplinesAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "rcs.json", 1)) {
    json spec = one.at("spec");
    spec["ties"] = "efron";
    const json& expected = one.at("expect");
    const auto file = path / "data" / one.at("data").get<std::string>();
    // Knots are those of all patients; the fit has those with the other covariate only.
    const auto values = ReferenceTable(file).numbers(spec.at("x"));
    const auto knots = default_knots(values, spec.at("nk"));
    expect_all_equal(knots, expected.at("knots"), "knots");
    const Matrix basis = restricted_cubic_spline(values, knots);
    for (std::size_t i = 0; i < 5; ++i)
      for (std::size_t j = 0; j < basis.columns; ++j)
        EXPECT_NEAR(basis(i, j), number(expected.at("basis_first5")[i][j]), 1e-10);

    CoxCase linear = cox_case(file, spec, {spec.at("x"), spec.at("adjust")});
    CoxCase spline = linear;
    const Matrix& both = linear.data.covariates;
    spline.data.covariates = beside(restricted_cubic_spline(both.column(0), knots),
                                    columns_of(both, std::vector<std::size_t>{1}));
    const CoxFit small = fit_cox(linear.data), big = fit_cox(spline.data);
    expect_all_equal(big.coefficients, expected.at("coef"), "coef", spline_tolerance);
    expect_equal(small.log_likelihood, expected.at("loglik_linear"), "linear",
                 likelihood_tolerance);
    expect_equal(big.log_likelihood, expected.at("loglik_rcs"), "rcs", likelihood_tolerance);
    expect_test(
        chi_squared_test(2 * (big.log_likelihood - small.log_likelihood), big.df - small.df),
        expected.at("nonlinearity_LR"), "nonlinearity", spline_tolerance);
  }
}

TEST(CoxReference, FirthFitsAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "firth.json", 2)) {
    json spec = one.at("spec");
    spec["ties"] = "breslow";
    const json& expected = one.at("expect");
    const std::string id = one.at("id");
    const auto file = path / "data" / one.at("data").get<std::string>();
    if (id == "firth_lung_sex_age") spec["factors"] = {{"sex", {"male", "female"}}};
    const CoxCase data = cox_case(file, spec, strings(spec.at("covariates")));
    EXPECT_EQ(json(data.terms), expected.at("names")) << id;
    const FirthCoxFit fit = fit_firth_cox(data.data);
    EXPECT_TRUE(fit.converged) << id;
    expect_all_equal(fit.coefficients, expected.at("coef"), id + " coef", firth_tolerance);
    expect_all_equal(fit.std_errors, expected.at("se"), id + " se", firth_tolerance);
    expect_all_equal(fit.p_values, expected.at("p_penalised_LR"), id + " p", firth_tolerance);
    expect_equal(fit.log_likelihood_null, expected.at("penalised_loglik")[0], id, firth_tolerance);
    expect_equal(fit.log_likelihood, expected.at("penalised_loglik")[1], id, firth_tolerance);
    for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
      expect_equal(std::exp(fit.conf_low[j]), expected.at("HR_profile_lower95")[j], id + " low",
                   firth_tolerance);
      expect_equal(std::exp(fit.conf_high[j]), expected.at("HR_profile_upper95")[j], id + " high",
                   firth_tolerance);
    }
  }
}

TEST(CoxReference, PooledEstimatesAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "rubin.json", 1)) {
    const json& expected = one.at("expect");
    const json spec{{"time", "time"}, {"event", "event"}, {"ties", "efron"}};
    const auto names = strings(expected.at("names"));
    std::vector<CoxFit> fits;
    for (const auto& file : strings(one.at("data")))
      fits.push_back(fit_cox(cox_case(path / "data" / file, spec, names).data));
    for (std::size_t j = 0; j < names.size(); ++j) {
      std::vector<double> estimates, variances;
      for (std::size_t f = 0; f < fits.size(); ++f) {
        estimates.push_back(fits[f].coefficients[j]);
        variances.push_back(fits[f].vcov(j, j));
        expect_equal(estimates[f], expected.at("per_imputation_coef")[f][j], names[j],
                     coefficient_tolerance);
        expect_equal(variances[f], expected.at("per_imputation_var")[f][j], names[j],
                     coefficient_tolerance);
      }
      const PooledEstimate pooled = pool(estimates, variances);
      const auto compare = [&](double ours, const char* key, double tolerance) {
        expect_equal(ours, expected.at(key)[j], names[j] + " " + key, tolerance);
      };
      compare(pooled.estimate, "qbar", coefficient_tolerance);
      compare(pooled.within, "ubar", coefficient_tolerance);
      compare(pooled.variance, "t", coefficient_tolerance);
      compare(pooled.std_error, "se", coefficient_tolerance);
      compare(pooled.p_value, "p_t", 1e-7);
      // Differences of coefficients that agree to 1e-8 of themselves.
      compare(pooled.between, "b", 1e-6);
      compare(pooled.df, "df_rubin", 2e-6);
      compare(pooled.lambda, "fmi_lambda", 1e-6);
    }
  }
}

}  // namespace
}  // namespace radiomics
