#include "radiomics/survival/cox_analysis.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "radiomics/core/text.h"
#include "radiomics/survival/cox_output.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

constexpr const char* table =
    "id,t,e,x,g,c\n"
    "SECRET1,5,1,1.0,a,1\nSECRET2,8,0,0.5,b,1\nSECRET3,3,1,2.0,a,2\nSECRET4,9,1,0.2,b,2\n"
    "SECRET5,12,0,0.1,b,3\nSECRET6,4,1,0.7,a,3\nSECRET7,7,1,1.1,b,1\nSECRET8,2,1,1.6,a,2\n"
    "SECRET9,10,0,0.4,a,3\nSECRET10,6,1,0.9,b,1\nSECRET11,11,1,0.3,,2\n";

class CoxAnalysisTest : public testing::Test {
 protected:
  CoxModelOptions options(const std::string& text = table) {
    CoxModelOptions result;
    result.common.cohort.clinical = folder_.write("c.csv", text);
    result.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
    result.common.covariates = {"x"};
    return result;
  }
  TemporaryFolder folder_;
};

bool has_warning(const CoxModelResult& result, WarningCode code) {
  return std::ranges::find(result.warnings, code, &AnalysisWarning::code) != result.warnings.end();
}

std::vector<std::string> keys(const nlohmann::ordered_json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;
}

// The keys are fixed by the interface; those beyond it are at the end of each group.
TEST_F(CoxAnalysisTest, ResultHasTheKeysOfTheInterface) {
  auto asked = options();
  asked.common.covariates = {"x", "g"};
  asked.common.factors = {parse_factor("g")};
  asked.common.horizons = {4};
  asked.newdata = folder_.write("new.csv", "x,g\n1,a\n,b\n");
  const auto json = nlohmann::ordered_json::parse(cox_json(analyse_cox(asked), asked));
  const auto& result = json["results"][0];
  for (const char* key : {"endpoint",
                          "n",
                          "events",
                          "n_missing",
                          "ties",
                          "strata",
                          "cluster",
                          "conf_level",
                          "terms",
                          "vcov",
                          "tests",
                          "aic",
                          "bic",
                          "log_likelihood_null",
                          "log_likelihood",
                          "shrinkage",
                          "ph_test",
                          "r2_cox_snell",
                          "r2_nagelkerke",
                          "concordance",
                          "predictions",
                          "baseline",
                          "splines",
                          "bootstrap",
                          "cross_validation"})
    EXPECT_TRUE(result.contains(key)) << key;
  using Keys = std::vector<std::string>;
  EXPECT_EQ(keys(result["tests"]), (Keys{"likelihood_ratio", "wald", "score"}));
  EXPECT_EQ(keys(result["ph_test"][0]), (Keys{"transform", "terms", "variables", "global"}));
  EXPECT_EQ(keys(result["ph_test"][0]["terms"][0]), (Keys{"term", "statistic", "df", "p_value"}));
  EXPECT_EQ(keys(result["baseline"]), (Keys{"time", "stratum", "hazard_zero", "hazard_mean"}));
  EXPECT_TRUE(result["baseline"]["stratum"].is_null());
  EXPECT_EQ(keys(result["predictions"][0]), (Keys{"row", "risk", "horizons"}));
  EXPECT_EQ(keys(result["predictions"][0]["horizons"][0]),
            (Keys{"time", "estimate", "std_error", "conf_low", "conf_high"}));
  EXPECT_TRUE(result["predictions"][1]["risk"].is_null()) << "x is missing";
  EXPECT_TRUE(result["predictions"][1]["horizons"][0]["conf_high"].is_null());
  EXPECT_TRUE(result["terms"][1]["per_sd"].is_null()) << "a level has no unit";
  EXPECT_EQ(json["inputs"][1]["role"], "newdata");
}

TEST_F(CoxAnalysisTest, NewPatientsAreReadWithTheLevelsOfTheModel) {
  auto asked = options();
  asked.common.covariates = {"g"};
  asked.common.factors = {parse_factor("g")};
  asked.newdata = folder_.write("new.csv", "g\na\nz\n");
  const auto error = analyse_cox(asked).results[0].error;
  ASSERT_TRUE(error);
  EXPECT_EQ(std::string(error->what()).find("new.csv:3:g: 'z'"), 0u) << error->what();
  asked.newdata = folder_.write("new.csv", "h\na\n");
  EXPECT_EQ(analyse_cox(asked).results[0].error->kind(), ErrorKind::column_not_found);
  asked.newdata = folder_.write("new.csv", "g\nb\n");
  EXPECT_EQ(analyse_cox(asked).results[0].predictions.size(), 1u) << "b is no reference by itself";
}

