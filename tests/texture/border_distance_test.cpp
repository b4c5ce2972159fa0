#include "radiomics/texture/border_distance.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "tests/support/masks.h"

namespace radiomics {
namespace {

using Distances = Volume<std::uint16_t>;

TEST(BorderDistance, CountsErosionsInASlice) {
  Mask square(Geometry{.size = {4, 4, 1}}, 1);
  EXPECT_EQ(border_distances(square).in_slice(2, 2, 1), 2);
  square(0, 0, 0) = 0;  // touches a corner only: voxel (1, 1) stays two steps from the outside
  EXPECT_EQ(border_distances(square).in_slice(2, 2, 1), 2);
  EXPECT_EQ(border_distances(square).in_volume(2, 2, 1), 1);
}

TEST(BorderDistance, IsOneAtTheBorderOfTheImage) {
  const BorderDistances cube = border_distances(Mask(Geometry{.size = {5, 5, 5}}, 1));
  EXPECT_EQ(cube.in_volume(3, 3, 3), 3);
  EXPECT_EQ(cube.in_volume(3, 3, 1), 1);
  EXPECT_EQ(cube.in_slice(3, 3, 1), 3);
  EXPECT_EQ(cube.in_volume(3, 3, 0), 0);
}

/// Peels one layer after the other off the mask.
Distances erode_repeatedly(Mask mask, bool across_slices) {
  const Index3 size = mask.geometry().size;
  const auto inside = [&](const Mask& m, int x, int y, int z) {
    return x >= 0 && y >= 0 && z >= 0 && x < size[0] && y < size[1] && z < size[2] && m(x, y, z);
  };
  Distances result(mask.geometry());
  for (std::uint16_t layer = 1; !bounding_box(mask).empty(); ++layer) {
    const Mask before = mask;
    for (int z = 0; z < size[2]; ++z)
      for (int y = 0; y < size[1]; ++y)
        for (int x = 0; x < size[0]; ++x) {
          if (!before(x, y, z)) continue;
          const bool kept =
              inside(before, x - 1, y, z) && inside(before, x + 1, y, z) &&
              inside(before, x, y - 1, z) && inside(before, x, y + 1, z) &&
              (!across_slices || (inside(before, x, y, z - 1) && inside(before, x, y, z + 1)));
          mask(x, y, z) = kept;
          if (!kept) result(x, y, z) = layer;
        }
  }
  return result;
}

void expect_equal_inside(const Distances& bordered, const Distances& plain, int border) {
  const Index3 size = plain.geometry().size;
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x)
        ASSERT_EQ(bordered(x + border, y + border, z + border), plain(x, y, z))
            << x << ' ' << y << ' ' << z;
}

TEST(BorderDistance, EqualsRepeatedErosion) {
  for (const double probability : {0.5, 0.9, 0.99, 1.0})
    for (const int border : {1, 2}) {
      const Mask mask = random_mask({13, 9, 11}, probability, 7);
      const BorderDistances distances = border_distances(mask, border);
      expect_equal_inside(distances.in_slice, erode_repeatedly(mask, false), border);
      expect_equal_inside(distances.in_volume, erode_repeatedly(mask, true), border);
    }
}

TEST(BorderDistance, HasABorderOfZeros) {
  const BorderDistances distances = border_distances(random_mask({3, 4, 5}, 0.8, 3), 2);
  EXPECT_EQ(distances.in_slice.geometry().size, (Index3{7, 8, 9}));
  Mask positive(distances.in_slice.geometry());
  std::ranges::copy(distances.in_slice.voxels(), positive.voxels().begin());
  const Box box = bounding_box(positive);
  for (int axis = 0; axis < 3; ++axis) {
    EXPECT_GE(box.first[axis], 2);
    EXPECT_LT(box.last[axis], distances.in_slice.geometry().size[axis] - 2);
  }
}

TEST(BorderDistance, IsFoundForWhatIsAsked) {
  const Mask mask = random_mask({6, 7, 8}, 0.9, 5);
  const auto values = [](const Distances& distances) {
    return std::vector(distances.voxels().begin(), distances.voxels().end());
  };
  const BorderDistances all = border_distances(mask);
  const auto in_slice = border_distances(mask, 1, std::array{Aggregation::slices_merged_25d});
  EXPECT_EQ(values(in_slice.in_slice), values(all.in_slice));
  EXPECT_TRUE(in_slice.in_volume.voxels().empty());
  const auto in_volume = border_distances(mask, 1, std::array{Aggregation::volume_3d});
  EXPECT_EQ(values(in_volume.in_volume), values(all.in_volume));
  EXPECT_TRUE(in_volume.in_slice.voxels().empty());
}

}  // namespace
}  // namespace radiomics
