#include "radiomics/survival/logistic_analysis.h"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "radiomics/survival/logistic_output.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

// By 5: four events (one at 5), four without (one censored at 5), two censored before.
constexpr const char* table =
    "id,t,e,x,arm,y\n"
    "A,1,1,3,a,1\nB,2,1,1,b,1\nC,3,0,2,a,NA\nD,4,1,4,b,1\nE,5,1,2,a,1\n"
    "F,5,0,1,b,0\nG,6,1,3,a,0\nH,7,0,0,b,0\nI,4,0,1,a,NA\nJ,9,1,2,a,0\n";

class LogisticAnalysisTest : public testing::Test {
 protected:
  LogisticAnalysisOptions options(const std::string& text = table) {
    LogisticAnalysisOptions result;
    result.common.cohort.clinical = folder_.write("c.csv", text);
    result.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
    result.common.horizons = {5};
    result.common.covariates = {"x"};
    return result;
  }
  TemporaryFolder folder_;
};

std::vector<std::string> codes(const LogisticAnalysis& analysis) {
  std::vector<std::string> result;
  for (const auto& warning : analysis.warnings()) result.emplace_back(to_string(warning.code));
  return result;
}

bool says(const Report& report, const std::string& words) {
  return to_markdown(report).find(words) != std::string::npos;
}

TEST_F(LogisticAnalysisTest, EventsAtTheHorizonCountAndTheCensoredThereAreFree) {
  const auto analysis = analyse_logistic(options());
  const auto& result = analysis.results[0];
  ASSERT_FALSE(result.error) << result.error->what();
  EXPECT_EQ(result.n, 8u);
  EXPECT_EQ(result.events, 4);
  EXPECT_EQ(result.n_excluded, 2u);
  EXPECT_EQ(codes(analysis),
            (std::vector<std::string>{"low_events_per_parameter", "excluded_censored"}));
  EXPECT_NE(analysis.warnings()[1].message.find("--ipcw"), std::string::npos) << "more than 10 %";
  ASSERT_EQ(result.patients.size(), 8u);
  EXPECT_EQ(result.patients[3].event, true) << "E";
  EXPECT_EQ(result.patients[4].event, false) << "F";
}

TEST_F(LogisticAnalysisTest, AColumnOfTheOutcomeGivesTheSameNumbers) {
  auto by_column = options();
  by_column.common.endpoints.clear();
  by_column.common.horizons.clear();
  by_column.outcome = "y";
  const auto analysis = analyse_logistic(by_column);
  const auto& ours = analysis.results[0];
  ASSERT_FALSE(ours.error) << ours.error->what();
  const auto expected = analyse_logistic(options()).results[0];
  EXPECT_EQ(ours.endpoint, "y");
  EXPECT_EQ(ours.n, expected.n);
  EXPECT_EQ(ours.n_missing, 2u);
  EXPECT_EQ(ours.n_excluded, 0u);
  EXPECT_EQ(ours.deviance, expected.deviance);
  EXPECT_EQ(ours.terms[1].estimate, expected.terms[1].estimate);
  EXPECT_EQ(ours.auc.std_error, expected.auc.std_error);
  EXPECT_EQ(codes(analysis),
            (std::vector<std::string>{"missing_values", "low_events_per_parameter"}));
}

TEST_F(LogisticAnalysisTest, TheOutcomeHoldsZeroAndOneOnly) {
  auto coded = options("id,y,x\nA,1,1\nB,2,2\nC,0,3\n");
  coded.outcome = "y";
  const auto analysis = analyse_logistic(coded);
  ASSERT_TRUE(analysis.results[0].error);
  EXPECT_EQ(analysis.results[0].error->kind(), ErrorKind::event_code);
  EXPECT_TRUE(std::string(analysis.results[0].error->what()).starts_with("c.csv:3:y: '2'"));
}

