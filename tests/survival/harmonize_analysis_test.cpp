#include "radiomics/survival/harmonize_analysis.h"

#include <cmath>
#include <sstream>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "radiomics/core/random_stream.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/harmonize_output.h"
#include "radiomics/tables/csv_reader.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

/// Two scanners, the second measures three units more; age raises the first feature.
std::string scanners(int patients) {
  RandomStream random(3, 0);
  std::string text = "PatientID,scanner,note,x,y,z,age,event,time\n";
  for (int i = 0; i < patients; ++i) {
    const bool second = i % 2 == 1;
    const double age = 50 + 20 * random.uniform(), shift = second ? 3 : 0;
    text += "P" + to_text(i) + (second ? ",S2," : ",S1,") + "\"a, b\",";
    text += to_text(random.uniform() + shift + age / 10) + "," + to_text(random.uniform() + shift) +
            "," + to_text(2 * random.uniform() + shift) + "," + to_text(age) + "," +
            (i % 3 == 0 ? "1," : "0,") + to_text(i + 1) + "\n";
  }
  return text;
}

class HarmonizeTest : public testing::Test {
 protected:
  HarmonizeOptions options(const std::string& text) {
    HarmonizeOptions result{.batch = "scanner"};
    result.common.cohort.features = folder_.write("f.csv", text);
    result.common.feature_patterns = {"x", "y", "z"};
    return result;
  }

  /// "kind: message", or "" if nothing is refused.
  static std::string refusal(const HarmonizeOptions& options) {
    try {
      analyse_harmonize(options);
    } catch (const Error& error) {
      return std::string(to_string(error.kind())) + ": " + error.what();
    }
    return "";
  }
  TemporaryFolder folder_;
};

double mean_of(const HarmonizeAnalysis& analysis, std::size_t feature, std::size_t batch) {
  double sum = 0, count = 0;
  for (std::size_t i = batch; i < analysis.features.rows; i += 2, ++count)
    sum += analysis.features(i, feature);
  return sum / count;
}

TEST_F(HarmonizeTest, TakesTheShiftOut) {
  const auto analysis = analyse_harmonize(options(scanners(60)));
  ASSERT_EQ(analysis.batches.size(), 2u);
  EXPECT_EQ(analysis.batches[0].n, 30u);
  EXPECT_LT(analysis.batches[0].mean_shift, 0);
  EXPECT_GT(analysis.batches[1].mean_shift, 0);
  // The shift was 3; what is left of y is what the shrinkage leaves, below its standard error.
  EXPECT_NEAR(mean_of(analysis, 1, 0), mean_of(analysis, 1, 1), 0.1);
  EXPECT_TRUE(analysis.warnings().empty());
}

TEST_F(HarmonizeTest, LayoutStaysAndSmallBatchesAreWarnedOf) {
  const auto given = options(scanners(30));
  const auto analysis = analyse_harmonize(given);
  ASSERT_EQ(analysis.warnings().size(), 2u);
  EXPECT_EQ(analysis.warnings()[0].code, WarningCode::small_batch);
  const auto before = parse_csv(scanners(30), "before"),
             after = parse_csv(harmonized_csv(analysis, given), "after");
  ASSERT_EQ(after.columns, before.columns);
  ASSERT_EQ(after.rows.size(), before.rows.size());
  for (std::size_t i = 0; i < after.rows.size(); ++i)
    for (std::size_t c = 0; c < after.columns.size(); ++c)
      if (c < 3 || c > 5)
        EXPECT_EQ(after.rows[i][c], before.rows[i][c]);
      else
        EXPECT_EQ(to_number(std::string_view(after.rows[i][c])), analysis.features(i, c - 3));
}

TEST_F(HarmonizeTest, StoredModelGivesTheSameNumbers) {
  auto given = options(scanners(60));
  given.preserve = {"age"};
  const auto fitted = analyse_harmonize(given);
  auto applied = options(scanners(60));
  applied.batch = "";
  applied.apply = folder_.write("combat.json", combat_json(fitted.combat));
  EXPECT_EQ(analyse_harmonize(applied).features.values, fitted.features.values);
  EXPECT_EQ(combat_json(analyse_harmonize(applied).combat), combat_json(fitted.combat));

  std::string other = scanners(60);
  other.replace(other.find(",S2,"), 4, ",S9,");
  applied.common.cohort.features = folder_.write("f.csv", other);
  const auto refused = refusal(applied);
  EXPECT_TRUE(refused.starts_with("invalid_argument: f.csv:3:scanner: batch 'S9'")) << refused;
  EXPECT_NE(refused.find("S1, S2"), std::string::npos);
  applied.apply = folder_.write("combat.json", "{\"model\": \"combat\", \"version\": 1}");
  EXPECT_TRUE(refusal(applied).starts_with("unreadable_file: combat.json: "));
}

TEST_F(HarmonizeTest, ConfoundedBatchesAreRefused) {
  std::string text = "PatientID,scanner,site,x,y,event,time\n";
  for (int i = 0; i < 20; ++i)
    text += "P" + to_text(i) + (i % 2 ? ",S1,A," : ",S2,B,") + to_text(i * i % 7) + "," +
            to_text(i * 3 % 11) + (i % 2 ? ",1," : ",0,") + to_text(i + 1) + "\n";
  auto confounded = options(text);
  confounded.common.feature_patterns = {"x", "y"};
  confounded.preserve = {"site"};
  confounded.common.factors = {parse_factor("site")};
  auto refused = refusal(confounded);
  EXPECT_TRUE(refused.starts_with("batch_confounded: 'scanner' and 'site'")) << refused;
  confounded.preserve.clear();
  EXPECT_EQ(refusal(confounded), "");
  confounded.common.endpoints = {parse_endpoint("OS:time=time,event=event")};
  refused = refusal(confounded);
  EXPECT_TRUE(refused.starts_with("batch_confounded: 'scanner' and the event of OS")) << refused;
}

TEST_F(HarmonizeTest, Refusals) {
  const std::string head = "id,scanner,x,y,z\n";
  EXPECT_TRUE(refusal(options(head + "1,A,1,2,3\n2,A,2,1,2\n3,A,4,4,1\n"))
                  .starts_with("invalid_argument: f.csv: one batch in 'scanner' (A)"));
  EXPECT_TRUE(refusal(options(head + "1,A,1,2,3\n2,A,2,1,2\n3,B,4,4,1\n"))
                  .starts_with("invalid_argument: f.csv: one patient in batch 'B'"));
  EXPECT_TRUE(refusal(options(head + "1,A,1,2,3\n2,A,,1,2\n3,B,4,4,1\n"))
                  .starts_with("invalid_argument: f.csv:3:x: a feature is missing"));
  EXPECT_TRUE(refusal(options(head + "1,A,1,2,3\n2,,1,1,2\n3,B,4,4,1\n"))
                  .starts_with("invalid_argument: f.csv:3:scanner: a batch is missing"));
  EXPECT_TRUE(refusal(options(head + "1,A,1,2,3\n1,B,1,1,2\n")).starts_with("duplicate_id: "));
}

}  // namespace
}  // namespace radiomics
