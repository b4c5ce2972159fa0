#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/directional.h"
#include "tests/support/families.h"
#include "tests/support/ibsi.h"

namespace radiomics {
namespace {

struct Published {
  const char* code;
  std::array<double, 6> values;  ///< in the order of `directional`
};

// Source: IBSI reference manual, section 5.1, digital phantom; tolerance 0 for all.
constexpr Published published[] = {
    {"22OV", {0.641, 0.661, 0.665, 0.68, 0.705, 0.729}},
    {"W4KF", {3.78, 3.51, 3.46, 3.27, 3.06, 2.76}},
    {"V3SW", {0.604, 0.609, 0.58, 0.585, 0.603, 0.607}},
    {"G3QZ", {9.82, 9.74, 10.3, 10.2, 9.7, 9.64}},
    {"HTZT", {0.294, 0.311, 0.296, 0.312, 0.352, 0.372}},
    {"GD3A", {8.57, 8.67, 9.03, 9.05, 8.54, 8.67}},
    {"IVPO", {3.14, 2.92, 2.79, 2.63, 2.39, 2.16}},
    {"3KUM", {17.4, 16.1, 17.9, 17, 17.6, 15.6}},
    {"R5YN", {5.2, 20.5, 19.5, 77.1, 21.8, 281}},
    {"OVBL", {0.46, 0.456, 0.413, 0.412, 0.43, 0.43}},
    {"W92Y", {6.12, 21.6, 22.3, 83.2, 26.9, 328}},
    {"IC23", {0.492, 0.441, 0.461, 0.445, 0.513, 0.501}},
    {"9ZK5", {0.627, 0.627, 0.632, 0.632, 0.68, 0.68}},
    {"8CE5", {3.35, 3.37, 3.58, 3.59, 3.46, 3.48}},
    {"SXLW", {0.761, 0.778, 0.758, 0.767, 0.574, 0.598}},
    {"HJ9O", {2.17, 2.57, 2.52, 2.76, 2.43, 2.62}},
};

TEST(Glrlm, MatchesIbsiOnTheDigitalPhantom) {
  const RegionSummary summary = summarise_levels(digital_phantom());
  EXPECT_EQ(std::size(published), glrlm_family().definitions.size());
  for (std::size_t i = 0; i < directional.size(); ++i) {
    const auto found = values_of(glrlm_family(), summary, directional[i]);
    for (const auto& [code, values] : published) {
      SCOPED_TRACE(std::string(code) + " " + std::string(description(directional[i])));
      expect_ibsi(found.at(code), values[i], 0);
    }
  }
}

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
