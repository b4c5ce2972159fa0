#include "radiomics/survival/screen_analysis.h"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "radiomics/core/random_stream.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/screen_output.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

constexpr const char* clinical =
    "id,t,e,u,age,stage\nA,5,1,3,60,I\nB,8,0,8,51,II\nC,3,1,2,70,I\nD,9,1,9,44,II\nE,12,0,7,66,I\n"
    "F,4,1,1,58,II\nG,7,1,6,49,I\nH,2,1,2,63,II\n";
constexpr const char* features =
    "id,volume,size,twin,flat,gap,words\nA,50,7.1,7.1,1,1,x\nB,20,4.5,4.5,1,4,y\nC,90,9.7,9.7,1,,"
    "x\n"
    "D,40,6.2,6.2,1,2,y\nE,10,3.9,3.9,1,6,x\nF,60,7.0,7.0,1,5,y\nG,70,8.8,8.8,1,3,x\n"
    "H,80,8.9,8.9,1,9,y\n";

class ScreenTest : public testing::Test {
 protected:
  ScreenOptions options() {
    ScreenOptions result{.volume = "volume"};
    result.common.cohort.clinical = folder_.write("c.csv", clinical);
    result.common.cohort.features = folder_.write("f.csv", features);
    result.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
    return result;
  }
  TemporaryFolder folder_;
};

std::vector<std::string> codes(const ScreenAnalysis& analysis) {
  std::vector<std::string> result;
  for (const auto& warning : analysis.warnings()) result.emplace_back(to_string(warning.code));
  return result;
}

TEST_F(ScreenTest, EveryFeatureKeepsItsRow) {
  const auto analysis = analyse_screen(options());
  EXPECT_EQ(analysis.features.names,
            (std::vector<std::string>{"volume", "size", "twin", "flat", "gap"}));
  const auto& result = analysis.results[0];
  ASSERT_EQ(result.features.size(), 5u);
  EXPECT_EQ(result.n, 8u);
  const auto &size = result.features[1], &twin = result.features[2], &flat = result.features[3],
             &gap = result.features[4];
  EXPECT_EQ(twin.term.p_value, size.term.p_value);
  EXPECT_EQ(flat.problem, "constant");
  EXPECT_EQ(flat.term.status, TermStatus::aliased);
  EXPECT_TRUE(std::isnan(flat.p_value_lr) && std::isnan(flat.p_adjusted.bh));
  EXPECT_EQ(gap.n, 7u) << "each on the patients who have it";
  EXPECT_EQ(gap.events, 5);
  EXPECT_EQ(analysis.relations.kept, (std::vector<std::size_t>{1, 4})) << "a constant is not kept";
  EXPECT_EQ(analysis.relations.n, 7u) << "correlations on those who have all";
  EXPECT_EQ(codes(analysis),
            (std::vector<std::string>{"not_numeric", "duplicate_feature", "missing_values",
                                      "low_events_per_parameter", "constant"}));
  EXPECT_NE(analysis.warnings()[1].message.find("'twin' is an exact copy of 'size'"),
            std::string::npos);
}

TEST_F(ScreenTest, FeatureIsTheLastTermOfItsModel) {
  auto adjusted = options();
  adjusted.common.cohort.features = folder_.write(
      "f.csv", "id,volume,x\nA,1,3\nB,3,1\nC,2,4\nD,6,1.5\nE,5,9\nF,4,2.6\nG,8,5\nH,7,3.5\n");
  adjusted.common.covariates = {"age", "stage"};
  adjusted.common.factors = {parse_factor("stage:I,II")};
  const auto analysis = analyse_screen(adjusted);
  const auto& x = analysis.results[0].features[1];
  const auto frame =
      model_frame(analysis.cohort, adjusted.common.endpoints[0],
                  {.variables = plain_variables({"x", "age", "stage"})}, adjusted.common);
  const auto fit = fit_cox(frame.cox_data());
  const auto without = fit_cox(with_columns(frame.cox_data(), std::vector<std::size_t>{1, 2}));
  // The order of the terms is another one: rounding errors differ.
  EXPECT_NEAR(x.term.estimate, fit.coefficients[0], 1e-9 * fit.std_errors[0]);
  EXPECT_NEAR(x.term.std_error, fit.std_errors[0], 1e-9 * fit.std_errors[0]);
  const double lr = 2 * (fit.log_likelihood - without.log_likelihood);
  EXPECT_NEAR(x.p_value_lr, chi_squared_p(lr, 1), 1e-9);
  EXPECT_GT(x.term.vif, 1);
}

TEST_F(ScreenTest, CovariateAmongTheFeaturesFollowsFromItself) {
  auto adjusted = options();
  adjusted.common.covariates = {"size"};
  const auto analysis = analyse_screen(adjusted);
  EXPECT_EQ(analysis.results[0].features[1].problem, "follows from the covariates");
  EXPECT_EQ(analysis.results[0].features[1].term.status, TermStatus::aliased);
}

TEST_F(ScreenTest, SeparationIsInfiniteAndStillHasItsLikelihoodRatio) {
  auto separated = options();
  separated.common.cohort.features = folder_.write(
      "f.csv", "id,volume,high\nA,5,1\nB,2,0\nC,9,1\nD,4,0\nE,1,0\nF,6,1\nG,7,0\nH,8,1\n");
  const auto analysis = analyse_screen(separated);
  const auto& high = analysis.results[0].features[1];
  EXPECT_EQ(high.term.status, TermStatus::infinite);
  EXPECT_TRUE(std::isnan(high.term.p_value) && std::isnan(high.p_adjusted.bh));
  EXPECT_GT(high.p_value_lr, 0);
  EXPECT_LT(high.p_value_lr, 0.05);
  EXPECT_EQ(analysis.results[0].tests, 1u) << "what has no p-value is no test";
  EXPECT_NE(analysis.results[0].text.find("infinite coefficient"), std::string::npos);
}

