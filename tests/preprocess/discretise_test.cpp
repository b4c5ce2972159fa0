#include "radiomics/preprocess/discretise.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "tests/support/regions.h"

namespace radiomics {
namespace {

/// A row of voxels with these intensities, all inside.
Region row_of(const std::vector<double>& intensities) {
  const Geometry grid{.size = {int(intensities.size()), 1, 1}};
  Region region{Image(grid), Mask(grid, 1), Mask(grid, 1), grid};
  std::ranges::copy(intensities, region.image.voxels().begin());
  return region;
}

std::vector<int> levels_of(const GreyLevels& grey) {
  std::vector<int> levels;
  for (int x = 1; x < grey.levels.geometry().size[0] - 1; ++x)
    levels.push_back(grey.levels(x, 1, 1));
  return levels;
}

TEST(Discretise, PutsALowerEdgeIntoItsBin) {
  const GreyLevels grey =
      discretise(row_of({-1000, -975.001, -975}), FixedBinSize{.width = 25, .first_edge = -1000});
  EXPECT_EQ(levels_of(grey), (std::vector{1, 1, 2}));
  EXPECT_EQ(grey.level_count, 2);
  EXPECT_EQ(grey.below_first_edge, 0u);
}

TEST(Discretise, CountsWhatLiesBelowTheFirstBin) {
  const GreyLevels grey =
      discretise(row_of({-1024, -1000.5, 0}), FixedBinSize{.width = 500, .first_edge = -1000});
  EXPECT_EQ(levels_of(grey), (std::vector{1, 1, 3}));
  EXPECT_EQ(grey.below_first_edge, 2u);
  EXPECT_EQ(discretise(row_of({-2000}), FixedBinSize{}).level_count, 1);
}

TEST(Discretise, DividesTheRangeOfTheRegion) {
  const GreyLevels grey = discretise(row_of({10, 14.9, 15, 19.9, 20}), FixedBinNumber{2});
  EXPECT_EQ(levels_of(grey), (std::vector{1, 1, 2, 2, 2})) << "the maximum has no bin of its own";
  EXPECT_EQ(grey.level_count, 2);
  EXPECT_EQ(levels_of(discretise(row_of({7, 7}), FixedBinNumber{32})), (std::vector{1, 1}));
}

TEST(Discretise, TakesLevelsAsTheyAre) {
  const GreyLevels grey = discretise(row_of({3, 1, 7}), NoBins{});
  EXPECT_EQ(levels_of(grey), (std::vector{3, 1, 7}));
  EXPECT_EQ(grey.level_count, 7);
  for (const double no_level : {0.0, -1.0, 1.5, max_level_count + 1.0})
    EXPECT_THROW(discretise(row_of({1, no_level}), NoBins{}), Error) << no_level;
  Region region = row_of({1, 0});
  region.intensity(1, 0, 0) = 0;
  EXPECT_NO_THROW(discretise(region, NoBins{})) << "what lies outside does not matter";
}

TEST(Discretise, LooksOnlyInsideTheMask) {
  Region region = row_of({0, 1, 1000});
  region.intensity(2, 0, 0) = 0;
  EXPECT_EQ(levels_of(discretise(region, FixedBinNumber{2})), (std::vector{1, 2, 0}));
}

TEST(Discretise, LeavesABorderOfZeros) {
  const GreyLevels grey = discretise(uniform_region(1), FixedBinSize{.width = 1, .first_edge = 0});
  EXPECT_EQ(grey.levels.geometry().size, (Index3{3, 3, 3}));
  EXPECT_EQ(grey.levels.geometry().origin_mm, (Vector3{-1, -1, -1}));
  int sum = 0;
  for (const auto level : grey.levels.voxels()) sum += level;
  EXPECT_EQ(sum, grey.levels(1, 1, 1));
}

TEST(Discretise, RefusesBinsThatMakeNoSense) {
  EXPECT_THROW(discretise(uniform_region(1), FixedBinSize{.width = 0}), Error);
  EXPECT_THROW(discretise(uniform_region(1), FixedBinSize{.width = -25}), Error);
  EXPECT_THROW(discretise(uniform_region(1), FixedBinNumber{0}), Error);
  EXPECT_THROW(discretise(uniform_region(1), FixedBinNumber{max_level_count + 1}), Error);
  const FixedBinSize ones{.width = 1, .first_edge = 1};
  EXPECT_THROW(discretise(uniform_region(1, max_level_count + 1), ones), Error);
  EXPECT_EQ(discretise(uniform_region(1, max_level_count), ones).level_count, max_level_count);
}

}  // namespace
}  // namespace radiomics
