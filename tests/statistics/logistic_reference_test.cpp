// Agreement with R's glm and pROC: every case of logistic. Tolerances, relative, as the data's
// README sets them: logistic 1e-7, areas 1e-10, their errors 1e-6.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/logistic.h"
#include "radiomics/statistics/roc_auc.h"
#include "tests/support/data.h"
#include "tests/support/r_reference.h"

namespace radiomics {
namespace {

constexpr double logistic_tolerance = 1e-7;
constexpr double auc_tolerance = 1e-10;
constexpr double error_tolerance = 1e-6;

using Outcome = std::vector<std::uint8_t>;

void expect_test(const Test& ours, const json& reference, const std::string& what) {
  expect_equal(ours.statistic, reference.at("stat"), what, logistic_tolerance);
  expect_equal(ours.p_value, reference.at("p"), what + " p", logistic_tolerance);
  EXPECT_EQ(ours.df, reference.at("df")) << what;
}

void expect_terms_of_r(const LogisticFit& fit, const json& expected, const std::string& id) {
  ASSERT_EQ(fit.coefficients.size(), expected.at("coef").size()) << id;
  expect_all_equal(fit.coefficients, expected.at("coef"), id + " coef", logistic_tolerance);
  expect_all_equal(fit.std_errors, expected.at("se"), id + " se", logistic_tolerance);
  for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
    const std::string what = id + to_text(j);
    const double z = fit.coefficients[j] / fit.std_errors[j];
    const auto limits = normal_estimate(fit.coefficients[j], fit.std_errors[j], 0.95);
    EXPECT_EQ(fit.status[j], TermStatus::ok) << what;
    expect_equal(z, expected.at("z")[j], what + " z", logistic_tolerance);
    expect_equal(normal_p(z), expected.at("p")[j], what + " p", logistic_tolerance);
    expect_equal(std::exp(limits.estimate), expected.at("OR")[j], what, logistic_tolerance);
    expect_equal(std::exp(limits.conf_low), expected.at("lower95")[j], what, logistic_tolerance);
    expect_equal(std::exp(limits.conf_high), expected.at("upper95")[j], what, logistic_tolerance);
  }
}

void expect_fit_of_r(const LogisticFit& fit, const json& expected, const std::string& id) {
  EXPECT_TRUE(fit.converged) << id;
  EXPECT_EQ(fit.n, expected.at("n")) << id;
  EXPECT_EQ(fit.events, expected.at("events")) << id;
  expect_terms_of_r(fit, expected, id);
  expect_equal(fit.deviance, expected.at("deviance"), id + " deviance", logistic_tolerance);
  expect_equal(fit.null_deviance, expected.at("null_deviance"), id, logistic_tolerance);
  expect_equal(fit.aic, expected.at("AIC"), id + " AIC", logistic_tolerance);
  expect_test(fit.likelihood_ratio, expected.at("LR"), id + " LR");
  ASSERT_EQ(expected.at("fitted_first10").size(), 10u) << id;
  const std::vector<double> first10(fit.fitted.begin(), fit.fitted.begin() + 10);
  expect_all_equal(first10, expected.at("fitted_first10"), id + " fitted", logistic_tolerance);
}

void expect_area_of_r(const LogisticFit& fit, const Outcome& outcome, const json& expected,
                      const std::string& id) {
  expect_equal(brier_score(fit.fitted, outcome), expected.at("brier"), id, logistic_tolerance);
  for (const int level : {95, 80}) {
    const RocAuc auc = roc_auc(fit.fitted, outcome, level / 100.0);
    expect_equal(auc.estimate.estimate, expected.at("auc"), id + " auc", auc_tolerance);
    expect_equal(auc.estimate.std_error * auc.estimate.std_error, expected.at("auc_delong_var"),
                 id + " DeLong", error_tolerance);
    const json& limits = expected.at("auc_delong_ci" + to_text(level));
    expect_equal(auc.estimate.conf_low, limits[0], id + " DeLong low", error_tolerance);
    expect_equal(auc.estimate.conf_high, limits[1], id + " DeLong high", error_tolerance);
  }
}

/// R's z is small minus big, ours the other way round.
void expect_comparison_of_r(const LogisticFit& small, const LogisticFit& big,
                            const Outcome& outcome, const json& expected, const std::string& id) {
  const RocAuc base = roc_auc(small.fitted, outcome), full = roc_auc(big.fitted, outcome);
  const AucComparison ours = compare_auc(base, full, outcome);
  expect_equal(base.estimate.estimate, expected.at("auc_small"), id + " small", auc_tolerance);
  expect_equal(ours.difference.estimate, expected.at("delta_auc"), id + " delta", auc_tolerance);
  expect_equal(-ours.statistic, expected.at("delong_paired_z_small_minus_big"), id + " z",
               error_tolerance);
  expect_equal(ours.p_value, expected.at("delong_p"), id + " DeLong p", error_tolerance);
  expect_test(likelihood_ratio_test(small, big), expected.at("LR"), id + " LR of small");
}

void expect_logistic_of_r(const std::filesystem::path& folder, std::size_t count,
                          int expected_comparisons) {
  int comparisons = 0;
  for (const auto& one : cases_of(folder / "logistic.json", count)) {
    const std::string id = one.at("id");
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const ReferenceTable table(folder / "data" / one.at("data").get<std::string>());
    const auto covariates = strings(spec.at("covariates"));
    auto needed = covariates;
    needed.push_back(spec.at("y"));
    const auto rows = table.complete_rows(needed);
    const auto y = table.numbers(spec.at("y"));
    Outcome outcome;
    for (const auto row : rows) outcome.push_back(y[row] == 1);
    const auto fit_of = [&](const std::vector<std::string>& names) {
      const ReferenceDesign design = table.design(names, spec.at("factors"));
      return fit_logistic(rows_of(design.values, rows), outcome);
    };
    const LogisticFit fit = fit_of(covariates);
    auto names = table.design(covariates, spec.at("factors")).terms;
    names.insert(names.begin(), "(Intercept)");
    EXPECT_EQ(json(names), expected.at("names")) << id;
    expect_fit_of_r(fit, expected, id);
    expect_area_of_r(fit, outcome, expected, id);
    if (!expected.contains("vs_small")) continue;
    ++comparisons;
    const json& versus = expected.at("vs_small");
    expect_comparison_of_r(fit_of(strings(versus.at("small"))), fit, outcome, versus, id);
  }
  EXPECT_EQ(comparisons, expected_comparisons);
}

TEST(LogisticReference, ModelsAndAreasAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_logistic_of_r(path, 2, 2);
  expect_logistic_of_r(path / "demo_study", 1, 1);
}

}  // namespace
}  // namespace radiomics
