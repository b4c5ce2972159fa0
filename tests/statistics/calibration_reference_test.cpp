// Agreement with R on calibration and decision curves: every case of calibration and dca.
// Tolerances as the data's README sets them: Kaplan-Meier and net benefits 1e-10, Cox 1e-8, Poisson
// (a GLM, as logistic) 1e-7.

#include <gtest/gtest.h>

#include "radiomics/statistics/calibration.h"
#include "radiomics/statistics/calibration_curve.h"
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

// Not a case of the data: computed by R's survival, 3.5-3, from its files: coxph() on the truncated
// powers of log(-log(1 - risk)) at knots by quantile(), basehaz(), then mean, median, 0.9 quantile
// and maximum of |observed - risk|.
struct SmoothCase {
  std::string file, risk;
  double horizon;
  int knots;
  std::vector<double> ici_e50_e90_max;
};

TEST(CalibrationReference, SmoothCurveIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  const SmoothCase cases[] = {
      {"lung_pred.csv",
       "risk_full_1",
       365,
       3,
       {0.006486565367283279, 0.0058031061409267171, 0.013438854233682032, 0.018904221515298025}},
      {"lung_pred.csv",
       "risk_full_1",
       365,
       4,
       {0.011892009895115439, 0.0093577778233079334, 0.022225377271511613, 0.045669677063743253}},
      {"lung_pred.csv",
       "risk_full_1",
       365,
       5,
       {0.043806706363708169, 0.040079580002908566, 0.091117646324166413, 0.1301218635263216}},
      {"scc_test.csv",
       "risk_rad_1",
       24,
       3,
       {0.03394654625793142, 0.014979969766092172, 0.087707887029810944, 0.40048181153791274}},
      {"scc_test.csv",
       "risk_rad_1",
       24,
       4,
       {0.031580401323910934, 0.01210665104159081, 0.062501314278326239, 0.50849275956748452}},
      {"scc_test.csv",
       "risk_rad_1",
       24,
       5,
       {0.029297528122642323, 0.0098726205128645272, 0.04755780152579784, 0.54655050249087433}}};
  for (const auto& one : cases) {
    const ReferenceTable table(path / "data" / one.file);
    const auto rows = table.complete_rows({"time", "event"});
    const auto curve = calibration_curve(table.survival("time", "event", rows),
                                         table.numbers(one.risk), one.horizon, one.knots);
    // The README's tolerance of restricted cubic splines.
    expect_all_equal(std::vector{curve.ici, curve.e50, curve.e90, curve.e_max},
                     json(one.ici_e50_e90_max), one.file + " " + to_text(one.knots), 1e-7);
  }
}

}  // namespace
}  // namespace radiomics
