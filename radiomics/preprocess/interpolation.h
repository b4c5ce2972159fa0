#pragma once

namespace radiomics {

/// How the value between voxels is found.
enum class Interpolation {
  nearest,  ///< that of the nearest voxel; half-way the one with the higher index
  linear,   ///< trilinear
  cubic,    ///< tricubic spline: the interpolating cubic B-spline
};

}  // namespace radiomics
