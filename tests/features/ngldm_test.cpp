#include <gtest/gtest.h>

#include "tests/support/spatial.h"

namespace radiomics {
namespace {

// Source: IBSI reference manual, section 5.1, digital phantom: 2D, 2.5D, 3D.
TEST(Ngldm, MatchesIbsiOnTheDigitalPhantom) {
  const SpatialValues published[] = {
      {"SODN", 0.158, 0.159, 0.045},
      {"IMOQ", 19.2, 18.8, 109},
      {"TL9H", 0.702, 0.693, 0.693},
      {"OAE7", 7.49, 7.66, 7.66},
      {"EQ3F", 0.0473, 0.0477, 0.00963},
      {"JA6D", 3.06, 3.07, 0.736},
      {"NBZI", 17.6, 17.2, 102},
      {"9QMG", 49.5, 50.8, 235},
      {"FP8K", 10.2, 37.9, 37.9},
      {"5SPA", 0.562, 0.512, 0.512},
      {"Z87G", 3.96, 12.4, 4.86},
      {"OKJI", 0.212, 0.167, 0.0657},
      {"6XV8", 1, 1, 1},
      {"1PFV", 2.7, 3.05, 3.05},
      {"DNX2", 2.73, 3.27, 22.1},
      {"FCBV", 2.71, 3.36, 4.4},
      {"CAS9", 0.17, 0.122, 0.0533},
  };
  expect_on_digital_phantom(ngldm_family(), published);
}

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