TEST_F(ScreenTest, ClustersKeepTheMostRepeatable) {
  auto with_stability = options();
  const auto& before = analyse_screen(with_stability).relations;
  ASSERT_EQ(before.clusters[0].features, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(before.clusters[0].kept, 1u) << "less correlated with volume, then by name";
  with_stability.stability =
      folder_.write("s.csv", "feature,icc,low,keep\ntwin,0.9,0.8,true\nsize,0.8,0.7,false\n");
  const auto analysis = analyse_screen(with_stability);
  EXPECT_EQ(analysis.relations.clusters[0].kept, 2u);
  EXPECT_FALSE(analysis.stability_of(1)->keep);
  EXPECT_EQ(analysis.stability_of(0), nullptr);
}

TEST_F(ScreenTest, GreedyKeepsTheFirst) {
  auto greedy = options();
  greedy.linkage.reset();
  const auto analysis = analyse_screen(greedy);
  EXPECT_EQ(analysis.relations.kept, (std::vector<std::size_t>{0, 4}));
  EXPECT_EQ(analysis.relations.clusters[0].features, (std::vector<std::size_t>{0, 1, 2}));
}

TEST_F(ScreenTest, OneFamilyOverAllEndpoints) {
  auto both = options();
  both.common.endpoints.push_back(parse_endpoint("PFS:time=u,event=e"));
  const auto apart = analyse_screen(both);
  both.family = TestFamily::all;
  const auto together = analyse_screen(both);
  EXPECT_EQ(apart.results[0].family, 4u);
  EXPECT_EQ(together.results[0].family, 8u);
  const auto& feature = together.results[1].features[4];
  EXPECT_DOUBLE_EQ(feature.p_adjusted.bonferroni, std::min(1.0, 8 * feature.term.p_value));
  EXPECT_NE(together.results[0].text.find("8 tests of all endpoints"), std::string::npos);
}

// Chance is called chance: among 60 features of noise some fall below 0.05.
TEST_F(ScreenTest, NoiseIsNotCalledAFinding) {
  RandomStream random(7, 0);
  std::string table = "id";
  for (int j = 0; j < 60; ++j) table += ",n" + to_text(j);
  std::string outcome = "id,t,e\n";
  for (int i = 0; i < 80; ++i) {
    table += "\nP" + to_text(i);
    for (int j = 0; j < 60; ++j) table += "," + to_text(random.uniform());
    outcome += "P" + to_text(i) + "," + to_text(1 + random.uniform()) + "," +
               (random.uniform() < 0.7 ? "1" : "0") + "\n";
  }
  ScreenOptions noise;
  noise.common.cohort.clinical = folder_.write("c.csv", outcome);
  noise.common.cohort.features = folder_.write("f.csv", table + "\n");
  noise.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
  const auto analysis = analyse_screen(noise);
  const auto& text = analysis.results[0].text;
  EXPECT_NE(text.find("Of 60 tests about 3 would fall below p = 0.05 by chance"), std::string::npos)
      << text;
  EXPECT_NE(text.find("no evidence"), std::string::npos) << text;
  EXPECT_EQ(text.find("prognostic"), std::string::npos) << text;
  const auto json = nlohmann::json::parse(screen_json(analysis, noise));
  EXPECT_TRUE(json["results"][0]["features"][0]["volume_surrogate"].is_null());
}

TEST_F(ScreenTest, OneEndpointIsRefusedTheOtherIsKept) {
  auto both = options();
  both.common.endpoints.push_back(parse_endpoint("X:time=t,event=stage"));
  const auto analysis = analyse_screen(both);
  EXPECT_FALSE(analysis.results[0].error);
  ASSERT_TRUE(analysis.results[1].error);
  EXPECT_EQ(analysis.results[1].error->kind(), ErrorKind::event_code);
}

TEST_F(ScreenTest, ResultsDoNotDependOnThreads) {
  const auto once = run_screen(options(), 1), again = run_screen(options(), 3);
  ASSERT_EQ(once.files.size(), again.files.size());
  for (std::size_t k = 0; k < once.files.size(); ++k)
    EXPECT_EQ(once.files[k].content, again.files[k].content) << once.files[k].name;
  EXPECT_EQ(once.files.back().name, "result.json");
}

TEST(StabilityFile, RefusesWhatItDoesNotUnderstand) {
  const TemporaryFolder folder;
  const auto kind_of = [&](const std::string& text) {
    try {
      read_stability_file(folder.write("s.csv", text));
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::no_display;  // none of those below
  };
  EXPECT_EQ(kind_of("feature,icc,low\na,1,1\n"), ErrorKind::column_not_found);
  EXPECT_EQ(kind_of("feature,icc,low,keep\na,x,1,true\n"), ErrorKind::not_numeric);
  EXPECT_EQ(kind_of("feature,icc,low,keep\na,1,1,perhaps\n"), ErrorKind::invalid_argument);
  EXPECT_EQ(kind_of("feature,icc,low,keep\na,1,1,true\na,1,1,true\n"), ErrorKind::duplicate_id);
  const auto table = read_stability_file(folder.write("s.csv", "keep,feature,icc,low\ntrue,a,,\n"));
  EXPECT_TRUE(table.at("a").keep);
  EXPECT_TRUE(std::isnan(table.at("a").icc));
}

}  // namespace
}  // namespace radiomics
