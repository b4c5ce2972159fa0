#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>

#include "radiomics/core/volume.h"

namespace radiomics {

/// Every voxel inside with the given probability; the same for the same seed.
inline Mask random_mask(const Index3& size, double probability, unsigned seed,
                        const Vector3& spacing_mm = {1, 1, 1}) {
  Mask mask(Geometry{.size = size, .spacing_mm = spacing_mm});
  std::mt19937 random(seed);
  for (auto& voxel : mask.voxels()) voxel = random() < probability * 4294967296.0;
  return mask;
}

/// The voxels whose centres lie within an ellipsoid around the middle of the grid.
inline Mask ellipsoid(const Vector3& semi_axes_mm, const Geometry& grid) {
  Mask mask(grid);
  const auto squared = [&](int axis, int i) {
    const double d = (i - (grid.size[axis] - 1) / 2.0) * grid.spacing_mm[axis] / semi_axes_mm[axis];
    return d * d;
  };
  for (int z = 0; z < grid.size[2]; ++z)
    for (int y = 0; y < grid.size[1]; ++y)
      for (int x = 0; x < grid.size[0]; ++x)
        mask(x, y, z) = squared(0, x) + squared(1, y) + squared(2, z) <= 1;
  return mask;
}

/// A mask of single voxels.
inline Mask voxels_at(std::initializer_list<Index3> voxels, const Geometry& grid) {
  Mask mask(grid);
  for (const auto& [x, y, z] : voxels) mask(x, y, z) = 1;
  return mask;
}

}  // namespace radiomics
