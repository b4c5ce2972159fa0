#include "radiomics/core/geometry.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// A header's number as people know it, unless what is cut off matters.
double shortened(double value) {
  return std::round(value * 1e4) / 1e4 + 0.0;  // no -0
}

template <class Numbers>
std::string against(const std::string& what, const Numbers& a, const Numbers& b,
                    std::string_view separator, const char* unit) {
  const auto text = [&](Numbers numbers, auto form) {
    std::ranges::transform(numbers, numbers.begin(), form);
    return "(" + join(numbers, separator) + ")" + unit;
  };
  const auto both = [&](auto form) { return std::pair{text(a, form), text(b, form)}; };
  auto [in_a, in_b] = both(shortened);
  if (in_a == in_b) std::tie(in_a, in_b) = both([](double value) { return value; });
  return what + " " + in_a + " against " + in_b;
}

/// How far a step along an axis moves the voxels at its far end.
double furthest(const Geometry& grid, int axis) { return std::max(grid.size[axis] - 1, 1); }

bool spacing_differs(const Geometry& a, const Geometry& b) {
  for (int axis = 0; axis < 3; ++axis) {
    const double off_mm = std::abs(a.spacing_mm[axis] - b.spacing_mm[axis]) * furthest(a, axis);
    if (!(off_mm <= same_voxel_tolerance * a.spacing_mm[axis])) return true;
  }
  return false;
}

/// Between two points, in voxels of the grid, along the axis where it is most.
double distance(const Geometry& grid, const Vector3& a_mm, const Vector3& b_mm) {
  const Vector3 a = index_at(grid, a_mm), b = index_at(grid, b_mm);
  double largest = 0;
  for (int axis = 0; axis < 3; ++axis)
    if (const double off = std::abs(a[axis] - b[axis]); !(off <= largest))
      largest = off;  // NaN too
  return largest;
}

bool direction_differs(const Geometry& a, const Geometry& b) {
  Geometry turned = a;
  turned.direction = b.direction;
  for (int axis = 0; axis < 3; ++axis) {
    Index3 corner{};
    corner[axis] = int(furthest(a, axis));
    const double off = distance(a, position_mm(a, corner), position_mm(turned, corner));
    if (!(off <= same_voxel_tolerance)) return true;
  }
  return false;
}

/// Where the corners are apart although no part of the geometry alone moves them so far.
std::string corner_difference(const Geometry& a, const Geometry& b) {
  for (const int z : {0, a.size[2] - 1})
    for (const int y : {0, a.size[1] - 1})
      for (const int x : {0, a.size[0] - 1}) {
        const Index3 corner{x, y, z};
        const Vector3 in_a = position_mm(a, corner), in_b = position_mm(b, corner);
        if (!(distance(a, in_a, in_b) <= same_voxel_tolerance))
          return against("voxel (" + join(corner, ", ") + ") at", in_a, in_b, ", ", " mm");
      }
  return "";
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
  std::vector<std::string> parts;
  if (a.size != b.size)
    parts.push_back("size " + join(a.size, "x") + " against " + join(b.size, "x"));
  if (spacing_differs(a, b))
    parts.push_back(against("spacing", a.spacing_mm, b.spacing_mm, ", ", " mm"));
  if (!(distance(a, a.origin_mm, b.origin_mm) <= same_voxel_tolerance))
    parts.push_back(against("origin", a.origin_mm, b.origin_mm, ", ", " mm"));
  if (direction_differs(a, b))
    parts.push_back(against("direction", a.direction, b.direction, ", ", ""));
  return parts.empty() ? corner_difference(a, b) : join(parts, ", ");
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
