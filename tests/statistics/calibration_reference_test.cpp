// Agreement with R on calibration and decision curves: every case of calibration and dca.
// Tolerances as the data's README sets them: Kaplan-Meier and net benefits 1e-10, Cox 1e-8, Poisson
// (a GLM, as logistic) 1e-7.

#include <gtest/gtest.h>

#include "radiomics/statistics/calibration.h"
#include "radiomics/statistics/decision_curve.h"
#include "tests/support/data.h"
#include "tests/support/r_reference.h"

namespace radiomics {
namespace {

constexpr double cox_tolerance = 1e-8;
constexpr double poisson_tolerance = 1e-7;

void expect_slope(const CalibrationSlope& ours, const json& reference, const std::string& id) {
  expect_equal(ours.slope.estimate, reference.at("coef"), id + " slope", cox_tolerance);
  expect_equal(ours.slope.std_error, reference.at("se"), id + " slope se", cox_tolerance);
  expect_equal(ours.slope.conf_low, reference.at("lower95"), id + " slope low", cox_tolerance);
  expect_equal(ours.slope.conf_high, reference.at("upper95"), id + " slope high", cox_tolerance);
  expect_equal(ours.p_value, reference.at("p_vs_0"), id + " slope p", cox_tolerance);
}

void expect_groups(const std::vector<CalibrationGroup>& ours, const json& reference,
                   const std::string& id) {
  ASSERT_EQ(ours.size(), reference.at("n").size()) << id;
  for (std::size_t g = 0; g < ours.size(); ++g) {
    EXPECT_EQ(reference.at("group")[g], g + 1) << id;
    EXPECT_EQ(ours[g].n, reference.at("n")[g]) << id;
    expect_equal(ours[g].mean_predicted, reference.at("mean_predicted")[g], id + " predicted");
    expect_equal(ours[g].observed, reference.at("observed")[g], id + " observed");
    expect_equal(ours[g].conf_low, reference.at("lower")[g], id + " low");
    expect_equal(ours[g].conf_high, reference.at("upper")[g], id + " high");
  }
}

void expect_poisson(const PoissonCalibration& ours, const json& reference, const std::string& id) {
  EXPECT_EQ(ours.zero_expected, reference.at("rows_with_zero_expected_excluded")) << id;
  EXPECT_EQ(ours.observed, reference.at("observed")) << id;
  expect_equal(ours.expected, reference.at("expected"), id + " expected");
  expect_equal(ours.observed / ours.expected, reference.at("SIR"), id + " SIR");
  expect_equal(ours.log_ratio.estimate, reference.at("ln_SIR"), id + " ln_SIR", poisson_tolerance);
  expect_equal(ours.log_ratio.std_error, reference.at("se"), id + " se", poisson_tolerance);
  expect_equal(ours.slope.estimate, reference.at("slope"), id + " slope", poisson_tolerance);
  expect_equal(ours.slope.std_error, reference.at("slope_se"), id + " slope se", poisson_tolerance);
}

TEST(CalibrationReference, IsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "calibration.json", 2)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const std::string id = one.at("id");
    const ReferenceTable table(path / "data" / one.at("data"));
    const auto rows = table.complete_rows({spec.at("time"), spec.at("event")});
    ASSERT_EQ(rows.size(), table.size()) << id;
    const SurvivalData data = table.survival(spec.at("time"), spec.at("event"), rows);
    const auto lp = table.numbers(spec.at("lp")), risk = table.numbers(spec.at("risk"));
    const double horizon = spec.at("horizon");

    expect_slope(calibration_slope(data, lp), expected.at("slope"), id);
    const auto ratio = observed_expected(data, risk, horizon);
    expect_equal(ratio.observed, expected.at("O_KM"), id + " O");
    expect_equal(ratio.expected, expected.at("E_mean_risk"), id + " E");
    expect_equal(ratio.ratio, expected.at("OE_ratio"), id + " O/E");
    expect_groups(calibration_groups(data, risk, horizon, spec.at("groups")), expected.at("groups"),
                  id);
    expect_poisson(poisson_calibration(data, lp, table.numbers(spec.at("expected"))),
                   expected.at("poisson"), id);
  }
}

// dcurves gives NA where none of those treated has the event by the horizon. There own_formula_ge,
// which is compared at every threshold, says what follows: nothing true, all false.
void expect_curve(const std::vector<NetBenefit>& ours, const json& reference,
                  const std::string& what) {
  ASSERT_EQ(ours.size(), reference.at("threshold").size()) << what;
  for (std::size_t k = 0; k < ours.size(); ++k) {
    const std::string place = what + " at " + to_text(ours[k].threshold);
    expect_equal(ours[k].threshold, reference.at("threshold")[k], place);
    if (reference.at("net_benefit")[k].is_null()) {
      EXPECT_EQ(ours[k].true_positive_rate, 0) << place;
      continue;
    }
    expect_equal(ours[k].net_benefit, reference.at("net_benefit")[k], place + " net benefit");
    expect_equal(ours[k].true_positive_rate, reference.at("tp_rate")[k], place + " tp");
    expect_equal(ours[k].false_positive_rate, reference.at("fp_rate")[k], place + " fp");
  }
}

TEST(DecisionCurveReference, IsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "dca.json", 1)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const ReferenceTable table(path / "data" / one.at("data"));
    const auto rows = table.complete_rows({spec.at("time"), spec.at("event")});
    const SurvivalData data = table.survival(spec.at("time"), spec.at("event"), rows);
    const auto thresholds = spec.at("thresholds").get<std::vector<double>>();
    const double horizon = spec.at("horizon");
    expect_curve(treat_all(data, horizon, thresholds), expected.at("all"), "all");
    expect_curve(decision_curve(data, std::vector<double>(data.size(), 0), horizon, thresholds),
                 expected.at("none"), "none");
    for (const auto& name : strings(spec.at("risk"))) {
      const auto curve = decision_curve(data, table.numbers(name), horizon, thresholds);
      expect_curve(curve, expected.at(name), name);
      std::vector<double> benefits;
      for (const auto& point : curve) benefits.push_back(point.net_benefit);
      expect_all_equal(benefits, expected.at("own_formula_ge").at(name), name + " own formula");
    }
  }
}

}  // namespace
}  // namespace radiomics
