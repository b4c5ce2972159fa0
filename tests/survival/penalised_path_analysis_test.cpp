#include "radiomics/survival/penalised_path_analysis.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "tests/support/data.h"
#include "tests/support/errors.h"
#include "tests/support/r_reference.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

/// With 1/n.
double standard_deviation(std::span<const double> values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / double(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / double(values.size()));
}

struct Frame {
  Cohort cohort;
  ModelFrame frame;
};

Frame read_frame(const std::filesystem::path& table, const EndpointSpec& endpoint,
                 const std::vector<std::string>& variables) {
  Frame result{.cohort = read_cohort({.clinical = table, .features = {}}), .frame = {}};
  result.frame =
      model_frame(result.cohort, endpoint, {.variables = plain_variables(variables)}, {});
  return result;
}

// What the interface calls "path" and "cv", against glmnet, within the tolerances of the data's
// README: coefficients 1e-5 on the standardised scale; likelihoods 2e-7, as glmnet's own solutions
// violate the conditions by up to 9e-8.
TEST(PenalisedPathReference, PathsAreThoseOfGlmnet) {
  REFERENCE_DATA_OR_SKIP(folder, "survival");
  int validated = 0;
  for (const auto& one : cases_of(folder / "coxnet.json", 6)) {
    const std::string id = one.at("id");
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const auto names = strings(spec.at("features"));
    const auto read =
        read_frame(folder / "data" / one.at("data").get<std::string>(),
                   {.name = "E", .time = spec.at("time"), .event = spec.at("event")}, names);
    PenalisedPathOptions options;
    options.penalty.alpha = spec.at("alpha");
    options.penalty.standardize = spec.at("standardize");
    options.penalty.lambdas = expected.at("lambda").get<std::vector<double>>();
    options.penalty.lambda_min_ratio = expected.at("auto_path").at("lambda_min_ratio");
    if (spec.at("penalty_factor").is_array())
      for (std::size_t j = 0; j < names.size(); ++j)
        options.penalty_factors.emplace_back(names[j], spec.at("penalty_factor")[j].get<double>());
    if (expected.contains("cv")) options.cv_column = expected.at("cv").at("foldid");
    const auto result = analyse_penalised_path(read.cohort, read.frame, options, 2);
    JsonWriter writer;
    writer.begin_object();
    write_penalised_path(writer, result);
    writer.end_object();
    const json written = json::parse(writer.text());
    const json& path = written.at("path");
    EXPECT_EQ(path.at("lambda"), expected.at("lambda")) << id;
    EXPECT_EQ(path.at("df"), expected.at("df")) << id;
    for (std::size_t k = 0; k < path.at("lambda").size(); ++k) {
      EXPECT_LE(path.at("kkt")[k].get<double>(), 1e-7) << id;
      const json& theirs = expected.at("coef").at("lambda_" + to_text(k + 1));
      const json& ours = path.at("coefficients")[k];
      EXPECT_EQ(ours.size(), theirs.size()) << id;
      for (std::size_t j = 0; j < names.size(); ++j)
        EXPECT_NEAR(
            ours.value(names[j], 0.0) * standard_deviation(read.frame.covariates.column(j)),
            theirs.value(names[j], 0.0) * standard_deviation(read.frame.covariates.column(j)), 1e-5)
            << id << " " << names[j];
    }
    if (!result.cv) continue;
    ++validated;
    expect_all_equal(written.at("cv").at("cvpl").get<std::vector<double>>(),
                     expected.at("cv").at("vvh_cvpl").at("value"), id + " cvpl", 2e-7);
    expect_equal(written.at("cv").at("lambda_best"),
                 expected.at("cv").at("vvh_cvpl").at("argmax_lambda"), id + " best", 2e-8);
  }
  EXPECT_GT(validated, 0);
}

TEST(PenalisedPathAnalysis, RefusesWhatItHasNoUseFor) {
  TemporaryFolder folder;
  const EndpointSpec endpoint{.name = "E", .time = "t", .event = "e"};
  const auto error = [&](const std::string& text, PenalisedPathOptions options = {}) {
    const auto read = read_frame(folder.write("c.csv", text), endpoint, {"x"});
    return error_text([&] { analyse_penalised_path(read.cohort, read.frame, options); });
  };
  const std::string fine = "t,e,x,fold\n1,1,3,a\n2,0,1,b\n3,1,2,a\n4,1,5,b\n";
  EXPECT_EQ(error(fine), "accepted");
  EXPECT_TRUE(error("t,e,x\n0,1,3\n2,0,1\n").starts_with("zero_time: "));
  EXPECT_TRUE(error("t,e,x\n1,0,3\n2,0,1\n").starts_with("no_events: "));
  PenalisedPathOptions options;
  options.penalty_factors = {{"y", 2}};
  EXPECT_TRUE(error(fine, options).starts_with("column_not_found: "));
  options = {};
  set_cv_folds("fold", options);
  EXPECT_EQ(error(fine, options), "accepted");
  EXPECT_TRUE(error("t,e,x,fold\n1,1,3,a\n2,0,1,a\n", options).starts_with("invalid_argument: "));
  EXPECT_TRUE(error("t,e,x,fold\n1,1,3,a\n2,0,1,\n", options).starts_with("invalid_argument: "));
  EXPECT_TRUE(error_text([&] { set_cv_folds("1", options); }).starts_with("invalid_argument: "));
}

}  // namespace
}  // namespace radiomics
