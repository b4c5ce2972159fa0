#pragma once

#include <array>

#include "radiomics/core/region.h"

namespace radiomics {

/// A volume in the middle of a larger grid that has its origin: the volume has moved.
template <class T>
Volume<T> padded(const Volume<T>& volume, const Index3& before, const Index3& after, T fill = T{}) {
  Geometry grid = volume.geometry();
  for (int axis = 0; axis < 3; ++axis) grid.size[axis] += before[axis] + after[axis];
  Volume<T> result(grid, fill);
  const Index3 size = volume.geometry().size;
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x)
        result(x + before[0], y + before[1], z + before[2]) = volume(x, y, z);
  return result;
}

/// The same region elsewhere in a larger grid, with `around` as intensity of what is new.
inline Region padded(const Region& region, const Index3& before, const Index3& after,
                     double around = 0) {
  Region result{padded(region.image, before, after, around),
                padded(region.morphological, before, after),
                padded(region.intensity, before, after),
                {},
                region.range};
  result.grid = result.image.geometry();
  return result;
}

/// The same voxels with the axes in another order and some of them backwards: axis i of the result
/// is axis order[i] of the volume.
template <class T>
Volume<T> reoriented(const Volume<T>& volume, const Index3& order,
                     const std::array<bool, 3>& backwards = {}) {
  const Geometry& from = volume.geometry();
  Geometry grid;
  for (int axis = 0; axis < 3; ++axis) {
    grid.size[axis] = from.size[order[axis]];
    grid.spacing_mm[axis] = from.spacing_mm[order[axis]];
  }
  Volume<T> result(grid);
  Index3 to;
  for (to[2] = 0; to[2] < grid.size[2]; ++to[2])
    for (to[1] = 0; to[1] < grid.size[1]; ++to[1])
      for (to[0] = 0; to[0] < grid.size[0]; ++to[0]) {
        Index3 source;
        for (int axis = 0; axis < 3; ++axis)
          source[order[axis]] = backwards[axis] ? grid.size[axis] - 1 - to[axis] : to[axis];
        result(to[0], to[1], to[2]) = volume(source[0], source[1], source[2]);
      }
  return result;
}

inline Region reoriented(const Region& region, const Index3& order,
                         const std::array<bool, 3>& backwards = {}) {
  Region result{reoriented(region.image, order, backwards),
                reoriented(region.morphological, order, backwards),
                reoriented(region.intensity, order, backwards),
                {},
                region.range};
  result.grid = result.image.geometry();
  return result;
}

}  // namespace radiomics
