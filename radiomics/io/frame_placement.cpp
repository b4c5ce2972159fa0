#include "radiomics/io/frame_placement.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_tolerances.h"
#include "radiomics/io/short_text.h"

namespace radiomics {
namespace {

Vector3 along(const Vector3& from, const Vector3& step, double count) {
  return {from[0] + count * step[0], from[1] + count * step[1], from[2] + count * step[2]};
}

// So far off that no tolerance allows it, and safe to round: the number of a voxel is an int.
constexpr double farthest_voxel = 1e6;

Index3 rounded(const Vector3& index) {
  Index3 result{};
  for (int axis = 0; axis < 3; ++axis)
    result[axis] = int(std::round(std::clamp(index[axis], -farthest_voxel, farthest_voxel)));
  return result;
}

Index3 rounded_step(const Geometry& grid, const Vector3& from_mm, const Vector3& step_mm) {
  const Vector3 from = index_at(grid, from_mm), to = index_at(grid, along(from_mm, step_mm, 1));
  return rounded({to[0] - from[0], to[1] - from[1], to[2] - from[2]});
}

bool is_one_step(const Index3& step) {
  return std::abs(step[0]) + std::abs(step[1]) + std::abs(step[2]) == 1;
}

bool is_perpendicular(const Index3& a, const Index3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] == 0;
}

/// How far the corner pixels are from their voxels, along each axis, in voxels.
Vector3 largest_distance(const FramePlane& frame, const FramePlacement& placement,
                         const Geometry& grid) {
  Vector3 largest{};
  for (const int row : {0, frame.rows - 1})
    for (const int column : {0, frame.columns - 1}) {
      const Vector3 in_row = along(frame.position_mm, frame.row_step_mm, row);
      const Vector3 exact = index_at(grid, along(in_row, frame.column_step_mm, column));
      const Index3 voxel = placement.voxel(row, column);
      for (int axis = 0; axis < 3; ++axis)
        largest[axis] = std::max(largest[axis], std::abs(exact[axis] - voxel[axis]));
    }
  return largest;
}

// Every second pixel with the spacing of all fits too, in one corner of the image, and is wrong.
bool looks_reduced(const FramePlane& frame, const FramePlacement& placement, const Geometry& grid) {
  const bool in_corner = placement.first[0] == 0 && placement.first[1] == 0 &&
                         placement.column_step == Index3{1, 0, 0} &&
                         placement.row_step == Index3{0, 1, 0};
  const auto reduced = [](int count, int factor) { return (count + factor - 1) / factor; };
  for (int factor = 2; factor <= 4; ++factor)
    if (in_corner && frame.columns == reduced(grid.size[0], factor) &&
        frame.rows == reduced(grid.size[1], factor))
      return true;
  return false;
}

}  // namespace

FramePlacement place_frame(const FramePlane& frame, const Geometry& grid,
                           const std::string& subject) {
  const FramePlacement placement{rounded(index_at(grid, frame.position_mm)),
                                 rounded_step(grid, frame.position_mm, frame.column_step_mm),
                                 rounded_step(grid, frame.position_mm, frame.row_step_mm)};
  const Vector3 off = largest_distance(frame, placement, grid);
  const bool fits = is_one_step(placement.column_step) && is_one_step(placement.row_step) &&
                    is_perpendicular(placement.column_step, placement.row_step) &&
                    off[0] <= dicom_tolerance::off_pixel && off[1] <= dicom_tolerance::off_pixel &&
                    off[2] <= dicom_tolerance::off_slice;
  require(fits, ErrorKind::geometry_mismatch,
          subject + ": a frame of " + to_text(frame.columns) + "x" + to_text(frame.rows) +
              " pixels at (" + short_text(frame.position_mm, ", ") + ") mm with steps of (" +
              short_text(frame.column_step_mm, ", ") + ") and (" +
              short_text(frame.row_step_mm, ", ") + ") mm is not on the voxels of the image, of " +
              short_text(grid.spacing_mm, "x") + " mm: up to " + short_text(off, ", ") +
              " voxels off; give the image that it was drawn on");
  require(
      !looks_reduced(frame, placement, grid), ErrorKind::geometry_mismatch,
      subject + ": frames of " + to_text(frame.columns) + "x" + to_text(frame.rows) +
          " pixels start in the first voxel of an image of " + to_text(grid.size[0]) + "x" +
          to_text(grid.size[1]) +
          ": a reduced mask whose pixel spacing was not changed?; export it on the image's grid");
  return placement;
}

}  // namespace radiomics
