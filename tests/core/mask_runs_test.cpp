#include "radiomics/core/mask_runs.h"

#include <random>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

/// Rows of all lengths around eight, the number of voxels that are looked at together. What is
/// inside is not 0, whatever its value.
Mask random_mask(int width, double inside) {
  std::mt19937 random(7);
  Mask mask(Geometry{.size = {width, 9, 7}});
  for (auto& voxel : mask.voxels())
    if (double(random()) < inside * double(std::mt19937::max())) voxel = random() % 2 ? 1 : 255;
  return mask;
}

TEST(MaskRuns, AreTheVoxelsInsideInTheirOrder) {
  for (int width = 1; width <= 26; ++width)
    for (const double inside : {0.0, 0.03, 0.5, 0.97, 1.0}) {
      const Mask mask = random_mask(width, inside);
      std::vector<std::size_t> expected, found;
      for (std::size_t i = 0; i < mask.voxels().size(); ++i)
        if (mask.voxels()[i]) expected.push_back(i);
      for_each_run(mask, [&](const MaskRun& run) {
        for (int x = run.first; x <= run.last; ++x) found.push_back(mask.index(x, run.y, run.z));
        EXPECT_TRUE(run.first == 0 || !mask(run.first - 1, run.y, run.z)) << "a run is whole";
      });
      EXPECT_EQ(found, expected) << width << " " << inside;
      EXPECT_EQ(voxels_inside(mask), expected.size());
    }
}

TEST(BoundingBox, HoldsAllVoxelsAndNoMore) {
  const Geometry grid{.size = {6, 5, 4}};
  Mask mask(grid);
  EXPECT_TRUE(bounding_box(mask).empty());
  mask(2, 3, 1) = 1;
  EXPECT_EQ(bounding_box(mask), (Box{{2, 3, 1}, {2, 3, 1}}));
  mask(4, 1, 2) = mask(3, 2, 2) = 1;
  EXPECT_EQ(bounding_box(mask), (Box{{2, 1, 1}, {4, 3, 2}}));
  EXPECT_EQ(bounding_box(Mask(grid, 1)), whole(grid));
}

}  // namespace
}  // namespace radiomics
