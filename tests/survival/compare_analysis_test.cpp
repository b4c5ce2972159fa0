#include "radiomics/survival/compare_analysis.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/compare_output.h"
#include "tests/support/data.h"
#include "tests/support/r_reference.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

CompareOptions demo_options(const std::filesystem::path& folder) {
  CompareOptions options{
      .base = {"overall_stage"}, .imaging = {"original_shape_Maximum3DDiameter"}, .bootstrap = 20};
  options.common.cohort.clinical = folder / "data/clinical.csv";
  options.common.cohort.features = folder / "data/features.csv";
  options.common.endpoints = {parse_competing("LR=lr_months/lr_event,death=os_months/os_event"),
                              parse_endpoint("OS:time=os_months,event=os_event"),
                              parse_competing("DM=dm_months/dm_event,death=os_months/os_event")};
  options.common.factors = {parse_factor("overall_stage:I-II,IIIA,IIIB")};
  return options;
}

bool says(const std::string& text, const std::string& phrase) {
  return text.find(phrase) != std::string::npos;
}

// Diameter was built to drive local recurrence; the other endpoints do not show it.
TEST(Compare, DemoStudySaysWhatIsThere) {
  REFERENCE_DATA_OR_SKIP(path, "survival/demo_study");
  const auto analysis = analyse_compare(demo_options(path));
  const auto& [lr, os, dm] =
      std::tie(analysis.results[0], analysis.results[1], analysis.results[2]);
  EXPECT_EQ(lr.verdict, Verdict::added_value);
  EXPECT_EQ(os.verdict, Verdict::no_evidence);
  EXPECT_EQ(dm.verdict, Verdict::no_evidence);
  EXPECT_TRUE(says(lr.text, "adds to") && says(lr.text, "not tested")) << lr.text;
  EXPECT_TRUE(says(os.text, "no evidence") && !says(os.text, "adds to")) << os.text;
  EXPECT_TRUE(says(lr.text, "one of 3 tests") && says(lr.text, "p = 0.0155")) << lr.text;
  for (const auto& [result, id] : {std::pair{&lr, "lr"}, {&os, "os"}, {&dm, "dm"}}) {
    const json expected =
        case_of(path / "nested_lrt.json", "demo_" + std::string(id) + "_tnm_vs_tnm_diam")
            .at("expect");
    const auto& step = result->steps[0];
    expect_equal(step.likelihood_ratio.statistic, expected.at("chisq"), id, 1e-9);
    expect_equal(step.likelihood_ratio.p_value, expected.at("p"), id, 1e-8);
    expect_equal(step.delta_concordance.estimate, expected.at("delta_C"), id);
    expect_equal(step.delta_concordance.std_error, expected.at("se_delta_C"), id, 1e-6);
  }
  ASSERT_TRUE(lr.fine_gray.has_value());
  EXPECT_EQ(os.fine_gray.has_value(), false) << "nothing competes with death";
}

TEST(Compare, VolumeIsTheRivalToBeat) {
  REFERENCE_DATA_OR_SKIP(path, "survival/demo_study");
  auto options = demo_options(path);
  options.volume = "original_shape_MeshVolume";
  options.bootstrap = 0;
  const auto analysis = analyse_compare(options);
  const auto& lr = analysis.results[0];
  EXPECT_EQ(lr.verdict, Verdict::volume_surrogate);
  EXPECT_TRUE(says(lr.text, "volume surrogate") && says(lr.text, "p = 0.303")) << lr.text;
  EXPECT_FALSE(says(lr.text, "adds to")) << lr.text;
  EXPECT_EQ(lr.models.size(), 5u);
  EXPECT_EQ(lr.models[4].covariates[1], "log(original_shape_MeshVolume)");
  ASSERT_EQ(lr.sensitivity.size(), 2u);
  EXPECT_EQ(lr.sensitivity[1].name, "volume_spline");
}