TEST_F(LogisticAnalysisTest, WeightedPatientsStandForAll) {
  auto weighted = options();
  weighted.ipcw = true;
  const auto analysis = analyse_logistic(weighted);
  const auto& result = analysis.results[0];
  ASSERT_FALSE(result.error) << result.error->what();
  EXPECT_EQ(result.n, 8u);
  EXPECT_EQ(result.n_weighted, 10u);
  EXPECT_EQ(result.patients.size(), 10u);
  EXPECT_FALSE(result.patients[2].event.has_value()) << "C was censored before";
  EXPECT_TRUE(std::isnan(result.aic));
  EXPECT_TRUE(std::isnan(result.likelihood_ratio.statistic));
  EXPECT_EQ(result.wald.df, 1);
  EXPECT_EQ(codes(analysis), std::vector<std::string>{"low_events_per_parameter"})
      << "nobody is left out without a trace";
  const auto unweighted = analyse_logistic(options()).results[0];
  EXPECT_NE(result.terms[1].std_error, unweighted.terms[1].std_error);
  EXPECT_TRUE(says(logistic_report(analysis, weighted), "weighted to stand for all 10"));
}

TEST_F(LogisticAnalysisTest, WithoutCensoringWeightsChangeNoEstimate) {
  const std::string complete = "t,e,x\n1,1,3\n2,1,1\n3,1,2\n7,1,2\n8,0,1\n9,1,3\n";
  auto plain = options(complete), weighted = plain;
  plain.common.force = weighted.common.force = true;
  weighted.ipcw = true;
  const auto ours = analyse_logistic(weighted).results[0];
  const auto expected = analyse_logistic(plain).results[0];
  ASSERT_FALSE(ours.error) << ours.error->what();
  EXPECT_NEAR(ours.terms[1].estimate, expected.terms[1].estimate, 1e-9);
  EXPECT_NEAR(ours.brier, expected.brier, 1e-12);
  EXPECT_NEAR(ours.auc.estimate, expected.auc.estimate, 1e-12);
}

TEST_F(LogisticAnalysisTest, SeparationIsSaid) {
  auto separated = options("t,e,x,arm\n1,1,3,a\n2,1,1,a\n3,1,2,a\n7,1,2,b\n8,0,1,b\n9,1,3,b\n");
  separated.common.covariates = {"arm"};
  separated.common.factors = {parse_factor("arm")};
  const auto analysis = analyse_logistic(separated);
  const auto& result = analysis.results[0];
  ASSERT_FALSE(result.error) << result.error->what();
  EXPECT_EQ(result.terms[1].status, TermStatus::infinite);
  EXPECT_TRUE(std::isnan(result.terms[1].ratio.estimate));
  EXPECT_NEAR(result.likelihood_ratio.statistic, 12 * std::log(2), 1e-6) << "of the limit";
  EXPECT_EQ(codes(analysis).back(), "infinite_coefficient");
  EXPECT_TRUE(says(logistic_report(analysis, separated), "not estimable"));
}

TEST_F(LogisticAnalysisTest, RefusesWhatCannotBeFitted) {
  const auto kind_of = [](const LogisticAnalysisOptions& asked) {
    const auto analysis = analyse_logistic(asked);
    return analysis.results[0].error ? analysis.results[0].error->kind()
                                     : ErrorKind::unreadable_file;
  };
  auto late = options();
  late.common.horizons = {20};
  EXPECT_EQ(kind_of(late), ErrorKind::invalid_argument) << "nobody is known to be free by then";
  auto early = options();
  early.common.horizons = {0.5};
  EXPECT_EQ(kind_of(early), ErrorKind::no_events);
  auto many = options();
  many.common.covariates = {"x", "arm"};
  many.common.factors = {parse_factor("arm")};
  many.common.horizons = {2};
  EXPECT_EQ(kind_of(many), ErrorKind::too_many_parameters) << "two events by then";
  auto foreign = options();
  foreign.base = {"arm"};
  EXPECT_THROW(analyse_logistic(foreign), Error);
}

