#include "radiomics/survival/km_analysis.h"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "radiomics/survival/km_output.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

constexpr const char* table =
    "id,t,e,stage,centre\n"
    "A,5,1,II,x\nB,8,0,I,x\nC,3,1,I,y\nD,9,1,II,y\nE,0,0,I,x\nF,4,1,,y\nG,7,1,III,x\nH,2,NA,I,y\n";

class KmAnalysisTest : public testing::Test {
 protected:
  KmOptions options(const std::string& text = table) {
    KmOptions result;
    result.common.cohort.clinical = folder_.write("c.csv", text);
    result.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
    return result;
  }
  TemporaryFolder folder_;
};

std::vector<std::string> codes(const KmAnalysis& analysis) {
  std::vector<std::string> result;
  for (const auto& warning : analysis.warnings()) result.emplace_back(to_string(warning.code));
  return result;
}

TEST_F(KmAnalysisTest, DropsIncompleteRowsAndSaysSo) {
  auto by_stage = options();
  by_stage.by = "stage";
  const auto analysis = analyse_km(by_stage);
  const auto& result = analysis.results[0];
  EXPECT_EQ(result.n, 6u);
  EXPECT_EQ(result.n_missing, 2u);
  EXPECT_EQ(result.events, 4);
  ASSERT_EQ(result.groups.size(), 3u);
  EXPECT_EQ(result.groups[0].label, "I");
  EXPECT_EQ(result.tests.size(), 2u);
  EXPECT_EQ(codes(analysis), (std::vector<std::string>{"missing_values", "missing_values",
                                                       "zero_time", "singleton_level"}));
  const auto warnings = analysis.warnings();
  EXPECT_EQ(warnings[0].column, "e");
  EXPECT_EQ(warnings[0].ids, std::vector<std::string>{"H"});
  EXPECT_TRUE(warnings[0].message.starts_with("c.csv:9:e: missing in 1 patient"))
      << warnings[0].message;
  EXPECT_EQ(warnings[2].ids, std::vector<std::string>{"E"});
  EXPECT_EQ(analyse_km(options()).results[0].n, 7u) << "stage is no variable of this one";
}

TEST_F(KmAnalysisTest, FactorsOrderTheGroups) {
  auto ordered = options();
  ordered.by = "stage";
  ordered.common.factors = {parse_factor("stage:III,IV,II,I")};
  const auto analysis = analyse_km(ordered);
  std::vector<std::string> labels;
  for (const auto& group : analysis.results[0].groups) labels.push_back(group.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"III", "II", "I"})) << "nobody has IV";
}

// Levels that nobody has keep their number: the scores are those of the factor.
TEST_F(KmAnalysisTest, TrendTakesTheOrderOfTheLevels) {
  auto ordered = options();
  ordered.by = "stage";
  ordered.common.factors = {parse_factor("stage:I,II,IIa,III")};
  EXPECT_FALSE(analyse_km(ordered).results[0].trend) << "it was not asked for";
  ordered.trend = true;
  const auto analysis = analyse_km(ordered);
  const auto& result = analysis.results[0];
  EXPECT_EQ(result.scores, (std::vector<double>{1, 2, 4}));
  ASSERT_TRUE(result.trend);
  EXPECT_EQ(result.trend->statistic,
            log_rank_trend(result.tests[0], std::vector<double>{1, 2, 4}).statistic);
  const auto json = nlohmann::json::parse(km_json(analysis, ordered)).at("results")[0].at("tests");
  ASSERT_EQ(json.size(), 3u);
  EXPECT_EQ(json[2].at("test"), "trend");
  EXPECT_EQ(json[2].at("df"), 1);
  EXPECT_EQ(json[2].at("groups")[2].at("score"), 4);
  EXPECT_FALSE(json[0].at("groups")[0].contains("score"));
  EXPECT_NE(to_markdown(km_report(analysis, ordered)).find("Trend: I = 1, II = 2, III = 4."),
            std::string::npos);
}

TEST_F(KmAnalysisTest, OneBadEndpointDoesNotSpoilTheOthers) {
  auto two = options();
  two.common.endpoints.push_back(parse_endpoint("LR:time=t,event=stage"));
  const auto analysis = analyse_km(two, 2);
  EXPECT_FALSE(analysis.results[0].error);
  ASSERT_TRUE(analysis.results[1].error);
  EXPECT_EQ(analysis.results[1].error->kind(), ErrorKind::event_code);
  const auto json = nlohmann::json::parse(km_json(analysis, two));
  EXPECT_TRUE(json.at("results")[1].at("error").get<std::string>().starts_with(
      "event_code: c.csv:2:stage: "));
}

TEST_F(KmAnalysisTest, TheRestrictedMeanEndsAtTheLastHorizonOrTau) {
  auto asked = options();
  EXPECT_TRUE(std::isnan(analyse_km(asked).results[0].groups[0].rmst.tau));
  asked.common.horizons = {6, 4};
  EXPECT_EQ(analyse_km(asked).results[0].groups[0].rmst.tau, 6);
  asked.common.tau = 5;
  EXPECT_EQ(analyse_km(asked).results[0].groups[0].rmst.tau, 5);
}