TEST_F(CoxAnalysisTest, AnInfiniteTermIsNamedAndFirthOffered) {
  auto separated = options("t,e,x,u\n1,1,1,3\n2,1,1,1\n3,1,1,2\n4,1,0,3\n5,1,0,1\n6,1,0,2\n");
  separated.common.covariates = {"x", "u"};
  auto result = analyse_cox(separated).results[0];
  EXPECT_TRUE(has_warning(result, WarningCode::infinite_coefficient));
  EXPECT_NE(cox_text(result, separated).find("--firth"), std::string::npos);
  EXPECT_TRUE(std::isnan(result.concordance.estimate.estimate));
  EXPECT_EQ(cox_schoenfeld(result, separated), "");
  separated.firth = true;
  result = analyse_cox(separated).results[0];
  EXPECT_FALSE(has_warning(result, WarningCode::infinite_coefficient));
  EXPECT_TRUE(std::isfinite(result.terms[0].ratio.conf_high));
  EXPECT_EQ(result.ties, Ties::breslow);
  EXPECT_TRUE(result.proportional_hazards.empty());
}

TEST_F(CoxAnalysisTest, TheTextSaysWhatToDoAboutHazardsThatAreNotProportional) {
  // x is a risk before 50 and a protection after it.
  std::string rows = "t,e,x\n";
  for (int i = 1; i <= 50; ++i) rows += to_text(i) + ",1," + to_text(i % 5 == 0 ? 0 : 1) + "\n";
  for (int i = 51; i <= 100; ++i) rows += to_text(i) + ",1," + to_text(i % 5 == 0 ? 1 : 0) + "\n";
  const auto asked = options(rows);
  const auto result = analyse_cox(asked).results[0];
  EXPECT_LT(result.global_ph().p_value, 0.05);
  const std::string text = cox_text(result, asked);
  for (const char* words : {"not proportional", "--strata", "--tau"})
    EXPECT_NE(text.find(words), std::string::npos) << text;
  EXPECT_EQ(cox_text(analyse_cox(options()).results[0], asked).find("not proportional"),
            std::string::npos);
}

/// The farther x is from 60 the earlier death comes.
std::string curved_table() {
  std::string text = "t,e,x,c\n";
  for (int i = 0; i < 120; ++i) {
    const double x = i * 37 % 120, distance = (x - 60) / 30;
    text += to_text(100 * std::exp(-distance * distance) + i % 7) + "," + to_text(int(i % 5 > 0)) +
            "," + to_text(x) + "," + to_text(i % 3) + "\n";
  }
  return text;
}

TEST_F(CoxAnalysisTest, ASplineIsACurveAgainstTheMedian) {
  auto asked = options(curved_table());
  asked.common.covariates = {"c"};
  asked.splines = {parse_spline("x:4")};
  const auto result = analyse_cox(asked).results[0];
  const auto& spline = result.splines.at(0);
  EXPECT_EQ(spline.reference, 59.5);
  EXPECT_LT(spline.nonlinearity.p_value, 1e-6);
  EXPECT_EQ(spline.association.df, 3);
  EXPECT_GT(spline.association.statistic, spline.nonlinearity.statistic);
  ASSERT_EQ(spline.log_ratio.size(), spline.x.size());
  EXPECT_GT(spline.log_ratio.front().estimate, 0);
  EXPECT_GT(spline.log_ratio.back().conf_low, 0);
  const auto report = to_markdown(cox_report(analyse_cox(asked), asked));
  EXPECT_NE(report.find("test of nonlinearity p \\< 0.001"), std::string::npos) << report;
  EXPECT_NE(report.find("spline_OS_1.svg"), std::string::npos);
  const auto json =
      nlohmann::ordered_json::parse(cox_json(analyse_cox(asked), asked))["results"][0];
  EXPECT_EQ(keys(json["splines"][0]),
            (std::vector<std::string>{"variable", "knots", "nonlinearity", "association",
                                      "reference", "curve"}));
  EXPECT_EQ(json["splines"][0]["curve"]["conf_high"].size(), spline.x.size());
}

// Where all tables are the same, pooling changes nothing.
TEST_F(CoxAnalysisTest, SplinesOfImputedTablesArePooledPointByPoint) {
  auto asked = options(curved_table());
  asked.common.covariates = {"c"};
  asked.splines = {parse_spline("x:3")};
  const auto alone = analyse_cox(asked).results[0].splines[0];
  const auto file = asked.common.cohort.clinical;
  asked.imputed = {file, file};
  const auto pooled = analyse_cox(asked).results[0].splines.at(0);
  ASSERT_EQ(pooled.log_ratio.size(), alone.log_ratio.size());
  for (std::size_t i = 0; i < alone.x.size(); ++i) {
    EXPECT_NEAR(pooled.log_ratio[i].estimate, alone.log_ratio[i].estimate, 1e-12);
    EXPECT_NEAR(pooled.log_ratio[i].conf_low, alone.log_ratio[i].conf_low, 1e-12);
  }
}

