#pragma once

#include <string>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// Where the pixels of a frame lie in the patient frame.
struct FramePlane {
  int rows = 0;
  int columns = 0;
  Vector3 position_mm{};     ///< of the first pixel's centre
  Vector3 column_step_mm{};  ///< from one column to the next
  Vector3 row_step_mm{};     ///< from one row to the next
};

/// Which voxels of a grid the pixels of a frame are.
struct FramePlacement {
  Index3 first{};        ///< of the first pixel; may lie outside the grid
  Index3 column_step{};  ///< one step along one axis of the grid, forwards or backwards
  Index3 row_step{};

  Index3 voxel(int row, int column) const {
    Index3 result = first;
    for (int axis = 0; axis < 3; ++axis)
      result[axis] += column * column_step[axis] + row * row_step[axis];
    return result;
  }
};

/// Finds the voxels of a frame by geometry. Internal to io.
/// \param subject  what an error message starts with: the file and the region
/// \throws Error geometry_mismatch unless every pixel is the centre of a voxel
///         (dicom_tolerances.h), and for a frame in the image's first corner that is smaller by a
///         whole factor: reduced, with a spacing that was not
FramePlacement place_frame(const FramePlane& frame, const Geometry& grid,
                           const std::string& subject);

}  // namespace radiomics