TEST(Compare, AChoiceMadeOnTheDataHasNoPValue) {
  REFERENCE_DATA_OR_SKIP(path, "survival/demo_study");
  auto options = demo_options(path);
  options.data_driven = true;
  const auto analysis = analyse_compare(options);
  for (const auto& result : analysis.results) {
    EXPECT_EQ(result.verdict, Verdict::resampled_only);
    EXPECT_TRUE(std::isnan(result.steps[0].likelihood_ratio.p_value));
    EXPECT_FALSE(says(result.text, "p =")) << result.text;
    for (const auto& model : result.models)
      for (const auto& term : model.terms) EXPECT_TRUE(std::isnan(term.p_value));
  }
  // Neither a p-value nor what gives one away: statistics, intervals of what was chosen.
  const std::string report = to_markdown(compare_report(analysis, options));
  EXPECT_TRUE(says(report, "withheld"));
  for (const char* words : {"p = ", "p < ", "0.0155", "5.86", "Asked in another way"})
    EXPECT_FALSE(says(report, words)) << words;
  for (const auto& result : analysis.results) {
    const std::string figure = compare_figure(result, options);
    EXPECT_FALSE(says(figure, " to ")) << "no intervals";
    EXPECT_FALSE(says(figure, ">p<"));
    for (const auto& model : result.models)  // two of them make a likelihood ratio
      EXPECT_FALSE(says(report, fixed_text(model.aic, 1))) << model.name;
  }
}

/// A cohort in which neither stage nor feature has to do with the outcome.
std::string noise_table(std::uint64_t seed) {
  RandomStream random(seed, 0);
  std::string text = "id,t,e,stage,f,volume\n";
  for (int i = 0; i < 80; ++i) {
    const double time = -std::log(random.uniform());
    text += to_text(i) + "," + to_text(time) + "," + (random.uniform() < 0.7 ? "1" : "0") + "," +
            (random.uniform() < 0.5 ? "I" : "II") + "," + to_text(random.uniform()) + "," +
            to_text(std::exp(random.uniform())) + "\n";
  }
  return text;
}

// The likelihood ratio test holds its level: of 100 tables of noise about 5 fall below 0.05.
TEST(Compare, NoiseIsNoEvidence) {
  TemporaryFolder folder;
  CompareOptions options{.base = {"stage"}, .imaging = {"f"}, .volume = "volume", .bootstrap = 0};
  options.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
  options.common.factors = {parse_factor("stage")};
  int none = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    options.common.cohort.clinical = folder.write("c.csv", noise_table(seed));
    const auto analysis = analyse_compare(options);
    ASSERT_FALSE(analysis.results[0].error);
    none += analysis.results[0].verdict == Verdict::no_evidence;
  }
  EXPECT_GE(none, 88) << "95 are expected, standard deviation 2.2";
}

TEST(Compare, TheNumberOfThreadsChangesNothing) {
  TemporaryFolder folder;
  CompareOptions options{.base = {"stage"}, .imaging = {"f"}, .volume = "volume", .bootstrap = 40};
  options.common.cohort.clinical = folder.write("c.csv", noise_table(3));
  options.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
  options.common.factors = {parse_factor("stage")};
  options.common.horizons = {1};
  EXPECT_EQ(compare_json(analyse_compare(options, 1), options),
            compare_json(analyse_compare(options, 4), options));
}

TEST(Compare, FewDifferentVolumesAreNoSpline) {
  TemporaryFolder folder;
  CompareOptions options{.base = {"stage"}, .imaging = {"f"}, .volume = "volume", .bootstrap = 0};
  std::string text = noise_table(5), rounded;
  for (std::size_t line = 0, from = 0; from < text.size(); ++line) {
    const auto end = text.find('\n', from);
    rounded += text.substr(from, text.rfind(',', end) - from) +
               (line == 0  ? ",volume"
                : line % 2 ? ",1"
                           : ",2") +
               "\n";
    from = end + 1;
  }
  options.common.cohort.clinical = folder.write("c.csv", rounded);
  options.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
  options.common.factors = {parse_factor("stage")};
  const auto analysis = analyse_compare(options);
  ASSERT_FALSE(analysis.results[0].error) << analysis.results[0].error->what();
  ASSERT_EQ(analysis.results[0].sensitivity.size(), 1u);
  EXPECT_TRUE(says(to_markdown(compare_report(analysis, options)), "too few different values"));
}

TEST(Compare, TooFewEventsAreRefused) {
  TemporaryFolder folder;
  CompareOptions options{.base = {"stage"}, .imaging = {"f"}, .bootstrap = 0};
  options.common.cohort.clinical =
      folder.write("c.csv", "id,t,e,stage,f\n1,1,1,I,1\n2,2,1,II,3\n3,3,0,I,2\n4,4,0,II,5\n");
  options.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
  options.common.factors = {parse_factor("stage")};
  const auto refused = analyse_compare(options).results[0];
  ASSERT_TRUE(refused.error.has_value());
  EXPECT_EQ(refused.error->kind(), ErrorKind::too_many_parameters);
  options.common.force = true;
  EXPECT_FALSE(analyse_compare(options).results[0].error.has_value());
}

}  // namespace
}  // namespace radiomics