TEST_F(LogisticAnalysisTest, ComparesWithTheBase) {
  auto both = options();
  both.common.covariates = {"arm", "x"};
  both.common.factors = {parse_factor("arm")};
  both.base = {"arm"};
  const auto analysis = analyse_logistic(both);
  const auto& result = analysis.results[0];
  ASSERT_TRUE(result.versus_base);
  auto alone = both;
  alone.common.covariates = {"arm"};
  alone.base.clear();
  const auto base = analyse_logistic(alone).results[0];
  EXPECT_NEAR(result.versus_base->likelihood_ratio.statistic, base.deviance - result.deviance,
              1e-12);
  EXPECT_EQ(result.versus_base->likelihood_ratio.df, 1);
  EXPECT_EQ(result.versus_base->auc_base, base.auc.estimate);
  EXPECT_NEAR(result.versus_base->delta_auc.estimate, result.auc.estimate - base.auc.estimate,
              1e-15);
}

TEST_F(LogisticAnalysisTest, CompetingEventsCountAsCensoredAndAreNamed) {
  auto competing = options("t,e,x\n1,1,3\n2,2,1\n3,1,2\n4,2,4\n7,1,2\n8,0,1\n9,1,3\n");
  competing.common.endpoints = {parse_endpoint("LR:time=t,event=e,competing=2")};
  const auto analysis = analyse_logistic(competing);
  EXPECT_EQ(analysis.results[0].n_excluded, 2u);
  EXPECT_EQ(analysis.results[0].competing, 2);
  EXPECT_TRUE(says(logistic_report(analysis, competing), "competing event first"));
}

// The keys are fixed by the interface.
TEST_F(LogisticAnalysisTest, ResultHasTheKeysOfTheInterface) {
  auto both = options();
  both.common.covariates = {"x", "arm"};
  both.common.factors = {parse_factor("arm")};
  both.base = {"x"};
  const auto keys = [](const nlohmann::ordered_json& object) {
    std::vector<std::string> names;
    for (const auto& item : object.items()) names.push_back(item.key());
    return names;
  };
  using Keys = std::vector<std::string>;
  const auto json =
      nlohmann::ordered_json::parse(logistic_json(analyse_logistic(both), both))["results"][0];
  EXPECT_EQ(keys(json), (Keys{"endpoint", "horizon", "n", "events", "n_excluded", "n_missing",
                              "weighting", "n_weighted", "conf_level", "terms", "deviance",
                              "null_deviance", "aic", "tests", "brier", "auc", "versus_base"}));
  EXPECT_EQ(json["terms"][0]["term"], "(Intercept)");
  EXPECT_TRUE(json["terms"][0]["per_sd"].is_null());
  EXPECT_TRUE(json["terms"][1].contains("odds_ratio"));
  EXPECT_EQ(keys(json["auc"]), (Keys{"estimate", "std_error", "conf_low", "conf_high"}));
  EXPECT_EQ(keys(json["versus_base"]),
            (Keys{"auc_base", "delta_auc", "std_error", "conf_low", "conf_high", "statistic",
                  "p_value", "likelihood_ratio", "wald"}));
}

TEST_F(LogisticAnalysisTest, ReportAndFiguresNameNoPatient) {
  std::string text = table;
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos && ++at < text.size();)
    text.insert(at, "SECRET");
  for (const auto& file : run_logistic(options(text)).files) {
    if (file.name == "result.json" || file.name == "predictions.csv") continue;  // may hold ids
    EXPECT_EQ(file.content.find("SECRET"), std::string::npos) << file.name;
  }
}

TEST_F(LogisticAnalysisTest, AnyNameOfAColumnMakesAFileName) {
  const LogisticResult result{.endpoint = "../os 24"};
  EXPECT_EQ(logistic_file_name(result, "roc.svg"), "logistic_.._os_24_roc.svg");
}

}  // namespace
}  // namespace radiomics
