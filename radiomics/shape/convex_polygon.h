#pragma once

#include <array>
#include <span>
#include <vector>

#include "radiomics/core/volume.h"

namespace radiomics {

using Vector2 = std::array<double, 2>;

/// The corners of the convex hull of points in a plane, counter-clockwise, each once; of points on
/// its sides none, as far as rounding tells. Exact for small multiples of 1/2.
/// Cost: n log n. \source Andrew 1979, doi:10.1016/0020-0190(79)90072-3
std::vector<Vector2> convex_polygon(std::vector<Vector2> points);

/// The area of the smallest rectangle around a convex polygon, and its sides.
struct Rectangle {
  double area = 0;
  Vector2 sides{};
};

/// One side of the smallest rectangle lies on a side of the polygon, so that as many rectangles are
/// looked at as the polygon has sides. All 0 for less than three corners.
/// \source Freeman & Shapira 1975, doi:10.1145/360881.360919
Rectangle smallest_rectangle(std::span<const Vector2> polygon);

/// Adds the voxels of slice z of a mask that can be corners of its convex hull. They lie before or
/// after all others of their row inside `box`, which holds the region.
void append_slice_corners(const Mask& mask, const Box& box, int z, std::vector<Index3>& corners);

}  // namespace radiomics
