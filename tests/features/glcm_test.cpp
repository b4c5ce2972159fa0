#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/directional.h"
#include "tests/support/families.h"

namespace radiomics {
namespace {

// A region of the single level 3; by the formulas, correlation and the first information
// correlation are 0 / 0.
TEST(Glcm, OfOneGreyLevel) {
  const RegionSummary summary = summarise_levels(uniform_region(3, 3));
  for (const Aggregation aggregation : directional) {
    SCOPED_TRACE(description(aggregation));
    const auto values = values_of(glcm_family(), summary, aggregation);
    EXPECT_EQ(values.at("60VM"), 3);
    EXPECT_EQ(values.at("ZGXS"), 6);
    EXPECT_EQ(values.at("QWB0"), 9);
    for (const char* code : {"GYBY", "8ZQL", "IB1Z", "NDRX", "WF0Z", "1QCO"})
      EXPECT_EQ(values.at(code), 1) << code;
    for (const char* code : {"UR99", "TU9B", "TF7R", "D3YU", "NTRS", "OEEB", "P6QZ", "ACUI", "8S9J",
                             "E8JP", "DG8W", "7NFM", "AE86", "JN9H"})
      EXPECT_EQ(values.at(code), 0) << code;
    for (const char* code : {"NI2N", "R8DG"}) EXPECT_TRUE(std::isnan(values.at(code))) << code;
  }
}

TEST(Glcm, WithoutNeighboursIsUndefined) {
  Region far_apart = uniform_region(3);
  far_apart.intensity = Mask(far_apart.grid);
  far_apart.intensity(0, 0, 0) = far_apart.intensity(2, 2, 2) = 1;
  for (const Region& region : {uniform_region(1), far_apart})
    for (const Aggregation aggregation : directional)
      for (const auto& [code, value] :
           values_of(glcm_family(), summarise_levels(region), aggregation))
        EXPECT_TRUE(std::isnan(value)) << code;
}

// The levels 1 2 1 2 along x: each voxel tells its neighbour.
TEST(Glcm, OfAlternatingLevelsOnALine) {
  const Geometry grid{.size = {4, 1, 1}};
  Region region{Image(grid), Mask(grid, 1), Mask(grid, 1), grid};
  for (int x = 0; x < 4; ++x) region.image(x, 0, 0) = 1 + x % 2;
  for (const Aggregation aggregation : directional) {
    const auto values = values_of(glcm_family(), summarise_levels(region), aggregation);
    EXPECT_EQ(values.at("NI2N"), -1);
    EXPECT_EQ(values.at("R8DG"), -1);
    EXPECT_EQ(values.at("TU9B"), 1);
    EXPECT_EQ(values.at("JN9H"), std::sqrt(1 - std::exp(-2.)));
    EXPECT_EQ(values.at("E8JP"), 1);
    EXPECT_EQ(values.at("QWB0"), 2);
  }
}

// The correlation is computed from sums and differences; here by its definition.
TEST(Glcm, CorrelationAndAutocorrelationFollowTheirDefinition) {
  const RegionSummary summary = summarise_levels(ragged_region(7));
  const Glcm& m = summary.glcm.at(Aggregation::merged_3d).at(0);
  double covariance = 0, variance = 0, product = 0;
  for (const auto& [cell, count] : cells_of(m)) {
    const double p = double(count) / double(m.pair_count);
    const double i = cell.first - m.level_mean, j = cell.second - m.level_mean;
    covariance += p * i * j;
    variance += p * i * i;
    product += p * cell.first * cell.second;
  }
  const auto values = values_of(glcm_family(), summary, Aggregation::merged_3d);
  EXPECT_NEAR(values.at("NI2N"), covariance / variance, 1e-12);  // some hundred roundings
  EXPECT_NEAR(values.at("QWB0"), product, 1e-12 * product);
}

TEST(Glcm, IsNeverInfinite) {
  for (const int level_count : {1, 2, 100})
    for (const Index3& size : {Index3{1, 1, 1}, {2, 1, 1}, {1, 5, 1}, {1, 1, 5}, {3, 3, 3}})
      for (const Aggregation aggregation : directional) {
        const Region region = ragged_region(level_count, size);
        for (const auto& [code, value] :
             values_of(glcm_family(), summarise_levels(region), aggregation))
          EXPECT_FALSE(std::isinf(value)) << code;
      }
}

}  // namespace
}  // namespace radiomics