TEST_F(KmAnalysisTest, WarnsOfWhatLiesBeyondFollowUp) {
  auto late = options("t,e\n1,1\n2,0\n");
  late.common.horizons = {1, 3};
  const auto analysis = analyse_km(late);
  EXPECT_EQ(codes(analysis), std::vector<std::string>{"beyond_follow_up"});
  EXPECT_FALSE(concerns_input(WarningCode::beyond_follow_up));
  EXPECT_NE(analysis.warnings()[0].message.find("nothing is estimated at 3"), std::string::npos);
}

TEST_F(KmAnalysisTest, RunsWithoutEvents) {
  auto none = options("t,e,g\n1,0,a\n2,0,b\n");
  none.by = "g";
  const auto analysis = analyse_km(none);
  EXPECT_EQ(codes(analysis), std::vector<std::string>{"no_events"});
  const auto json = nlohmann::json::parse(km_json(analysis, none)).at("results")[0];
  EXPECT_EQ(json.at("groups")[0].at("curve").at("estimate"), nlohmann::json({1}));
  EXPECT_TRUE(json.at("tests")[0].at("p_value").is_null());
}

// The keys are fixed by the interface.
TEST_F(KmAnalysisTest, ResultHasTheKeysOfTheInterface) {
  auto by_stage = options();
  by_stage.by = "stage";
  by_stage.common.strata = {"centre"};
  by_stage.common.horizons = {4, 20};
  const auto keys = [](const nlohmann::ordered_json& object) {
    std::vector<std::string> names;
    for (const auto& item : object.items()) names.push_back(item.key());
    return names;
  };
  using Keys = std::vector<std::string>;
  const auto json = nlohmann::ordered_json::parse(km_json(analyse_km(by_stage), by_stage));
  EXPECT_EQ(keys(json), (Keys{"command", "program", "config", "seed", "inputs", "join", "warnings",
                              "results"}));
  EXPECT_EQ(keys(json["inputs"][0]), (Keys{"role", "file", "sha256", "rows"}));
  EXPECT_EQ(keys(json["join"]),
            (Keys{"id_features", "id_clinical", "matched", "features_only", "clinical_only"}));
  EXPECT_EQ(keys(json["warnings"][0]), (Keys{"code", "message", "endpoint", "column", "ids"}));
  const auto& result = json["results"][0];
  EXPECT_EQ(keys(result), (Keys{"endpoint", "n", "events", "n_missing", "conf_level", "conf_type",
                                "groups", "tests"}));
  const auto& group = result["groups"][0];
  EXPECT_EQ(keys(group), (Keys{"group", "n", "events", "quantiles", "horizons", "rmst", "curve"}));
  EXPECT_EQ(keys(group["quantiles"][0]), (Keys{"p", "estimate", "conf_low", "conf_high"}));
  EXPECT_EQ(keys(group["horizons"][0]), (Keys{"time", "n_risk", "estimate", "std_error", "conf_low",
                                              "conf_high", "beyond_follow_up"}));
  EXPECT_EQ(keys(group["curve"]),
            (Keys{"time", "n_risk", "n_event", "n_censor", "estimate", "std_error", "conf_low",
                  "conf_high", "cumulative_hazard", "cumulative_hazard_std_error"}));
  const auto& test = result["tests"][1];
  EXPECT_EQ(keys(test), (Keys{"test", "rho", "statistic", "df", "p_value", "groups"}));
  EXPECT_EQ(test["test"], "peto");
  EXPECT_EQ(keys(test["groups"][0]), (Keys{"group", "n", "observed", "expected"}));
  EXPECT_EQ(json["config"]["clinical"], "c.csv") << "without folder";
}

TEST_F(KmAnalysisTest, ReportSaysThatOneMinusSIsNoIncidence) {
  auto competing = options("t,e\n1,1\n2,2\n3,0\n");
  const auto says_so = [&] {
    return to_markdown(km_report(analyse_km(competing), competing)).find("survival cif") !=
           std::string::npos;
  };
  competing.common.endpoints = {parse_endpoint("LR:time=t,event=e,competing=2")};
  EXPECT_TRUE(says_so());
  competing.common.cohort.clinical = folder_.write("plain.csv", "t,e\n1,1\n2,1\n3,0\n");
  competing.common.endpoints = {parse_endpoint("LR:time=t,event=e")};
  EXPECT_FALSE(says_so());
}

TEST_F(KmAnalysisTest, ReportAndFigureNameNoPatient) {
  auto by_stage = options("id,t,e\nSECRET1,0,1\nSECRET2 ,NA,1\nSECRET3,4,0\n");
  const auto analysis = analyse_km(by_stage);
  ASSERT_EQ(analysis.warnings().size(), 3u);
  for (const auto& file : run_km(by_stage).files) {
    if (file.name == "result.json") continue;  // lists the ids of warnings, as its interface says
    EXPECT_EQ(file.content.find("SECRET"), std::string::npos) << file.name;
  }
}

}  // namespace
}  // namespace radiomics
