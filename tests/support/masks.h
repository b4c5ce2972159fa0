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

/// A mask in the middle of a larger grid.
inline Mask padded(const Mask& mask, const Index3& before, const Index3& after) {
  Geometry grid = mask.geometry();
  for (int axis = 0; axis < 3; ++axis) grid.size[axis] += before[axis] + after[axis];
  Mask result(grid);
  const Index3 size = mask.geometry().size;
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x)
        result(x + before[0], y + before[1], z + before[2]) = mask(x, y, z);
  return result;
}

/// The same voxels with the axes in another order and some of them backwards: axis i of the result
/// is axis order[i] of the mask.
inline Mask reoriented(const Mask& mask, const Index3& order,
                       const std::array<bool, 3>& backwards) {
  const Geometry& from = mask.geometry();
  Geometry grid;
  for (int axis = 0; axis < 3; ++axis) {
    grid.size[axis] = from.size[order[axis]];
    grid.spacing_mm[axis] = from.spacing_mm[order[axis]];
  }
  Mask result(grid);
  Index3 to;
  for (to[2] = 0; to[2] < grid.size[2]; ++to[2])
    for (to[1] = 0; to[1] < grid.size[1]; ++to[1])
      for (to[0] = 0; to[0] < grid.size[0]; ++to[0]) {
        Index3 source;
        for (int axis = 0; axis < 3; ++axis)
          source[order[axis]] = backwards[axis] ? grid.size[axis] - 1 - to[axis] : to[axis];
        result(to[0], to[1], to[2]) = mask(source[0], source[1], source[2]);
      }
  return result;
}

}  // namespace radiomics
