#include "radiomics/statistics/sample_size.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(SampleSizeTest, RecurrentThrombosisOfRiley) {
  // Riley et al. 2020, doi:10.1136/bmj.m441: 30 parameters, R2 0.051, shrinkage 0.9: 5143 patients.
  EXPECT_EQ(std::ceil(sample_size_for_shrinkage(30, 0.051)), 5143);
}

TEST(SampleSizeTest, GrowsWithParametersAndShrinksWithSignal) {
  EXPECT_DOUBLE_EQ(sample_size_for_shrinkage(20, 0.1), 2 * sample_size_for_shrinkage(10, 0.1));
  EXPECT_GT(sample_size_for_shrinkage(10, 0.05), sample_size_for_shrinkage(10, 0.1));
  EXPECT_GT(sample_size_for_shrinkage(10, 0.1, 0.95), sample_size_for_shrinkage(10, 0.1, 0.9));
}

TEST(SampleSizeTest, UndefinedWithoutSignalOrParameters) {
  EXPECT_TRUE(std::isnan(sample_size_for_shrinkage(0, 0.1)));
  EXPECT_TRUE(std::isnan(sample_size_for_shrinkage(3, 0)));
  EXPECT_TRUE(std::isnan(sample_size_for_shrinkage(3, 0.95, 0.9)));
  EXPECT_TRUE(std::isnan(sample_size_for_shrinkage(3, 0.1, 1)));
}

TEST(SampleSizeTest, LargestCoxSnell) {
  EXPECT_NEAR(largest_cox_snell(-50, 100), 1 - std::exp(-1.0), 1e-15);
  EXPECT_EQ(largest_cox_snell(0, 100), 0);
  EXPECT_TRUE(std::isnan(largest_cox_snell(-1, 0)));
}

}  // namespace
}  // namespace radiomics
