#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace radiomics {

/// A point of a slice in voxels: whole numbers are the centres of voxels.
using SlicePoint = std::array<double, 2>;

/// Voxels `first` to `end - 1` of row `y`.
struct VoxelRun {
  int y = 0;
  int first = 0;
  int end = 0;
  bool operator==(const VoxelRun&) const = default;
};

/// A set of voxels of one slice: runs in order of y and first, none empty, none touching another.
using Runs = std::vector<VoxelRun>;

struct ContourRaster {
  Runs runs;
  /// How many voxels are encircled more than once or against the direction of the others: more than
  /// a few in a polygon that crosses itself. Rounding makes one or two where it touches itself.
  std::size_t crossed_voxels = 0;
};

/// The voxels of a slice of columns x rows whose centres lie inside a closed polygon, by the
/// even-odd rule: a part that is encircled twice is outside.
///
/// A centre exactly on an edge belongs to the polygon if the inside follows in the direction of +x
/// or, on a horizontal edge, of +y (the half-open rule: polygons that share an edge share no voxel
/// and leave none out). The result depends neither on the point that the list starts with nor on
/// its direction; a repeated point changes nothing. Points may lie outside the slice.
/// Cost: edges + rows crossed by edges.
/// \pre the coordinates are finite
ContourRaster rasterise(std::span<const SlicePoint> polygon, int columns, int rows);

std::size_t voxel_count(const Runs& runs);

/// The voxels that are in one of the two sets, not in both.
Runs exclusive_or(const Runs& a, const Runs& b);

}  // namespace radiomics
