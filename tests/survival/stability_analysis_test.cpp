#include "radiomics/survival/stability_analysis.h"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "radiomics/core/error.h"
#include "radiomics/survival/stability_file.h"
#include "radiomics/survival/stability_output.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

/// The four judges and six targets of Shrout and Fleiss 1979, table 2, in two features more.
constexpr const char* table =
    "case,Reader,rating,gap,flat,diagnostics_x\n"
    "1,a,9,1,5,0\n1,b,2,1,5,0\n1,c,5,1,5,0\n1,d,8,1,5,0\n"
    "2,a,6,2,5,0\n2,b,1,2,5,0\n2,c,3,2,5,0\n2,d,2,,5,0\n"
    "3,a,8,3,5,0\n3,b,4,3,5,0\n3,c,6,3,5,0\n3,d,8,3,5,0\n"
    "4,a,7,4,5,0\n4,b,1,4,5,0\n4,c,2,4,5,0\n4,d,6,4,5,0\n"
    "5,a,10,5,5,0\n5,b,5,5,5,0\n5,c,6,5,5,0\n5,d,9,5,5,0\n"
    "6,d,7,6,5,0\n6,c,4,6,5,0\n6,b,2,6,5,0\n6,a,6,6,5,0\n";

class StabilityTest : public testing::Test {
 protected:
  StabilityOptions options(const std::string& text = table) {
    StabilityOptions result{.by = "Reader"};
    result.common.cohort.features = folder_.write("f.csv", text);
    return result;
  }

  ErrorKind refusal(const std::string& text) {
    try {
      analyse_stability(options(text));
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::no_display;  // none of those that are expected
  }
  TemporaryFolder folder_;
};

// Published: 0.17, 0.29, 0.71 (two digits).
TEST_F(StabilityTest, ShroutAndFleiss) {
  const auto analysis = analyse_stability(options());
  ASSERT_EQ(analysis.features.size(), 3u);
  const auto& rating = analysis.features[0];
  EXPECT_EQ(rating.n, 6u);
  EXPECT_EQ(rating.k, 4u);
  EXPECT_NEAR(rating.icc[0].estimate, 0.17, 0.005);
  EXPECT_NEAR(rating.icc[1].estimate, 0.29, 0.005);
  EXPECT_NEAR(rating.icc[2].estimate, 0.71, 0.006);
  EXPECT_TRUE(std::isnan(rating.ccc)) << "of two only";
  EXPECT_FALSE(rating.keep);
}

TEST_F(StabilityTest, NothingIsGuessed) {
  const auto analysis = analyse_stability(options());
  EXPECT_EQ(analysis.features[1].status, StabilityStatus::missing_values);
  EXPECT_EQ(analysis.features[2].status, StabilityStatus::constant);
  EXPECT_FALSE(analysis.features[1].keep || analysis.features[2].keep);
  EXPECT_TRUE(std::isnan(analysis.features[1].icc[1].estimate));
  const auto warnings = analysis.warnings();
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_EQ(warnings[0].code, WarningCode::missing_values);
  EXPECT_EQ(warnings[1].code, WarningCode::constant);
}

TEST_F(StabilityTest, PatientsWithoutARowOfEveryRaterAreLeftOut) {
  const auto analysis = analyse_stability(
      options("id,Reader,x\n1,a,1\n1,b,1.1\n2,a,2\n3,b,3.1\n3,a,3\n4,a,5\n4,b,4.9\n"));
  EXPECT_EQ(analysis.table.patients, (std::vector<std::string>{"1", "3", "4"}));
  ASSERT_EQ(analysis.warnings().size(), 1u);
  EXPECT_EQ(analysis.warnings()[0].ids, std::vector<std::string>{"2"});
  const auto& x = analysis.features[0];
  EXPECT_TRUE(x.keep);
  // By hand: means 3 and 3.0333, variances 8/3 and 2.4089, covariance 2.5333, divisor 3.
  EXPECT_NEAR(x.ccc, 2 * (7.6 / 3) / (8.0 / 3 + 7.226666666666667 / 3 + 0.1 * 0.1 / 9), 1e-12);
}

TEST_F(StabilityTest, TheChosenTypeDecides) {
  auto lenient = options();
  lenient.icc_type = IccType::consistency;
  lenient.threshold = 0.3;
  EXPECT_TRUE(analyse_stability(lenient).features[0].keep);
  lenient.icc_type = IccType::agreement;
  EXPECT_FALSE(analyse_stability(lenient).features[0].keep);
}

TEST_F(StabilityTest, Refusals) {
  EXPECT_EQ(refusal("id,Reader,x\n1,a,1\n1,a,2\n2,a,1\n2,b,1\n"), ErrorKind::duplicate_id);
  EXPECT_EQ(refusal("id,Reader,x\n1,a,1\n2,a,2\n"), ErrorKind::invalid_argument);
  EXPECT_EQ(refusal("id,Reader,x\n1,a,1\n1,b,2\n"), ErrorKind::invalid_argument);
  EXPECT_EQ(refusal("id,Reader,x\n1,,1\n1,b,2\n"), ErrorKind::invalid_argument);
  EXPECT_EQ(refusal("id,reader_,x\n1,a,1\n"), ErrorKind::column_not_found);
  EXPECT_EQ(refusal("who,Reader,x\n1,a,1\n1,b,2\n"), ErrorKind::column_not_found);
  EXPECT_EQ(refusal("id,Reader,x\n1,a,1\n1,b,two\n2,a,1\n2,b,2\n"), ErrorKind::not_numeric);
}

TEST_F(StabilityTest, ItsTableIsWhatOthersRead) {
  const auto analysis = analyse_stability(options());
  const auto file = folder_.write("stability.csv", stability_csv(analysis, options()));
  const auto read = read_stability_file(file);
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read.at("rating").icc, analysis.features[0].icc[1].estimate);
  EXPECT_EQ(read.at("rating").low, analysis.features[0].icc[1].conf_low);
  EXPECT_TRUE(std::isnan(read.at("gap").icc));
  const auto json = nlohmann::json::parse(stability_json(analysis, options()));
  EXPECT_TRUE(json["results"][0]["endpoint"].is_null());
  EXPECT_EQ(json["results"][0]["features"][0]["icc"][1]["type"], "ICC(A,1)");
}

}  // namespace
}  // namespace radiomics
