#include "radiomics/core/geometry.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

// Not std::hypot: with three arguments libstdc++ 12 gives 0 for (0, 0, NaN).
double distance(const Vector3& a, const Vector3& b) {
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis) sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
  return std::sqrt(sum);
}

/// To a ten-thousandth of a millimetre: what files and people can tell apart.
std::string shown(Vector3 position_mm) {
  for (double& value : position_mm) value = std::round(value * 1e4) / 1e4 + 0.0;  // no -0
  return "(" + join(position_mm, ", ") + ") mm";
}

}  // namespace

Vector3 position_mm(const Geometry& grid, const Vector3& index) {
  Vector3 position = grid.origin_mm;
  for (int row = 0; row < 3; ++row)
    for (int axis = 0; axis < 3; ++axis)
      position[row] += grid.direction[3 * row + axis] * grid.spacing_mm[axis] * index[axis];
  return position;
}

Vector3 position_mm(const Geometry& grid, const Index3& voxel) {
  return position_mm(grid, Vector3{double(voxel[0]), double(voxel[1]), double(voxel[2])});
}

// The direction is orthonormal: its transpose is its inverse.
Vector3 index_at(const Geometry& grid, const Vector3& position_mm) {
  Vector3 index{};
  for (int axis = 0; axis < 3; ++axis) {
    for (int row = 0; row < 3; ++row)
      index[axis] += grid.direction[3 * row + axis] * (position_mm[row] - grid.origin_mm[row]);
    index[axis] /= grid.spacing_mm[axis];
  }
  return index;
}

std::string difference(const Geometry& a, const Geometry& b) {
  if (a.size != b.size) return "size " + join(a.size, "x") + " against " + join(b.size, "x");
  const double tolerance_mm = 1e-2 * std::ranges::min(a.spacing_mm);
  const auto [x, y, z] = a.size;
  const Index3 corners[] = {{0, 0, 0}, {x - 1, 0, 0}, {0, y - 1, 0}, {0, 0, z - 1}};
  for (const Index3& corner : corners) {
    const Vector3 in_a = position_mm(a, corner), in_b = position_mm(b, corner);
    if (!(distance(in_a, in_b) < tolerance_mm))
      return "voxel (" + join(corner, ", ") + ") at " + shown(in_a) + " against " + shown(in_b);
  }
  return "";
}

Box whole(const Geometry& grid) {
  return {{0, 0, 0}, {grid.size[0] - 1, grid.size[1] - 1, grid.size[2] - 1}};
}

Box grown(const Box& box, const Index3& margin, const Geometry& grid) {
  Box result = box;
  for (int axis = 0; axis < 3; ++axis) {
    result.first[axis] = std::max(box.first[axis] - margin[axis], 0);
    result.last[axis] = std::min(box.last[axis] + margin[axis], grid.size[axis] - 1);
  }
  return result;
}

Geometry window(const Geometry& grid, const Box& box) {
  Geometry result = grid;
  result.origin_mm = position_mm(grid, box.first);
  result.size = box.size();
  return result;
}

}  // namespace radiomics
