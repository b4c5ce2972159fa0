#include "radiomics/survival/cif_analysis.h"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "radiomics/survival/cif_output.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

// Relapse (1), death before it (2) or neither, in two groups.
constexpr const char* table =
    "id,t,s,lr,death_t,death,x,arm\n"
    "A,1,1,1,9,1,3,a\nB,2,2,0,2,1,1,a\nC,3,0,0,8,0,2,a\nD,4,1,1,6,1,4,a\n"
    "E,5,2,0,5,1,2,b\nF,6,1,1,7,0,1,b\nG,7,0,0,9,0,3,b\nH,8,1,1,8,1,5,b\n";

class CifAnalysisTest : public testing::Test {
 protected:
  CifOptions options(const std::string& text = table) {
    CifOptions result;
    result.common.cohort.clinical = folder_.write("c.csv", text);
    result.common.endpoints = {parse_endpoint("LR:time=t,event=s,competing=2")};
    result.common.horizons = {4};
    return result;
  }
  TemporaryFolder folder_;
};

std::vector<std::string> codes(const CifAnalysis& analysis) {
  std::vector<std::string> result;
  for (const auto& warning : analysis.warnings()) result.emplace_back(to_string(warning.code));
  return result;
}

bool says(const Report& report, const std::string& words) {
  return to_markdown(report).find(words) != std::string::npos;
}

// 1/8 at 1; then 7/8 x 1/7 to the other cause; 6/8 remain, one is censored, 1/5 of 6/8 at 4.
TEST_F(CifAnalysisTest, IncidenceByHand) {
  const auto analysis = analyse_cif(options());
  const auto& result = analysis.results[0];
  EXPECT_EQ(result.n, 8u);
  EXPECT_EQ(result.events, (std::array<int, 2>{4, 2}));
  ASSERT_EQ(result.groups.size(), 1u);
  EXPECT_EQ(result.groups[0].label, "all");
  const auto& horizon = result.groups[0].horizons[0];
  EXPECT_EQ(horizon.n_risk, 5);
  EXPECT_NEAR(horizon.incidence[0].estimate, 1. / 8 + 6. / 40, 1e-15);
  EXPECT_NEAR(horizon.incidence[1].estimate, 1. / 8, 1e-15);
  EXPECT_NEAR(result.groups[0].naive[0], 1 - 7. / 8 * 4 / 5, 1e-15);
  EXPECT_TRUE(result.gray.empty()) << "one group";
}

TEST_F(CifAnalysisTest, NeedsACompetingEvent) {
  auto plain = options();
  plain.common.endpoints.insert(plain.common.endpoints.begin(),
                                parse_endpoint("OS:time=death_t,event=death"));
  const auto analysis = analyse_cif(plain);
  ASSERT_TRUE(analysis.results[0].error);
  EXPECT_EQ(analysis.results[0].error->kind(), ErrorKind::invalid_argument);
  EXPECT_NE(std::string(analysis.results[0].error->what()).find("--competing OS="),
            std::string::npos);
  EXPECT_FALSE(analysis.results[1].error) << "the other endpoint has one";
}

TEST_F(CifAnalysisTest, TwoPairsOfColumnsComposeTheEndpoint) {
  auto composed = options();
  composed.common.endpoints = {parse_competing("LR=t/lr,death=death_t/death")};
  const auto analysis = analyse_cif(composed);
  EXPECT_EQ(analysis.results[0].events, (std::array<int, 2>{4, 2}));
  EXPECT_EQ(analysis.results[0].whole.horizons[0].incidence[0].estimate,
            analyse_cif(options()).results[0].whole.horizons[0].incidence[0].estimate);
  EXPECT_TRUE(says(cif_report(analysis, composed), "the last assessment of the disease"));
}

TEST_F(CifAnalysisTest, DeltaMethodChangesErrorsAndLimitsAlone) {
  auto delta = options();
  delta.std_error = IncidenceError::delta;
  const auto jackknife_curves = analyse_cif(options()).results[0].whole.curves;
  const auto analysis = analyse_cif(delta);
  const auto& horizon = analysis.results[0].whole.horizons[0];
  const auto& ours = horizon.incidence[0];
  EXPECT_EQ(ours.std_error, horizon.std_error_delta[0]);
  EXPECT_EQ(ours.estimate, at_horizon(jackknife_curves, 4).incidence[0].estimate);
  EXPECT_NE(ours.std_error, at_horizon(jackknife_curves, 4).incidence[0].std_error);
  // The log interval: estimate times exp(- z se / estimate).
  EXPECT_NEAR(ours.conf_low,
              ours.estimate * std::exp(-1.959963984540054 * ours.std_error / ours.estimate), 1e-14);
  EXPECT_NE(cif_json(analysis, delta).find("\"std_error_method\": \"delta\""), std::string::npos);
}

