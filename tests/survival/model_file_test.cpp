#include "radiomics/survival/model_file.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

PrognosticModel example() {
  PrognosticModel model{.program_version = "0.1.0",
                        .endpoint = {.name = "PFS",
                                     .time = "months",
                                     .event = "dead",
                                     .others = {{"lr_months", "lr"}}},
                        .time_unit = "months",
                        .n = 30,
                        .events = 20,
                        .inputs = {{"features", "f.csv", "abc"}},
                        .extraction_settings = "35953d9411b95e3a",
                        .seed = 7,
                        .alpha = 0.5,
                        .lambda = 0.1 + 0.2};
  model.variables = {{.name = "volume", .logarithm = true, .low = 1, .high = 100, .median = 10},
                     {.name = "stage", .levels = {"I", "II", "III"}}};
  model.terms = {{{"log(volume)", "volume", ""}, 0.5, 2, 1},
                 {{"stageIII", "stage", "III"}, 1, 0, 0.4}};
  model.baseline_time = {2, 5, 9};
  model.baseline_hazard = {0.1, 0.1 + 0.2, 0.7};
  model.median_linear_predictor = 1.25;
  return model;
}

class ModelFileTest : public testing::Test {
 protected:
  Cohort cohort(const std::string& text) {
    return read_cohort({.clinical = {}, .features = folder_.write("f.csv", text)});
  }
  TemporaryFolder folder_;
};

TEST_F(ModelFileTest, ReadsWhatItWrites) {
  PrognosticModel model = example();
  EXPECT_EQ(to_json(parse_model(to_json(model), "m")), to_json(model));
  const auto read = parse_model(to_json(model), "m");
  EXPECT_EQ(read.lambda, model.lambda) << "to the last bit";
  EXPECT_EQ(read.variables[1].levels, model.variables[1].levels);
  EXPECT_EQ(outcome_columns({read.endpoint}),
            (std::vector<std::string>{"months", "dead", "lr_months", "lr"}));
  model.terms.clear();
  EXPECT_TRUE(parse_model(to_json(model), "m").terms.empty()) << "the null model is a model";
}

TEST_F(ModelFileTest, RefusesWhatIsNoModelInOneLine) {
  const std::string text = to_json(example());
  using Refusal = std::pair<std::string, std::string>;
  for (const Refusal& refusal :
       std::vector<Refusal>{{"", "no JSON"},
                            {text.substr(0, text.size() / 2), "no JSON"},
                            {"{\"command\": \"train\"}", "no prognostic model"},
                            {"[1, 2]", "no prognostic model"}}) {
    const std::string error = error_text([&] { parse_model(refusal.first, "model.json"); });
    EXPECT_TRUE(error.starts_with("unreadable_file: model.json: ")) << error;
    EXPECT_NE(error.find(refusal.second), std::string::npos) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos);
  }
  const auto changed = [&text](const std::string& from, const std::string& to) {
    std::string copy = text;
    EXPECT_NE(copy.find(from), std::string::npos) << from;
    return copy.replace(copy.find(from), from.size(), to);
  };
  EXPECT_NE(error_text([&] {
              parse_model(changed("\"format_version\": 1", "\"format_version\": 2"), "m");
            }).find("another version"),
            std::string::npos);
  for (const auto& damaged : {changed("\"coefficient\": 0.5", "\"coefficient\": null"),
                              changed("\"coefficient\": 0.5", "\"coefficient\": \"x\""),
                              changed("\"level\": \"III\"", "\"level\": \"IV\""),
                              changed("\"variable\": \"stage\"", "\"variable\": \"grade\""),
                              changed("[2, 5, 9]", "[2, 5]"), changed("[2, 5, 9]", "[5, 2, 9]"),
                              changed("\"ties\": \"breslow\"", "\"ties\": \"exact\""),
                              changed("\"events\"", "\"deaths\"")}) {
    const std::string error = error_text([&] { parse_model(damaged, "m"); });
    EXPECT_TRUE(error.starts_with("unreadable_file: m: damaged")) << error;
  }
}

