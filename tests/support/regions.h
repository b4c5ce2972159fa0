#pragma once

#include "radiomics/core/mask_runs.h"
#include "radiomics/core/region.h"
#include "radiomics/pipeline/digital_phantom.h"

namespace radiomics {

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
