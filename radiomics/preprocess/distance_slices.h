#pragma once

#include <span>
#include <vector>

#include "radiomics/core/volume.h"

namespace radiomics {

/// Squared Euclidean distances in mm² from centres of voxels to the nearest centre of a voxel of a
/// region (0 inside it), exact: the value is the least over the voxels of the region of
/// ((dz sz)² + (dx sx)²) + (dy sy)² in double precision, whatever the spacing. Slices are made one
/// after the other, so that no volume of distances is ever held.
///
/// Time: linear in the voxels of region and box. Memory: four bytes per voxel of the region's
/// window, and one slice.
/// \source A. Meijster, J. Roerdink, W. Hesselink, A general algorithm for computing distance
///         transforms in linear time, 2000, doi:10.1007/0-306-47025-X_36; the envelope of parabolas
///         as in P. Felzenszwalb, D. Huttenlocher, doi:10.4086/toc.2012.v008a019
class DistanceSlices {
 public:
  /// \param region    at least one voxel inside
  /// \param box       voxels of the region's grid that are asked about; may lie outside the grid
  /// \param limit_mm  distances above may be given as infinite, which saves time
  DistanceSlices(const MaskWindow& region, const Box& box, double limit_mm);

  /// The squared distances in slice z of the grid, row after row of the box; they hold until the
  /// next call.
  std::span<const double> slice(int z);

 private:
  int steps_along_z(std::size_t column, int z) const;
  void measure_row(int y, int z);
  void measure_columns();

  Vector3 spacing_mm_;
  Box region_, box_;
  double limit_mm2_;
  std::vector<int> steps_;  ///< slices to the nearest voxel above or below; of the region's window
  std::vector<double> rows_;  ///< distances within (x, z), for the rows of the region
  std::vector<double> slice_;
};

}  // namespace radiomics