TEST_F(CoxAnalysisTest, InfluentialPatientsAreRowsOfTheResiduals) {
  auto asked = options(curved_table());
  const auto analysis = analyse_cox(asked);
  const auto& result = analysis.results[0];
  ASSERT_EQ(result.influential.size(), 5u);
  const auto json = nlohmann::json::parse(cox_json(analysis, asked))["results"][0]["influential"];
  EXPECT_EQ(json[0]["row"], result.influential[0].patient + 1);
  EXPECT_EQ(json[0]["term"], "x");
  const std::string row = "| " + to_text(result.influential[0].patient + 1) + " | x |";
  EXPECT_NE(to_markdown(cox_report(analysis, asked)).find(row), std::string::npos) << row;
}

TEST_F(CoxAnalysisTest, SplinesMayBeBesideTheCovariates) {
  auto asked = options();
  asked.splines = {parse_spline("x:3")};
  EXPECT_EQ(asked.variables().size(), 1u);
  EXPECT_EQ(analyse_cox(asked).results[0].splines[0].nonlinearity.df, 1);
  asked.common.covariates = {"c"};
  EXPECT_EQ(asked.variables()[1].knots, 3);
  EXPECT_EQ(cox_formula(asked.common.endpoints[0], asked), "Surv(t, e) ~ c + rcs(x, 3)");
  for (const char* wrong : {"x", "x:2", "x:8", ":4", "x:four"})
    EXPECT_THROW(parse_spline(wrong), Error) << wrong;
}

TEST_F(CoxAnalysisTest, ImputedTablesAgreeInTheOutcome) {
  auto asked = options();
  const auto first = folder_.write("i1.csv", "t,e,x\n1,1,1\n2,1,0\n3,1,2\n4,0,1\n5,1,0\n");
  const auto second = folder_.write("i2.csv", "t,e,x\n1,1,1\n2,1,0\n3,1,1\n4,0,1\n5,1,0\n");
  asked.imputed = {first, second};
  const auto result = analyse_cox(asked).results[0];
  ASSERT_FALSE(result.error) << result.error->what();
  EXPECT_TRUE(result.terms[0].df.has_value());
  EXPECT_GT(*result.terms[0].fraction_missing, 0);
  folder_.write("i2.csv", "t,e,x\n1,1,1\n2,1,0\n3,0,1\n4,0,1\n5,1,0\n");
  const auto error = analyse_cox(asked).results[0].error;
  ASSERT_TRUE(error);
  EXPECT_EQ(std::string(error->what()).find("i2.csv:4:e: '0', but '1' at i1.csv:4:e"), 0u)
      << error->what();
}

TEST_F(CoxAnalysisTest, OptionsThatExcludeEachOtherAreRefused) {
  for (auto change : std::vector<void (*)(CoxModelOptions&)>{
           [](CoxModelOptions& o) { o.common.covariates.clear(); },
           [](CoxModelOptions& o) { o.firth = true, o.cluster = "c"; },
           [](CoxModelOptions& o) { o.firth = true, o.common.ties = Ties::exact; },
           [](CoxModelOptions& o) { o.firth = true, o.bootstrap = 5; },
           [](CoxModelOptions& o) { o.cluster = "c", o.common.ties = Ties::exact; },
           [](CoxModelOptions& o) { o.imputed = {"a.csv"}; },
           [](CoxModelOptions& o) {
             o.imputed = {"a.csv", "b.csv"}, o.folds = "c";
           }}) {
    auto asked = options();
    change(asked);
    EXPECT_THROW(analyse_cox(asked), Error);
  }
}

TEST_F(CoxAnalysisTest, OnlyTheResidualsNamePatients) {
  auto asked = options();
  asked.common.covariates = {"x", "g"};
  asked.common.factors = {parse_factor("g")};
  asked.common.horizons = {4};
  for (const auto& file : run_cox(asked).files) {
    const bool named = file.content.find("SECRET") != std::string::npos;
    if (file.name == "result.json") continue;  // lists the ids of warnings, as its interface says
    EXPECT_EQ(named, file.name == "residuals.csv") << file.name;
  }
}

}  // namespace
}  // namespace radiomics
