#pragma once

#include "radiomics/core/volume.h"

namespace radiomics {

/// Lengths of the principal axes of a set of voxels: 4 times the square roots of the variances of
/// the voxel centres along them. A solid ellipsoid of the same variances is sqrt(5)/2 times as
/// long.
///
/// 0 along directions in which the centres do not extend: the least axis of one slice, all but the
/// major axis of a row. NaN for a single voxel, whose sample variance is 0 / 0.
struct PrincipalAxes {
  double major_mm;
  double minor_mm;
  double least_mm;
};

/// Principal component analysis of the centres of all voxels in a mask (at least one), in mm, with
/// the covariance of a sample (divided by N - 1). Sums are exact integers, so that the result does
/// not depend on where the region lies in the grid.
/// \source IBSI TDIC, P9VJ, 7J51; the reference values need N - 1, which the manual leaves open
PrincipalAxes principal_axes(const Mask& mask);

}  // namespace radiomics