TEST_F(ModelFileTest, PredictsByHand) {
  const auto patients = cohort("id,stage,volume\nA,III,10\nB,I,50\n");
  const auto result = predict_risk(example(), patients, std::vector<double>{1, 5, 8.9, 9.1});
  EXPECT_DOUBLE_EQ(result.linear_predictor[0], 0.5 * std::log(10.0) + 1);
  EXPECT_DOUBLE_EQ(result.linear_predictor[1], 0.5 * std::log(50.0));
  EXPECT_EQ(result.risk(0, 0), 0) << "before the first event";
  const double relative = std::exp(0.5 * std::log(50.0) - 1);  // 0.5 x 2 at the means
  EXPECT_NEAR(result.risk(1, 1), 1 - std::exp(-0.3 * relative), 1e-15);
  EXPECT_EQ(result.risk(1, 2), result.risk(1, 1));
  EXPECT_TRUE(std::isnan(result.risk(1, 3))) << "beyond the training";
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].code, WarningCode::beyond_follow_up);
  const auto expected =
      expected_events(example(), result.linear_predictor, std::vector<double>{5, 99});
  EXPECT_NEAR(expected[1], 0.7 * relative, 1e-15);
}

TEST_F(ModelFileTest, WarnsOfPatientsUnlikeThoseOfTheTraining) {
  const auto result = predict_risk(example(), cohort("id,stage,volume\nA,III,500\nB,,50\nC,I,\n"),
                                   std::vector<double>{5});
  EXPECT_FALSE(std::isnan(result.risk(0, 0)));
  EXPECT_TRUE(std::isnan(result.risk(1, 0)));
  EXPECT_TRUE(std::isnan(result.risk(2, 0)));
  ASSERT_EQ(result.warnings.size(), 3u);
  EXPECT_EQ(result.warnings[0].code, WarningCode::missing_values);
  EXPECT_EQ(result.warnings[1].code, WarningCode::extrapolation);
  EXPECT_EQ(result.warnings[1].ids, std::vector<std::string>{"A"});
  PrognosticModel imputing = example();
  imputing.impute_median = true;
  const auto imputed =
      predict_risk(imputing, cohort("id,stage,volume\nC,I,\n"), std::vector<double>{5});
  EXPECT_DOUBLE_EQ(imputed.linear_predictor[0], 0.5 * std::log(10.0));
}

TEST_F(ModelFileTest, RefusesWhatTheTrainingDidNotHave) {
  const auto error = [&](const std::string& text) {
    return error_text([&] { predict_risk(example(), cohort(text), {}); });
  };
  EXPECT_TRUE(error("id,stage,volume\nA,IV,5\n").starts_with("invalid_argument: ")) << "a level";
  EXPECT_TRUE(error("id,stage,volume\nA,I,0\n").starts_with("invalid_argument: "))
      << "no logarithm";
  EXPECT_TRUE(error("id,volume\nA,5\n").starts_with("column_not_found: "));
}

TEST_F(ModelFileTest, HarmonisesKnownBatchesOnly) {
  PrognosticModel model = example();
  model.variables = {{.name = "x", .low = 0, .high = 9, .median = 5}};
  model.terms = {{{"x", "x", ""}, 1, 0, 1}};
  const Matrix features = [] {
    Matrix values(8, 2);
    values.values = {1, 2, 3, 4, 6, 7, 8, 9, 1, 3, 2, 4, 5, 8, 6, 7};
    return values;
  }();
  const std::vector<int> batch{0, 0, 0, 0, 1, 1, 1, 1};
  ModelHarmonisation combat{.batch = "scanner", .labels = {"s", "t"}, .features = {"x", "y"}};
  combat.model = fit_combat({.features = features, .batch = batch});
  model.variables.push_back({.name = "y", .low = 0, .high = 9, .median = 5});
  model.harmonisation = combat;
  model = parse_model(to_json(model), "m");
  const auto patients = cohort("id,x,y,scanner\nA,1,1,s\nB,6,5,t\n");
  const auto expected = apply_combat(combat.model, {.features = features, .batch = batch}).features;
  const auto result = predict_risk(model, patients, {});
  EXPECT_DOUBLE_EQ(result.linear_predictor[0], expected(0, 0));
  EXPECT_DOUBLE_EQ(result.linear_predictor[1], expected(4, 0));
  EXPECT_TRUE(error_text([&] {
                predict_risk(model, cohort("id,x,y,scanner\nA,1,1,u\n"), {});
              }).starts_with("invalid_argument: "));
}

