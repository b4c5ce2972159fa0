#pragma once

#include "radiomics/core/region.h"

namespace radiomics {

/// The IBSI digital phantom: 5 x 4 x 4 voxels of 2 mm with the intensities 1, 3, 4, 6, and 1 or 9
/// in the six voxels outside the region, at which only local intensity may look. Source: IBSI
/// reference manual, section 5.1; https://github.com/theibsi/data_sets (CC BY 4.0).
inline Region digital_phantom() {
  static constexpr int intensities[4][4][5] = {
      {{1, 4, 4, 1, 1}, {1, 4, 6, 1, 1}, {4, 1, 6, 4, 1}, {4, 4, 6, 4, 1}},
      {{1, 4, 4, 1, 1}, {1, 1, 6, 1, 1}, {1, 1, 3, 1, 1}, {4, 4, 6, 1, 1}},
      {{1, 4, 4, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 9, 1, 1}, {1, 1, 6, 1, 1}},
      {{1, 4, 4, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 6, 1, 1}},
  };
  const Geometry grid{.size = {5, 4, 4}, .spacing_mm = {2, 2, 2}};
  Region region{Image(grid), Mask(grid, 1), {}, grid};
  for (int z = 0; z < 4; ++z)
    for (int y = 0; y < 4; ++y)
      for (int x = 0; x < 5; ++x) region.image(x, y, z) = intensities[z][y][x];
  for (const auto& [x, y, z] :
       {Index3{0, 2, 1}, {3, 0, 2}, {4, 0, 2}, {2, 2, 2}, {3, 0, 3}, {4, 0, 3}})
    region.morphological(x, y, z) = 0;
  region.intensity = region.morphological;
  return region;
}

/// A cube of `size` voxels a side that all have one intensity.
inline Region uniform_region(int size, double intensity = 1) {
  const Geometry grid{.size = {size, size, size}};
  return {Image(grid, intensity), Mask(grid, 1), Mask(grid, 1), grid};
}

/// The whole of a volume as a window of itself.
template <class T>
Window<T> as_window(const Volume<T>& volume) {
  return {volume.geometry(), whole(volume.geometry()), volume};
}

/// A mask cut to its bounding box, as readers give it.
inline MaskWindow cut_to_its_box(const Mask& mask) {
  const Box box = bounding_box(mask);
  return {mask.geometry(), box, crop(mask, box)};
}

}  // namespace radiomics
