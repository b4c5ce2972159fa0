#include "radiomics/survival/validate_analysis.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/survival/validate_output.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

constexpr const char* table =
    "id,t,e,x\n"
    "A,1,1,4\nB,2,1,2\nC,3,0,3\nD,4,1,1\nE,5,1,2.5\nF,6,0,0.5\nG,7,1,1.5\nH,8,0,0\n";

PrognosticModel model_of(double coefficient) {
  PrognosticModel model{.program_version = "0.1.0",
                        .endpoint = {.name = "OS", .time = "t", .event = "e"},
                        .time_unit = "months",
                        .n = 20,
                        .events = 12,
                        .inputs = {{"clinical", "train.csv", "0123"}}};
  model.variables = {{.name = "x", .low = 0, .high = 5, .median = 2}};
  model.terms = {{{"x", "x", ""}, coefficient, 2, 1}};
  model.baseline_time = {1, 3, 5, 7};
  model.baseline_hazard = {0.1, 0.3, 0.6, 1};
  return model;
}

class ValidateAnalysisTest : public testing::Test {
 protected:
  ValidateOptions options(const PrognosticModel& model, const std::string& text = table) {
    ValidateOptions result;
    result.common.cohort.clinical = folder_.write("c.csv", text);
    result.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
    result.common.horizons = {3, 5};
    result.model = folder_.write("model.json", to_json(model));
    return result;
  }

  std::string error_of(const ValidateOptions& options) {
    try {
      analyse_validate(options);
    } catch (const Error& error) {
      return std::string(to_string(error.kind())) + ": " + error.what();
    }
    return "accepted";
  }
  TemporaryFolder folder_;
};

TEST_F(ValidateAnalysisTest, AppliesAFrozenModel) {
  const auto analysis = analyse_validate(options(model_of(0.5)));
  const auto& result = analysis.results[0];
  ASSERT_FALSE(result.error) << result.error->what();
  ASSERT_EQ(result.predictions.size(), 1u);
  const auto& model = result.predictions[0];
  EXPECT_EQ(model.name, "model");
  EXPECT_FALSE(model.apparent);
  // By hand: the risk by 3 of A with x = 4, two above the mean.
  EXPECT_NEAR(model.calibration[0].predicted[0], 1 - std::exp(-0.3 * std::exp(0.5 * 2)), 1e-15);
  double expected = 0;
  const std::vector<double> hazard{0.1, 0.1, 0.3, 0.3, 0.6, 0.6, 1, 1};
  const std::vector<double> x{4, 2, 3, 1, 2.5, 0.5, 1.5, 0};
  for (std::size_t i = 0; i < x.size(); ++i) expected += hazard[i] * std::exp(0.5 * (x[i] - 2));
  EXPECT_NEAR(model.calibration[0].poisson->expected, expected, 1e-14);
  EXPECT_EQ(model.integrated.tau, 5);
  EXPECT_GT(model.integrated.brier, 0);
  EXPECT_GT(model.integrated.null_brier, 0);
}

TEST_F(ValidateAnalysisTest, NothingIsExtrapolatedBeyondTheTraining) {
  auto beyond = options(model_of(0.5));
  beyond.common.horizons = {5, 7.5};
  const auto analysis = analyse_validate(beyond);
  const auto& model = analysis.results[0].predictions[0];
  EXPECT_FALSE(std::isnan(model.horizons[0].brier.brier.estimate.estimate));
  EXPECT_TRUE(std::isnan(model.horizons[1].brier.brier.estimate.estimate));
  EXPECT_TRUE(std::isnan(model.integrated.brier)) << "tau is 7.5";
  ASSERT_EQ(analysis.model_warnings.size(), 1u);
  EXPECT_EQ(analysis.model_warnings[0].code, WarningCode::beyond_follow_up);
}

TEST_F(ValidateAnalysisTest, TheTableOfTheTrainingMakesItApparent) {
  auto model = model_of(0.5);
  const auto elsewhere = options(model);
  model.inputs[0].sha256 = read_cohort(elsewhere.common.cohort).tables[0].sha256;
  const auto here = options(model);
  const auto analysis = analyse_validate(here);
  EXPECT_TRUE(analysis.results[0].predictions[0].apparent);
  const auto files = run_validate(here).files;
  const auto report = std::ranges::find(files, "report.md", &OutputFile::name);
  ASSERT_NE(report, files.end());
  EXPECT_NE(report->content.find("apparent performance, not a validation"), std::string::npos);
}

TEST_F(ValidateAnalysisTest, PatientsWithoutAVariableOfTheModelAreLeftOut) {
  std::string text = table;
  text.replace(text.find("D,4,1,1"), 7, "D,4,1,");
  auto with_column = options(model_of(0.5), text);
  with_column.predictions = {parse_prediction("time:lp=t")};
  const auto result = analyse_validate(with_column).results[0];
  EXPECT_EQ(result.n, 7u);
  EXPECT_EQ(result.n_missing, 1u);
  ASSERT_EQ(result.comparisons.size(), 1u);
  EXPECT_EQ(result.predictions[0].name, "time");
  EXPECT_LT(result.predictions[0].concordance.estimate.estimate, 0.1) << "long time, low risk";
}

TEST_F(ValidateAnalysisTest, RefusesAModelInAnotherUnitOrWithoutItsColumns) {
  auto years = options(model_of(0.5));
  years.common.time_unit = TimeUnit::years;
  EXPECT_TRUE(
      error_of(years).starts_with("invalid_settings: model.json: the model counts in months"))
      << error_of(years);
  auto lost = options(model_of(0.5), "id,t,e,y\nA,1,1,2\nB,2,1,3\n");
  EXPECT_TRUE(error_of(lost).starts_with("column_not_found: ")) << error_of(lost);
}

TEST_F(ValidateAnalysisTest, ASlopeOfOneIsApparent) {
  EXPECT_TRUE(is_apparent({}, {.slope = {.estimate = 1 + 1e-9}}));
  EXPECT_FALSE(is_apparent({}, {.slope = {.estimate = 1.001}}));
  EXPECT_FALSE(is_apparent({}, {}));
  EXPECT_TRUE(is_apparent({.trained_here = true}, {}));
}

}  // namespace
}  // namespace radiomics