TEST_F(ModelFileTest, HarmonisationKeepsWhatIsPreserved) {
  PrognosticModel model = example();
  model.terms = {{{"x", "x", ""}, 1, 0, 1}};
  for (const char* name : {"x", "y"})
    model.variables.push_back({.name = name, .low = 0, .high = 9, .median = 5});
  CombatData data{.features = Matrix(10, 2), .batch = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1}};
  data.features.values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 1, 3, 2, 4, 5, 5, 8, 6, 7, 1};
  data.covariates = Matrix(10, 2);  // level III of the stage, log volume
  data.covariates.values = {0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 2, 0, 1, 3, 2, 2, 1, 0, 1};
  ModelHarmonisation combat{.batch = "scanner",
                            .labels = {"s", "t"},
                            .features = {"x", "y"},
                            .preserved = {{"stageIII", "stage", "III"}, {"log(volume)", "volume"}}};
  combat.model = fit_combat(data);
  ASSERT_EQ(combat.model.problem, CombatProblem::none);
  model.harmonisation = combat;
  EXPECT_EQ(to_json(parse_model(to_json(model), "m")), to_json(model)) << "to the last bit";
  model = parse_model(to_json(model), "m");
  const auto expected = apply_combat(combat.model, data).features;
  const auto result =
      predict_risk(model,
                   cohort("id,x,y,scanner,stage,volume\nA,2,3,s,III," + to_text(std::exp(2.0)) +
                          "\nB,8,6,t,III," + to_text(std::exp(1.0)) + "\nC,1,1,s,,9\nD,1,1,s,I,\n"),
                   {});
  EXPECT_NEAR(result.linear_predictor[0], expected(1, 0), 1e-14) << "log(exp(2)) is 2 but a digit";
  EXPECT_NEAR(result.linear_predictor[1], expected(7, 0), 1e-14);
  EXPECT_TRUE(std::isnan(result.linear_predictor[2])) << "no stage";
  EXPECT_TRUE(std::isnan(result.linear_predictor[3])) << "no volume";
  model.harmonisation->preserved[0].level = "IV";
  EXPECT_NE(error_text([&] { parse_model(to_json(model), "m"); }), "accepted");
}

TEST_F(ModelFileTest, RefusesOtherExtractionSettings) {
  const auto accepted = [&](const std::string& text) {
    const auto patients = cohort(text);
    return error_text([&] {
      require_same_extraction(example(), patients, {.clinical = {}, .features = folder_ / "f.csv"});
    });
  };
  EXPECT_EQ(accepted("id,x\nA,1\n"), "accepted") << "the table does not say";
  EXPECT_EQ(accepted("id,settings_sha256\nA,35953d9411b95e3a\n"), "accepted");
  EXPECT_TRUE(accepted("id,settings_sha256\nA,0000\n").starts_with("invalid_settings: f.csv: "));
  EXPECT_TRUE(accepted("id,settings_sha256\nA,0\nB,1\n").starts_with("ambiguous_input: f.csv:3:"));
  folder_.write("run.json", "{\"settings_sha256\": \"2222\"}");  // of a batch
  EXPECT_NE(accepted("id,x\nA,1\n").find("f.csv: extracted with settings 2222"), std::string::npos);
  folder_.write("f.csv.provenance.json", "{\"settings_sha256\": \"1111\"}");
  EXPECT_TRUE(accepted("id,x\nA,1\n").starts_with("invalid_settings: "));
  folder_.write("f.csv.provenance.json", "nothing");
  EXPECT_TRUE(accepted("id,x\nA,1\n").starts_with("unreadable_file: "));
}

}  // namespace
}  // namespace radiomics