TEST_F(CifAnalysisTest, NothingIsSaidBeyondFollowUp) {
  auto late = options("t,s\n1,1\n2,2\n3,0\n");
  late.common.horizons = {9};
  const auto analysis = analyse_cif(late);
  EXPECT_EQ(codes(analysis), std::vector<std::string>{"beyond_follow_up"});
  const auto json = nlohmann::json::parse(cif_json(analysis, late)).at("results")[0];
  const auto& horizon = json.at("groups")[0].at("causes")[0].at("horizons")[0];
  EXPECT_TRUE(horizon.at("estimate").is_null());
  EXPECT_TRUE(horizon.at("beyond_follow_up").get<bool>());
  EXPECT_TRUE(json.at("groups")[0].at("naive")[0].at("estimate").is_null());
  EXPECT_TRUE(says(cif_report(analysis, late), "beyond follow-up"));
}

TEST_F(CifAnalysisTest, RunsWithoutEventsButModelsNothing) {
  auto none = options("t,s,x\n1,0,1\n2,2,2\n3,0,4\n");
  none.common.horizons = {2};
  EXPECT_EQ(codes(analyse_cif(none)), std::vector<std::string>{"no_events"});
  none.common.covariates = {"x"};
  const auto analysis = analyse_cif(none);
  ASSERT_TRUE(analysis.results[0].error);
  EXPECT_EQ(analysis.results[0].error->kind(), ErrorKind::no_events);
}

TEST_F(CifAnalysisTest, AnEventWithoutCompetitorsIsModelledAlone) {
  auto alone = options("t,s,x\n1,1,1\n2,1,3\n3,0,2\n4,1,2\n5,0,1\n");
  alone.common.covariates = {"x"};
  const auto analysis = analyse_cif(alone);
  ASSERT_FALSE(analysis.results[0].error) << analysis.results[0].error->what();
  const auto& models = *analysis.results[0].models;
  EXPECT_FALSE(models.fine_gray_other);
  // Without a competing event the subdistribution is the distribution.
  EXPECT_NEAR(models.fine_gray.terms[0].estimate, models.cause_specific[0].terms[0].estimate, 1e-9);
  EXPECT_TRUE(std::isnan(models.cause_specific[1].terms[0].estimate));
  EXPECT_EQ(codes(analysis)[0], "no_events");
  EXPECT_TRUE(nlohmann::json::parse(cif_json(analysis, alone))
                  .at("results")[0]
                  .at("fine_gray_competing")
                  .is_null());
}

TEST_F(CifAnalysisTest, PredictsNewPatients) {
  auto predicting = options();
  predicting.common.covariates = {"x", "arm"};
  predicting.common.factors = {parse_factor("arm")};
  predicting.common.force = true;
  predicting.newdata = folder_.write("new.csv", "x,arm\n3,b\nNA,a\n1,b\n");
  const auto analysis = analyse_cif(predicting);
  ASSERT_FALSE(analysis.results[0].error) << analysis.results[0].error->what();
  const auto& predictions = analysis.results[0].models->predictions;
  ASSERT_EQ(predictions.size(), 3u);
  EXPECT_GT(predictions[0].incidence[0], 0);
  EXPECT_TRUE(std::isnan(predictions[1].incidence[0]));
  // Arm b alone is in the new table, and still no reference level.
  const auto& terms = analysis.results[0].models->fine_gray.terms;
  EXPECT_NEAR(std::log(predictions[0].risk / predictions[2].risk), 2 * terms[0].estimate, 1e-12);
  EXPECT_NEAR(std::log(predictions[2].risk),
              terms[0].estimate * (1 - terms[0].mean) + terms[1].estimate, 1e-12);
  predicting.newdata = folder_.write("other.csv", "x,arm\n3,c\n");
  const auto refused = analyse_cif(predicting);
  ASSERT_TRUE(refused.results[0].error) << "nobody was treated in arm c";
  EXPECT_NE(std::string(refused.results[0].error->what()).find("other.csv:2:arm: 'c'"),
            std::string::npos);
}

// Levels that need no declaration, stages, are those of the cohort too: IV alone is new, I remains
// the reference. What was read is among the inputs.
TEST_F(CifAnalysisTest, NewPatientsHaveTheLevelsOfTheCohort) {
  auto staged =
      options("t,s,m\n1,1,M1\n2,2,0\n3,0,M0\n4,1,M0\n5,2,M1\n6,1,M0\n7,0,M1\n8,1,M1\n9,1,M0\n");
  staged.common.cohort.stage = parse_stage("M=m");
  staged.common.covariates = {"stage.M"};
  staged.newdata = folder_.write("new.csv", "m\nM1\n");
  const auto analysis = analyse_cif(staged);
  ASSERT_FALSE(analysis.results[0].error) << analysis.results[0].error->what();
  const auto& models = *analysis.results[0].models;
  EXPECT_NEAR(std::log(models.predictions.at(0).risk), models.fine_gray.terms.at(0).estimate,
              1e-12);
  const auto inputs = nlohmann::json::parse(cif_json(analysis, staged)).at("inputs");
  EXPECT_EQ(inputs.back().at("role"), "newdata");
  EXPECT_EQ(inputs.back().at("rows"), 1);
}

