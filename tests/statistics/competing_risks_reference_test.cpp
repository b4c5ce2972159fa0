// Agreement with R's cmprsk and survival packages on competing risks: every case of cif and
// finegray. Tolerances, relative, as the data's README sets them: curves and tests 1e-10,
// Fine-Gray 1e-6, Cox 1e-8, log-likelihood 1e-9.

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/cumulative_incidence.h"
#include "radiomics/statistics/fine_gray.h"
#include "radiomics/statistics/gray_test.h"
#include "tests/support/data.h"
#include "tests/support/r_reference.h"

namespace radiomics {
namespace {

constexpr double fine_gray_tolerance = 1e-6;
constexpr double cox_tolerance = 1e-8;
constexpr double likelihood_tolerance = 1e-9;

CompetingRisksData read_outcome(const ReferenceTable& table, const json& spec,
                                const std::vector<std::size_t>& rows) {
  const auto times = table.numbers(spec.at("time")), causes = table.numbers(spec.at("status"));
  CompetingRisksData data;
  for (const auto row : rows) {
    data.time.push_back(times[row]);
    data.cause.push_back(std::uint8_t(causes[row]));
  }
  return with_ties_merged(data);
}

/// The data of a case of cif with the group of each patient.
struct GroupedData {
  CompetingRisksData data;
  std::vector<std::string> labels;
  std::vector<int> group;

