#include "radiomics/statistics/sample_moments.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

TEST(SampleMoments, OfWhatIsDefined) {
  const std::vector<double> values{2, undefined, 4, 9};
  EXPECT_EQ(mean_of_defined(values), 5);
  EXPECT_EQ(sd_of_defined(values), std::sqrt((9 + 1 + 16) / 2.0));
}

TEST(SampleMoments, OfTooFewIsUndefined) {
  EXPECT_TRUE(std::isnan(mean_of_defined({})));
  const std::vector<double> one{undefined, 3};
  EXPECT_EQ(mean_of_defined(one), 3);
  EXPECT_TRUE(std::isnan(sd_of_defined(one)));
}

}  // namespace
}  // namespace radiomics