TEST_F(CifAnalysisTest, SaysWhereModelAndDataDiffer) {
  auto modelled = options();
  modelled.common.covariates = {"x"};
  auto analysis = analyse_cif(modelled);
  auto& check = analysis.results[0].models->checks.at(0);
  EXPECT_EQ(check.aalen_johansen, analysis.results[0].whole.horizons[0].incidence[0].estimate);
  check.mean_predicted = check.aalen_johansen;
  check.largest_sum = 0.9;
  EXPECT_FALSE(says(cif_report(analysis, modelled), "doubtful"));
  check.mean_predicted += 0.06;
  check.largest_sum = 1.2;
  EXPECT_TRUE(says(cif_report(analysis, modelled), "doubtful"));
  EXPECT_TRUE(says(cif_report(analysis, modelled), "sum to 1.2"));
}

TEST_F(CifAnalysisTest, ReportCallsTheNaiveEstimateBiased) {
  auto by_arm = options();
  by_arm.by = "arm";
  by_arm.common.time_unit = TimeUnit::years;
  const auto report = cif_report(analyse_cif(by_arm), by_arm);
  EXPECT_TRUE(says(report, "at 4 years (95 % CI "));
  EXPECT_TRUE(says(report, "1 - KM if the other event is censored (biased)"));
  EXPECT_TRUE(says(report, "Gray's test p = "));
}

// The keys are fixed by the interface.
TEST_F(CifAnalysisTest, ResultHasTheKeysOfTheInterface) {
  auto all = options();
  all.by = "arm";
  all.common.covariates = {"x"};
  const auto keys = [](const nlohmann::ordered_json& object) {
    std::vector<std::string> names;
    for (const auto& item : object.items()) names.push_back(item.key());
    return names;
  };
  using Keys = std::vector<std::string>;
  const auto json = nlohmann::ordered_json::parse(cif_json(analyse_cif(all), all))["results"][0];
  EXPECT_EQ(keys(json), (Keys{"endpoint", "n", "events", "competing_events", "n_missing",
                              "conf_level", "conf_type", "std_error_method", "groups", "gray",
                              "fine_gray", "fine_gray_competing", "cause_specific"}));
  EXPECT_EQ(json["conf_type"], "log");
  EXPECT_EQ(json["std_error_method"], "infinitesimal_jackknife");
  const auto& group = json["groups"][0];
  EXPECT_EQ(keys(group), (Keys{"group", "n", "causes", "event_free", "naive"}));
  EXPECT_EQ(keys(group["causes"][1]), (Keys{"cause", "events", "horizons", "curve"}));
  EXPECT_EQ(group["causes"][1]["cause"], 2);
  EXPECT_EQ(keys(group["causes"][0]["horizons"][0]),
            (Keys{"time", "n_risk", "estimate", "std_error", "conf_low", "conf_high",
                  "beyond_follow_up"}));
  EXPECT_EQ(keys(group["causes"][0]["curve"]),
            (Keys{"time", "n_risk", "n_event", "n_censor", "estimate", "std_error", "conf_low",
                  "conf_high"}));
  EXPECT_EQ(keys(json["gray"][0]), (Keys{"cause", "statistic", "df", "p_value"}));
  EXPECT_EQ(keys(json["fine_gray"]),
            (Keys{"n", "events", "terms", "log_likelihood_null", "log_likelihood", "n_missing",
                  "predictions", "checks"}));
  EXPECT_EQ(keys(json["cause_specific"][1]),
            (Keys{"cause", "n", "events", "terms", "log_likelihood_null", "log_likelihood"}));
}

TEST_F(CifAnalysisTest, ReportAndFiguresNameNoPatient) {
  auto secret = options("id,t,s,x\nSECRET1,0,1,1\nSECRET2 ,NA,1,2\nSECRET3,4,2,3\nSECRET4,5,1,2\n");
  secret.common.covariates = {"x"};
  const auto run = run_cif(secret);
  ASSERT_FALSE(run.errors[0]) << run.errors[0]->what();
  for (const auto& file : run.files) {
    if (file.name == "result.json") continue;  // lists the ids of warnings, as its interface says
    EXPECT_EQ(file.content.find("SECRET"), std::string::npos) << file.name;
  }
}

}  // namespace
}  // namespace radiomics
