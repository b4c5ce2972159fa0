#include "radiomics/cohort/aggregate_rows.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

constexpr const char* table =
    "case,roi,original_shape_MeshVolume,original_shape_Sphericity,mean\n"
    "A,GTV1,10,0.5,3\n"
    "B,GTV1,7,0.9,1\n"
    "A,GTV2,30,0.8,5\n";

class AggregateRowsTest : public testing::Test {
 protected:
  Cohort read(Aggregate how, const std::string& text = table) {
    return read_cohort({.features = folder_.write("f.csv", text), .aggregate = how});
  }
  std::vector<double> numbers_of(const Cohort& cohort, const std::string& name) {
    return numbers(column(cohort, name), cohort.cells);
  }
  TemporaryFolder folder_;
};

TEST_F(AggregateRowsTest, SeveralRegionsAreAnErrorUnlessAskedFor) {
  EXPECT_THROW(read(Aggregate::none), Error);
}

TEST_F(AggregateRowsTest, TheLargestRegionCounts) {
  const Cohort cohort = read(Aggregate::largest);
  EXPECT_EQ(cohort.ids, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(numbers_of(cohort, "mean"), (std::vector<double>{5, 1}));
  EXPECT_EQ(column(cohort, "roi").cells[0], "GTV2");
  ASSERT_EQ(cohort.warnings.size(), 1u);
  EXPECT_EQ(cohort.warnings[0].code, WarningCode::aggregated);
}

TEST_F(AggregateRowsTest, VolumesAddUpAndNothingElseDoes) {
  const Cohort cohort = read(Aggregate::sum);
  EXPECT_EQ(numbers_of(cohort, "original_shape_MeshVolume"), (std::vector<double>{40, 7}));
  for (const double value : numbers_of(cohort, "original_shape_Sphericity"))
    EXPECT_TRUE(std::isnan(value)) << "for everybody";
}

TEST_F(AggregateRowsTest, MeansOfShapesAreNotSilent) {
  const Cohort cohort = read(Aggregate::mean);
  EXPECT_EQ(numbers_of(cohort, "mean"), (std::vector<double>{4, 1}));
  EXPECT_EQ(numbers_of(cohort, "original_shape_MeshVolume")[0], 20);
  EXPECT_NE(cohort.warnings[0].message.find("2 columns of shape"), std::string::npos)
      << cohort.warnings[0].message;
  EXPECT_EQ(column(cohort, "roi").cells[0], "") << "they do not agree";
}

TEST_F(AggregateRowsTest, WithoutVolumesNothingIsLargest) {
  EXPECT_THROW(read(Aggregate::largest, "case,roi,mean\nA,1,2\nA,2,3\n"), Error);
  EXPECT_THROW(read(Aggregate::largest, "case,volume\nA,big\nA,3\n"), Error);
}

}  // namespace
}  // namespace radiomics
