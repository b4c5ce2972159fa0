#include <gtest/gtest.h>

#include "tests/support/spatial.h"

namespace radiomics {
namespace {

// Source: IBSI reference manual, section 5.1, digital phantom: 2D, 2.5D, 3D.
TEST(Gldzm, MatchesIbsiOnTheDigitalPhantom) {
  const SpatialValues published[] = {
      {"0GBI", 0.946, 0.917, 1},     {"MB4I", 1.21, 1.33, 1},       {"S1RA", 0.371, 0.368, 0.253},
      {"K26C", 16.4, 16.2, 15.6},    {"RUVG", 0.367, 0.362, 0.253}, {"DKNJ", 15.2, 14.3, 15.6},
      {"A7WM", 0.386, 0.391, 0.253}, {"KLTH", 21.3, 23.7, 15.6},    {"VFT7", 1.41, 5.44, 1.4},
      {"7HP3", 0.323, 0.302, 0.28},  {"V294", 3.79, 14.4, 5},       {"IATH", 0.898, 0.802, 1},
      {"VIWW", 0.24, 0.243, 0.0676}, {"QK93", 3.97, 3.92, 2.64},    {"7WT1", 0.051, 0.0988, 0},
      {"GBDU", 1.73, 2, 1.92},
  };
  expect_on_digital_phantom(gldzm_family(), published);
}

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
