#include <gtest/gtest.h>

#include "tests/support/spatial.h"

namespace radiomics {
namespace {

// Voxels of a level are near the border of the outline, however few of them are left in the
// intensity mask: a shell of outliers around the only other level leaves that in the middle.
TEST(Gldzm, MeasuresDistancesInTheMorphologicalMask) {
  Region region = uniform_region(5);
  for (auto& voxel : region.intensity.voxels()) voxel = 0;
  region.intensity(2, 2, 2) = 1;
  const auto values = values_of(gldzm_family(), summarise_levels(region), Aggregation::volume_3d);
  EXPECT_EQ(values.at("MB4I"), 9);  // distance 3
  EXPECT_EQ(values.at("VIWW"), 1);  // one zone, one voxel
}

TEST(Gldzm, OfOneZone) {
  const RegionSummary summary = summarise_levels(uniform_region(3, 2));
  const auto values = values_of(gldzm_family(), summary, Aggregation::volume_3d);
  for (const char* code : {"0GBI", "MB4I", "VFT7", "7HP3", "V294", "IATH"})
    EXPECT_EQ(values.at(code), 1) << code;
  EXPECT_EQ(values.at("KLTH"), 4);
  EXPECT_DOUBLE_EQ(values.at("VIWW"), 1.0 / 27);
  for (const char* code : {"QK93", "7WT1", "GBDU"}) EXPECT_EQ(values.at(code), 0) << code;
}

}  // namespace
}  // namespace radiomics
