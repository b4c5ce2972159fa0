#include "radiomics/preprocess/shell.h"

#include <cassert>
#include <cmath>
#include <span>

#include "radiomics/preprocess/distance_slices.h"
#include "radiomics/preprocess/mask_algebra.h"

namespace radiomics {
namespace {

double squared(double value) { return value * value; }

/// Where the shell can lie, also beyond the grid, and the same on the grid.
struct Reach {
  Box box, in_image;
};

Reach reach_of(const MaskWindow& region, double outer_mm) {
  Reach reach{region.box, {}};
  Index3 margin;
  for (int axis = 0; axis < 3; ++axis) {
    margin[axis] = int(std::floor((outer_mm + shell_tolerance_mm) / region.grid.spacing_mm[axis]));
    reach.box.first[axis] -= margin[axis];
    reach.box.last[axis] += margin[axis];
  }
  reach.in_image = grown(region.box, margin, region.grid);
  return reach;
}

bool holds(const Box& box, const Index3& voxel) {
  for (int axis = 0; axis < 3; ++axis)
    if (voxel[axis] < box.first[axis] || voxel[axis] > box.last[axis]) return false;
  return true;
}

}  // namespace

Shell shell_around(const MaskWindow& region, double inner_mm, double outer_mm) {
  assert(0 <= inner_mm && inner_mm < outer_mm);
  const double inner_mm2 = inner_mm == 0 ? 0 : squared(inner_mm + shell_tolerance_mm);
  const double outer_mm2 = squared(outer_mm + shell_tolerance_mm);
  const Reach reach = reach_of(region, outer_mm);
  const Box &box = reach.box, &in_image = reach.in_image;
  DistanceSlices distances(region, box, outer_mm + 2 * shell_tolerance_mm);
  Shell shell{{region.grid, in_image, Mask(window(region.grid, in_image))}};
  for (int z = box.first[2]; z <= box.last[2]; ++z) {
    const double* distance_mm2 = distances.slice(z).data();
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x, ++distance_mm2) {
        if (*distance_mm2 <= inner_mm2 || *distance_mm2 > outer_mm2) continue;
        const bool inside = holds(in_image, {x, y, z});
        ++(inside ? shell.voxels_inside_image : shell.voxels_beyond_image);
        if (inside)
          shell.mask.volume(x - in_image.first[0], y - in_image.first[1], z - in_image.first[2]) =
              1;
      }
  }
  trim(shell.mask);
  return shell;
}

}  // namespace radiomics
