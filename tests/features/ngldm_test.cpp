#include <gtest/gtest.h>

#include "tests/support/spatial.h"

namespace radiomics {
namespace {

TEST(Ngldm, OfOneVoxel) {
  const RegionSummary summary = summarise_levels(uniform_region(1, 3));
  for (const Aggregation aggregation : spatial_aggregations) {
    const auto values = values_of(ngldm_family(), summary, aggregation);
    for (const char* code : {"SODN", "IMOQ", "FP8K", "5SPA", "Z87G", "OKJI", "6XV8", "CAS9"})
      EXPECT_EQ(values.at(code), 1) << code;
    EXPECT_EQ(values.at("OAE7"), 9);
    for (const char* code : {"1PFV", "DNX2", "FCBV"}) EXPECT_EQ(values.at(code), 0) << code;
  }
}

// A bar of four voxels of one level: the ends have a dependence of 2, the others of 3.
TEST(Ngldm, OfABar) {
  const Geometry grid{.size = {4, 1, 1}};
  const Region bar{Image(grid, 1), Mask(grid, 1), Mask(grid, 1), grid};
  const auto values = values_of(ngldm_family(), summarise_levels(bar), Aggregation::volume_3d);
  EXPECT_DOUBLE_EQ(values.at("SODN"), (1 / 4.0 + 1 / 9.0) / 2);
  EXPECT_EQ(values.at("IMOQ"), 6.5);
  EXPECT_EQ(values.at("DNX2"), 0.25);
  EXPECT_EQ(values.at("FCBV"), 1);
  EXPECT_EQ(values.at("CAS9"), 0.5);
}

}  // namespace
}  // namespace radiomics
