#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace radiomics {

using Vector3 = std::array<double, 3>;
using Index3 = std::array<int, 3>;

/// A regular voxel grid placed in the patient frame (LPS, millimetres), as in ITK and DICOM.
/// Invariant: spacing > 0, direction orthonormal. Readers enforce it.
struct Geometry {
  Index3 size{};                                               ///< voxels along x, y, z
  Vector3 spacing_mm{1, 1, 1};                                 ///< between centres of voxels
  Vector3 origin_mm{};                                         ///< centre of voxel (0, 0, 0)
  std::array<double, 9> direction{1, 0, 0, 0, 1, 0, 0, 0, 1};  ///< rows; columns are the axes

  std::size_t voxel_count() const { return std::size_t(size[0]) * size[1] * size[2]; }
  double voxel_volume_mm3() const { return spacing_mm[0] * spacing_mm[1] * spacing_mm[2]; }
  bool operator==(const Geometry&) const = default;
};

/// Where a point of the grid lies in the patient frame; whole indices are centres of voxels.
Vector3 position_mm(const Geometry& grid, const Vector3& index);
Vector3 position_mm(const Geometry& grid, const Index3& voxel);

/// The inverse of position_mm(): which point of the grid lies at a position.
Vector3 index_at(const Geometry& grid, const Vector3& position_mm);

/// Two voxel centres are one point if they are not further apart than this along each axis, in
/// voxels. Headers round: NIfTI keeps floats and its quaternion turns a grid by up to 0.0005 rad,
/// DICOM and text headers keep a few decimals. What is wrong is wrong by more: a corner taken for a
/// centre is half a voxel off, a cropped or resampled mask at least one.
inline constexpr double same_voxel_tolerance = 0.05;

/// How two grids differ, in numbers, for messages: "size 5x4x4 against 6x4x4, spacing (1, 1, 3) mm
/// against (1, 1, 2.5) mm"; size, spacing, origin and direction, each where it differs by enough to
/// move a voxel. Empty if they are one grid: the same size, and all corners within
/// same_voxel_tolerance.
std::string difference(const Geometry& a, const Geometry& b);

/// Voxels from `first` to `last`, both included. Empty if first > last along any axis.
struct Box {
  Index3 first{};
  Index3 last{-1, -1, -1};

  bool empty() const { return first[0] > last[0] || first[1] > last[1] || first[2] > last[2]; }
  Index3 size() const {
    return {last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1};
  }
  bool operator==(const Box&) const = default;
};

/// All voxels of a grid.
Box whole(const Geometry& grid);

/// The box with `margin` more voxels on every side, cut off at the border of the grid.
Box grown(const Box& box, const Index3& margin, const Geometry& grid);

/// The part of a grid inside a box: voxels keep their place in the patient frame.
Geometry window(const Geometry& grid, const Box& box);

}  // namespace radiomics
