#include "radiomics/preprocess/mask_algebra.h"

#include <gtest/gtest.h>

#include "tests/support/written_masks.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {20, 17, 11}, .spacing_mm = {0.7, 1.1, 3}, .origin_mm = {-3, 5, 7}};

std::vector<MaskWindow> examples() {
  return {random_region("", grid, {{0, 0, 0}, {6, 5, 4}}, 1).mask,
          random_region("", grid, {{4, 3, 2}, {12, 9, 9}}, 2).mask,
          random_region("", grid, {{15, 12, 8}, {19, 16, 10}}, 3).mask,
          random_region("", grid, {{2, 2, 1}, {3, 3, 2}}, 4).mask};
}

/// All voxels of the grid, one byte for each: what a set is, whatever its box.
std::vector<std::uint8_t> on_grid(const MaskWindow& mask) {
  Mask all(grid);
  for_each_run(mask.volume, [&](const MaskRun& run) {
    for (int x = run.first; x <= run.last; ++x)
      all(mask.box.first[0] + x, mask.box.first[1] + run.y, mask.box.first[2] + run.z) = 1;
  });
  return {all.voxels().begin(), all.voxels().end()};
}

MaskWindow united(MaskWindow a, const MaskWindow& b) {
  unite(a, b);
  return a;
}

MaskWindow without(MaskWindow a, const MaskWindow& b) {
  subtract(a, b);
  return a;
}

template <class Combine>
void expect_voxelwise(const MaskWindow& result, const MaskWindow& a, const MaskWindow& b,
                      Combine combine) {
  const auto of_a = on_grid(a), of_b = on_grid(b), found = on_grid(result);
  for (std::size_t i = 0; i < found.size(); ++i)
    ASSERT_EQ(bool(found[i]), combine(bool(of_a[i]), bool(of_b[i]))) << i;
}

TEST(MaskAlgebra, IsVoxelByVoxel) {
  for (const MaskWindow& a : examples())
    for (const MaskWindow& b : examples()) {
      expect_voxelwise(united(a, b), a, b, [](bool p, bool q) { return p || q; });
      expect_voxelwise(without(a, b), a, b, [](bool p, bool q) { return p && !q; });
    }
}

TEST(MaskAlgebra, UnionDoesNotDependOnTheOrder) {
  const auto masks = examples();
  const MaskWindow one = united(united(united(masks[0], masks[1]), masks[2]), masks[3]);
  const MaskWindow other = united(masks[3], united(masks[2], united(masks[1], masks[0])));
  EXPECT_EQ(one.box, other.box);
  EXPECT_EQ(bytes_of(one), bytes_of(other));
  EXPECT_EQ(one.box, (Box{{0, 0, 0}, {19, 16, 10}}));
}

TEST(MaskAlgebra, NothingIsTheNeutralElement) {
  const MaskWindow a = examples()[1];
  MaskWindow nothing = without(a, a);
  trim(nothing);
  EXPECT_TRUE(nothing.box.empty());
  EXPECT_EQ(on_grid(united(a, nothing)), on_grid(a));
  EXPECT_EQ(on_grid(united(MaskWindow{}, a)), on_grid(a));
  EXPECT_EQ(on_grid(without(a, nothing)), on_grid(a));
  trim(nothing);
  EXPECT_TRUE(nothing.box.empty());
}

TEST(MaskAlgebra, TrimCutsToTheVoxels) {
  const auto masks = examples();
  MaskWindow back = without(united(masks[3], masks[2]), masks[3]);
  trim(back);
  EXPECT_EQ(back.box, masks[2].box);
  EXPECT_EQ(bytes_of(back), bytes_of(masks[2]));
  EXPECT_EQ(back.volume.geometry(), window(grid, masks[2].box));
  EXPECT_EQ(back.grid, grid);
}

}  // namespace
}  // namespace radiomics
