#pragma once

#include <cstddef>

#include "radiomics/core/volume.h"

namespace radiomics {

/// How far a voxel may be from a limit and still be taken to lie on it: more than what spacings
/// lose in files that keep floats, far less than any spacing.
inline constexpr double shell_tolerance_mm = 1e-5;

/// The voxels around a region, and how many more there would be if the image went on.
struct Shell {
  MaskWindow mask;  ///< cut to its box; an empty box if no voxel of the image lies there
  std::size_t voxels_inside_image = 0;
  std::size_t voxels_beyond_image = 0;
};

/// The voxels outside a region whose centre is more than `inner_mm` and at most `outer_mm` away
/// from the nearest centre of a voxel of the region: Euclidean distances in mm along the axes of
/// the grid. Shells 0-3 mm and 3-6 mm share no voxel, and together they are the shell 0-6 mm.
///
/// Distances are between centres because a mask says of a voxel only that its centre was inside;
/// the surface of the region lies up to half a voxel further out. A shell that is thinner than the
/// spacing along an axis has no voxel there.
///
/// Time: linear in the voxels of the region's box grown by `outer_mm`. Memory: one byte for each of
/// them that lies in the image, four for each voxel of the region's box, and a slice of distances.
/// \param region  at least one voxel inside
/// \param inner_mm, outer_mm  0 <= inner < outer
Shell shell_around(const MaskWindow& region, double inner_mm, double outer_mm);

}  // namespace radiomics
