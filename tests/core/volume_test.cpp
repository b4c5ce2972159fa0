#include "radiomics/core/volume.h"

#include <numeric>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

const Geometry grid{.size = {6, 5, 4}, .spacing_mm = {1, 2, 3}, .origin_mm = {10, 20, 30}};

TEST(Volume, RunsFastestAlongX) {
  Volume<int> volume(grid);
  std::iota(volume.voxels().begin(), volume.voxels().end(), 0);
  EXPECT_EQ(volume(1, 0, 0), 1);
  EXPECT_EQ(volume(0, 1, 0), 6);
  EXPECT_EQ(volume(0, 0, 1), 30);
}

TEST(Crop, KeepsValuesAndPlace) {
  Volume<int> volume(grid);
  std::iota(volume.voxels().begin(), volume.voxels().end(), 0);
  const Volume<int> part = crop(volume, {{2, 1, 1}, {4, 3, 2}});
  EXPECT_EQ(part.geometry().size, (Index3{3, 3, 2}));
  EXPECT_EQ(part.geometry().origin_mm, (Vector3{12, 22, 33}));
  for (int z = 0; z < 2; ++z)
    for (int y = 0; y < 3; ++y)
      for (int x = 0; x < 3; ++x) EXPECT_EQ(part(x, y, z), volume(x + 2, y + 1, z + 1));
}

}  // namespace
}  // namespace radiomics
