#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/directional.h"
#include "tests/support/families.h"

namespace radiomics {
namespace {

// One voxel of level 2 is one run of length 1 along every direction.
TEST(Glrlm, OfOneVoxel) {
  const RegionSummary summary = summarise_levels(uniform_region(1, 2));
  for (const Aggregation aggregation : directional) {
    SCOPED_TRACE(description(aggregation));
    const auto values = values_of(glrlm_family(), summary, aggregation);
    for (const char* code : {"22OV", "W4KF", "OVBL", "IC23", "9ZK5"})
      EXPECT_EQ(values.at(code), 1) << code;
    for (const char* code : {"V3SW", "HTZT", "IVPO"}) EXPECT_EQ(values.at(code), 1. / 4) << code;
    for (const char* code : {"G3QZ", "GD3A", "3KUM"}) EXPECT_EQ(values.at(code), 4) << code;
    for (const char* code : {"8CE5", "SXLW", "HJ9O"}) EXPECT_EQ(values.at(code), 0) << code;
    const bool all_merged = aggregation == Aggregation::merged_3d;
    const bool merged =
        aggregation == Aggregation::slice_merged_2d || aggregation == Aggregation::merged_25d;
    EXPECT_EQ(values.at("R5YN"), all_merged ? 13 : merged ? 4 : 1);
    EXPECT_EQ(values.at("W92Y"), values.at("R5YN"));
  }
}

TEST(Glrlm, OfTwoVoxelsFarApartIsThatOfEach) {
  Region region = uniform_region(3, 2);
  region.intensity = Mask(region.grid);
  region.intensity(0, 0, 0) = region.intensity(2, 2, 2) = 1;
  for (const Aggregation aggregation : directional) {
    const auto values = values_of(glrlm_family(), summarise_levels(region), aggregation);
    EXPECT_EQ(values.at("9ZK5"), 1);
    EXPECT_EQ(values.at("W4KF"), 1);
    EXPECT_EQ(values.at("HJ9O"), 0);
  }
}

// Five voxels of level 2 along y: a run of 5 along y, five runs of 1 along the other directions.
TEST(Glrlm, OfALine) {
  const Geometry grid{.size = {1, 5, 1}};
  const Region region{Image(grid, 2), Mask(grid, 1), Mask(grid, 1), grid};
  const RegionSummary summary = summarise_levels(region);
  const auto in = [&](Aggregation aggregation) {
    return values_of(glrlm_family(), summary, aggregation);
  };
  EXPECT_DOUBLE_EQ(in(Aggregation::merged_3d).at("9ZK5"), 61. / 65);
  EXPECT_DOUBLE_EQ(in(Aggregation::average_3d).at("9ZK5"), (12 + 1. / 5) / 13);
  EXPECT_DOUBLE_EQ(in(Aggregation::merged_25d).at("W4KF"), (25 + 15.) / 16);
}

TEST(Glrlm, IsAlwaysFinite) {
  for (const int level_count : {1, 2, 100})
    for (const Index3& size : {Index3{1, 1, 1}, {2, 1, 1}, {1, 5, 1}, {1, 1, 5}, {3, 3, 3}})
      for (const Aggregation aggregation : directional) {
        const Region region = ragged_region(level_count, size);
        for (const auto& [code, value] :
             values_of(glrlm_family(), summarise_levels(region), aggregation))
          EXPECT_TRUE(std::isfinite(value)) << code;
      }
}

}  // namespace
}  // namespace radiomics
