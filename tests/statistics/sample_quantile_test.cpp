#include "radiomics/statistics/sample_quantile.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(SampleQuantile, InterpolatesBetweenOrderStatistics) {
  const std::vector<double> values{4, 1, 3, 2};
  EXPECT_EQ(sample_quantile(values, 0), 1);
  EXPECT_EQ(sample_quantile(values, 0.5), 2.5);
  EXPECT_EQ(sample_quantile(values, 0.25), 1.75);
  EXPECT_EQ(sample_quantile(values, 1), 4);
}

TEST(SampleQuantile, LeavesOutWhatIsMissing) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(sample_quantile(std::vector<double>{nan, 5, nan}, 0.3), 5);
  EXPECT_TRUE(std::isnan(sample_quantile(std::vector<double>{nan}, 0.3)));
}

TEST(PercentileInterval, LeavesEqualPartsOnBothSides) {
  std::vector<double> values;
  for (int i = 0; i <= 1000; ++i) values.push_back(i);
  const auto interval = percentile_interval(values, 0.95);
  EXPECT_NEAR(interval.low, 25, 1e-9);
  EXPECT_NEAR(interval.high, 975, 1e-9);
}

}  // namespace
}  // namespace radiomics