  CompetingRisksData members(std::size_t of_group) const {
    std::vector<std::size_t> patients;
    for (std::size_t i = 0; i < group.size(); ++i)
      if (group[i] == int(of_group)) patients.push_back(i);
    return subset(data, patients);
  }
};

GroupedData read_grouped(const std::filesystem::path& folder, const json& one) {
  const json& spec = one.at("spec");
  const ReferenceTable table(folder / "data" / one.at("data").get<std::string>());
  std::vector<std::string> needed{spec.at("time"), spec.at("status")};
  const bool grouped = spec.at("group").is_string();
  if (grouped) needed.push_back(spec.at("group"));
  const auto rows = table.complete_rows(needed);
  GroupedData result{read_outcome(table, spec, rows), {"all"}, std::vector<int>(rows.size())};
  if (!grouped) return result;
  const Grouping groups = table.groups(spec.at("group"));
  result.labels = groups.labels;
  for (std::size_t i = 0; i < rows.size(); ++i) result.group[i] = groups.group[rows[i]];
  return result;
}

/// Column `state` of R's matrix: 0 free of events, 1 and 2 the causes.
void expect_state_of_r(const Estimate& ours, const json& reference, std::size_t row,
                       std::size_t state, const std::string& what) {
  const auto at = [&](const char* key) { return reference.at(key)[row][state]; };
  expect_equal(ours.estimate, at("pstate"), what + " pstate");
  expect_equal(ours.std_error, at("se_infinitesimal_jackknife"), what + " se");
  if (ours.std_error == 0 && ours.conf_low == ours.conf_high)
    return;  // R: limits 0 and 0 for S = 1
  expect_equal(ours.conf_low, at("lower_log95"), what + " lower");
  expect_equal(ours.conf_high, at("upper_log95"), what + " upper");
}

/// The curves of one group; returns how many times could be compared.
int expect_curves_of_r(const GroupedData& grouped, std::size_t g, const json& expected,
                       const std::vector<double>& times, const std::string& what) {
  const CompetingRisksData data = grouped.members(g);
  const CumulativeIncidence curves = cumulative_incidence(data);
  const json& aj = expected.at("survival_aalen_johansen").at(grouped.labels[g]);
  int compared = 0;
  for (std::size_t t = 0; t < times.size(); ++t) {
    const auto ours = at_horizon(curves, times[t]);
    const std::string place = what + grouped.labels[g] + " at " + to_text(times[t]);
    EXPECT_EQ(ours.n_risk, aj.at("n_risk")[t]) << place;
    if (ours.beyond_follow_up) continue;  // R carries the last value on; we do not, on purpose
    ++compared;
    expect_state_of_r(ours.event_free, aj, t, 0, place + " event-free");
    for (std::size_t k = 0; k < 2; ++k) {
      const std::string cause = to_text(k + 1);
      expect_state_of_r(ours.incidence[k], aj, t, k + 1, place + " cause " + cause);
      const auto row = k * grouped.labels.size() + g;
      EXPECT_EQ(expected.at("cmprsk").at("curves")[row], grouped.labels[g] + " " + cause);
      expect_equal(ours.incidence[k].estimate, expected.at("cmprsk").at("est")[row][t], place);
      expect_equal(ours.std_error_delta[k] * ours.std_error_delta[k],
                   expected.at("cmprsk").at("var")[row][t], place + " var");
    }
    expect_equal(naive_incidence(data, 1, times[t]),
                 expected.at("naive_1_minus_KM_cause1").at(grouped.labels[g])[t], place + " naive");
  }
  return compared;
}

void expect_gray_test_of_r(const GroupedData& grouped, const json& expected,
                           const std::string& what) {
  for (const int cause : {1, 2}) {
    const auto k = std::size_t(cause - 1);
    const GrayTest ours = gray_test(grouped.data, cause, grouped.group, int(grouped.labels.size()));
    ASSERT_EQ(expected.at("cause")[k], to_text(cause)) << what;
    expect_equal(ours.statistic, expected.at("stat")[k], what + " Gray");
    // cmprsk takes p as 1 - cdf, which leaves an absolute error of the machine epsilon.
    const double p = expected.at("p")[k];
    EXPECT_NEAR(ours.p_value, p, 1e-10 * p + 2.3e-16) << what;
    expect_equal(ours.p_value, chi_squared_p(expected.at("stat")[k], ours.df), what + " Gray p",
                 1e-9);  // p changes by up to half the change of a statistic near 60
    EXPECT_EQ(ours.df, expected.at("df")[k]) << what;
  }
}

void expect_incidences_of_r(const std::filesystem::path& folder, std::size_t count,
                            int expected_times) {
  int compared = 0;
  for (const auto& one : cases_of(folder / "cif.json", count)) {
    const std::string id = one.at("id").get<std::string>() + " ";
    const json& expected = one.at("expect");
    const GroupedData grouped = read_grouped(folder, one);
    for (std::size_t g = 0; g < grouped.labels.size(); ++g)
      compared += expect_curves_of_r(grouped, g, expected, one.at("spec").at("times"), id);
    EXPECT_EQ(expected.contains("gray_test"), grouped.labels.size() > 1) << id;
    if (expected.contains("gray_test"))
      expect_gray_test_of_r(grouped, expected.at("gray_test"), id);
  }
  EXPECT_EQ(compared, expected_times);
}

TEST(CompetingRisksReference, IncidencesAndGraysTestAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_incidences_of_r(path, 3, 21);
  expect_incidences_of_r(path / "demo_study", 2, 12);
}

void expect_matrix(const Matrix& ours, const json& reference, const std::string& what,
                   double tolerance) {
  ASSERT_EQ(ours.rows, reference.size()) << what;
  for (std::size_t i = 0; i < ours.rows; ++i)
    for (std::size_t j = 0; j < ours.columns; ++j) {
      // What lies far below the diagonal is judged against it.
      const double scale = std::sqrt(std::abs(reference[i][i].get<double>()) *
                                     std::abs(reference[j][j].get<double>()));
      EXPECT_NEAR(ours(i, j), reference[i][j].get<double>(), tolerance * scale)
          << what << i << "," << j;
    }
}

/// A coefficient that should be 0 is judged against its standard error.
void expect_coefficients(const std::vector<double>& ours, const std::vector<double>& errors,
                         const json& expected, const std::string& what, double tolerance) {
  ASSERT_EQ(ours.size(), expected.at("coef").size()) << what;
  for (std::size_t j = 0; j < ours.size(); ++j)
    EXPECT_NEAR(ours[j], expected.at("coef")[j].get<double>(),
                tolerance * expected.at("se")[j].get<double>())
        << what << " coef " << j;
  expect_all_equal(errors, expected.at("se"), what + " se", tolerance);
}

void expect_terms(const FineGrayFit& fit, const json& expected, const std::string& id) {
  expect_coefficients(fit.coefficients, fit.std_errors, expected, id, fine_gray_tolerance);
  for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
    const std::string what = id + to_text(j);
    EXPECT_EQ(fit.status[j], TermStatus::ok) << what;
    const double z = fit.coefficients[j] / fit.std_errors[j];
    const auto limits = normal_estimate(fit.coefficients[j], fit.std_errors[j], 0.95);
    EXPECT_NEAR(z, expected.at("z")[j].get<double>(), fine_gray_tolerance * (1 + std::abs(z)));
    expect_equal(normal_p(z), expected.at("p")[j], what + " p", fine_gray_tolerance);
    expect_equal(std::exp(limits.estimate), expected.at("sHR")[j], what, fine_gray_tolerance);
    expect_equal(std::exp(limits.conf_low), expected.at("lower95")[j], what, fine_gray_tolerance);
    expect_equal(std::exp(limits.conf_high), expected.at("upper95")[j], what, fine_gray_tolerance);
  }
}

void expect_predictions(const FineGrayFit& fit, const json& predict, const std::string& id) {
  for (std::size_t i = 0; i < predict.at("newx").size(); ++i)
    for (std::size_t t = 0; t < predict.at("times").size(); ++t)
      expect_equal(predicted_incidence(fit, predict.at("newx")[i].get<std::vector<double>>(),
                                       predict.at("times")[t]),
                   predict.at("cif")[i][t], id + " predict", fine_gray_tolerance);
}

void expect_fine_gray_of_r(const FineGrayFit& fit, const json& expected, const std::string& id) {
  EXPECT_TRUE(fit.converged) << id;
  EXPECT_EQ(fit.n, expected.at("n")) << id;
  expect_terms(fit, expected, id);
  expect_equal(fit.log_likelihood, expected.at("loglik"), id + " loglik", likelihood_tolerance);
  expect_equal(fit.log_likelihood_null, expected.at("loglik_null"), id, likelihood_tolerance);
  expect_equal(fit.likelihood_ratio.statistic, expected.at("pseudo_LR"), id, likelihood_tolerance);
  expect_matrix(fit.vcov, expected.at("var"), id + " var", fine_gray_tolerance);
  expect_matrix(fit.information, expected.at("inf"), id + " inf", fine_gray_tolerance);
  const json& baseline = expected.at("baseline");
  expect_all_equal(fit.baseline_time, baseline.at("time"), id + " baseline time");
  expect_all_equal(fit.baseline_jump, baseline.at("jump"), id + " jump", fine_gray_tolerance);
  if (expected.contains("predict")) expect_predictions(fit, expected.at("predict"), id);
}

void expect_cause_specific_of_r(const CompetingRisksData& data, const Matrix& covariates,
                                const json& expected, const std::string& id) {
  for (const int cause : {1, 2}) {
    const json& reference = expected.at("cause_specific_cox_cause" + to_text(cause));
    const std::string what = id + " cause " + to_text(cause);
    const CoxFit fit = fit_cox({.outcome = cause_specific(data, cause), .covariates = covariates});
    expect_coefficients(fit.coefficients, fit.std_errors, reference, what, cox_tolerance);
    if (reference.contains("loglik"))
      expect_equal(fit.log_likelihood, reference.at("loglik"), what, likelihood_tolerance);
  }
}

void expect_regressions_of_r(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "finegray.json", count)) {
    const std::string id = one.at("id");
    const json& spec = one.at("spec");
    const ReferenceTable table(folder / "data" / one.at("data").get<std::string>());
    auto needed = strings(spec.at("covariates"));
    const ReferenceDesign design = table.design(needed, spec.at("factors"));
    needed.insert(needed.end(), {spec.at("time"), spec.at("status")});
    const auto rows = table.complete_rows(needed);
    const CompetingRisksData data = read_outcome(table, spec, rows);
    const Matrix covariates = rows_of(design.values, rows);
    EXPECT_EQ(json(design.terms), one.at("expect").at("names")) << id;
    expect_fine_gray_of_r(fit_fine_gray(data, covariates), one.at("expect"), id);
    expect_cause_specific_of_r(data, covariates, one.at("expect"), id);
  }
}

TEST(CompetingRisksReference, FineGrayAndCauseSpecificCoxAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_regressions_of_r(path, 2);
  expect_regressions_of_r(path / "demo_study", 2);
}

}  // namespace
}  // namespace radiomics
