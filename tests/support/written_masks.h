#pragma once

#include <random>
#include <string>
#include <vector>

#include "radiomics/core/mask_runs.h"
#include "radiomics/io/named_mask.h"

namespace radiomics {

/// A mask of the whole grid, cut to the box of its voxels as readers do.
inline MaskWindow cut_to_box(const Mask& mask) {
  const Box box = bounding_box(mask);
  return {mask.geometry(), box, crop(mask, box)};
}

/// A region of random voxels in a box, and the box's first and last voxel: it fills the box.
inline NamedMask random_region(const std::string& name, const Geometry& grid, const Box& box,
                               unsigned seed) {
  std::mt19937 random(seed);
  Mask mask(grid);
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x) mask(x, y, z) = random() % 3 == 0;
  mask(box.first[0], box.first[1], box.first[2]) = 1;
  mask(box.last[0], box.last[1], box.last[2]) = 1;
  return {name, cut_to_box(mask)};
}

/// The voxels of a window as bytes, for a comparison.
inline std::vector<std::uint8_t> bytes_of(const MaskWindow& mask) {
  return {mask.volume.voxels().begin(), mask.volume.voxels().end()};
}

}  // namespace radiomics
