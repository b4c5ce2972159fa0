#include "radiomics/survival/describe_analysis.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/survival/describe_output.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

class DescribeAnalysisTest : public testing::Test {
 protected:
  DescribeOptions options(const std::string& text) {
    DescribeOptions result;
    result.common.cohort.clinical = folder_.write("c.csv", text);
    result.common.endpoints = {parse_endpoint("OS:time=t,event=e")};
    return result;
  }
  TemporaryFolder folder_;
};

TEST(CohortTableTest, SummarisesNumbersByHand) {
  const auto summary = summarise({4, 1, undefined, 3, 2});
  EXPECT_EQ(summary.median, 2.5);
  EXPECT_EQ(summary.q25, 1.75);
  EXPECT_EQ(summary.q75, 3.25);
  EXPECT_EQ(summary.mean, 2.5);
  EXPECT_DOUBLE_EQ(summary.sd, std::sqrt(5.0 / 3.0));
  EXPECT_TRUE(std::isnan(summarise({1}).sd));
  EXPECT_TRUE(std::isnan(summarise({undefined}).median));
}

TEST_F(DescribeAnalysisTest, DroppedPatientsAreComparedWithThoseKept) {
  auto missing = options("id,t,e,x\nA,1,1,\nB,2,1,\nC,9,1,3\nD,10,0,4\nE,11,1,5\nF,,1,5\n");
  missing.common.covariates = {"x"};
  const auto result = analyse_describe(missing).results[0];
  EXPECT_EQ(result.n, 5u) << "a covariate that is missing is no missing outcome";
  EXPECT_EQ(result.n_missing, 1u);
  EXPECT_EQ(result.cases.kept.n, 3u);
  EXPECT_EQ(result.cases.dropped.n, 2u);
  EXPECT_EQ(result.cases.dropped.events, 2);
  EXPECT_LT(result.cases.p_value, 0.1) << "the early deaths are those that lack it";
}

TEST_F(DescribeAnalysisTest, SampleSizeFollowsParametersAndEvents) {
  std::string text = "id,t,e,x,s\n";
  for (int i = 1; i <= 60; ++i)
    text += std::to_string(i) + "," + std::to_string(i) + "," + std::to_string(i % 2) + "," +
            std::to_string(i % 7) + "," + std::to_string(i % 3) + "\n";
  auto one = options(text);
  one.common.covariates = {"x"};
  const auto small = *analyse_describe(one).results[0].sample_size;
  auto three = one;
  three.common.covariates = {"x", "s"};
  three.common.factors = {parse_factor("s")};
  const auto large = *analyse_describe(three).results[0].sample_size;
  EXPECT_EQ(small.parameters, 1u);
  EXPECT_EQ(large.parameters, 3u);
  EXPECT_EQ(large.events_per_parameter, 10);
  EXPECT_DOUBLE_EQ(large.required, 3 * small.required);
  EXPECT_EQ(large.r2_cox_snell, small.r2_cox_snell);
  EXPECT_FALSE(analyse_describe(options(text)).results[0].sample_size);
}

TEST_F(DescribeAnalysisTest, ReportsNameNoPatient) {
  auto named = options("id,t,e,x\nBaker,1,1,\nJones,0,1,2\nMiller,3,0,3\n");
  named.common.covariates = {"x"};
  for (const auto& file : run_describe(named).files) {
    if (file.name == "result.json") continue;
    for (const char* name : {"Baker", "Jones", "Miller"})
      EXPECT_EQ(file.content.find(name), std::string::npos) << file.name;
  }
}

}  // namespace
}  // namespace radiomics
