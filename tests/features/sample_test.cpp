#include "radiomics/features/sample.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(Sample, PercentilesInterpolateBetweenNeighbours) {
  const Sample sample = summarise_sample({40, 10, 30, 20, 50});
  EXPECT_EQ(percentile(sample, 0), 10);
  EXPECT_EQ(percentile(sample, 25), 20);
  EXPECT_EQ(percentile(sample, 10), 14);
  EXPECT_EQ(percentile(sample, 100), 50);
}

// Whole numbers are counted if there are more of them than there are in their range.
TEST(Sample, IsSortedWhateverItHolds) {
  for (const std::vector<double>& values : {std::vector<double>{3, -2, 3, 0, -2, 1, 0, 3},
                                            {3, -2, 3, 0, -2, 1, 0, 0.5},
                                            {1e300, -1e300, 0, 1e300},
                                            {-1e300, -1e300, -1e300},
                                            {7, 1000, 8},
                                            {2.5, 2.5, 2.5}}) {
    std::vector<double> expected = values;
    std::ranges::sort(expected);
    EXPECT_EQ(summarise_sample(values).sorted, expected);
  }
}

TEST(Sample, OfOneValue) {
  const Sample sample = summarise_sample({0.1});
  EXPECT_EQ(sample.mean, 0.1);
  EXPECT_EQ(sample.moment_2, 0);
  for (const int percent : {0, 10, 50, 100}) EXPECT_EQ(percentile(sample, percent), 0.1);
}

// 0.1 has no exact binary form: a sum of many divided by their number would miss it.
TEST(Sample, OfEqualValuesIsExact) {
  const Sample sample = summarise_sample(std::vector<double>(1001, 0.1));
  EXPECT_EQ(sample.mean, 0.1);
  EXPECT_EQ(sample.moment_2, 0);
  EXPECT_EQ(sample.moment_4, 0);
}

TEST(Sample, MomentsAreThoseOfThePopulation) {
  const Sample sample = summarise_sample({1, 2, 6});
  EXPECT_DOUBLE_EQ(sample.mean, 3);
  EXPECT_DOUBLE_EQ(sample.moment_2, 14.0 / 3);
  EXPECT_DOUBLE_EQ(sample.moment_3, 18.0 / 3);
  EXPECT_DOUBLE_EQ(sample.moment_4, 98.0 / 3);
}

}  // namespace
}  // namespace radiomics
