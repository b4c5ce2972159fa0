#include "radiomics/shape/axial_diameters.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "radiomics/core/mask_runs.h"
#include "radiomics/shape/convex_polygon.h"

namespace radiomics {
namespace {

using Polygon = std::vector<Vector2>;

/// The convex hull of the vertices of the mesh in the plane of a slice; empty for an empty slice.
Polygon slice_hull(const Mask& mask, const Box& box, int z) {
  std::vector<Index3> corners;
  append_slice_corners(mask, box, z, corners);
  std::vector<Vector2> points;
  for (const auto& [x, y, unused] : corners)
    for (const double half : {-0.5, 0.5}) {
      points.push_back({x + half, double(y)});
      points.push_back({double(x), y + half});
    }
  Polygon polygon = convex_polygon(std::move(points));  // exact
  for (Vector2& corner : polygon)
    for (int axis = 0; axis < 2; ++axis) corner[axis] *= mask.geometry().spacing_mm[axis];
  return polygon;
}

double squared_distance(const Vector2& a, const Vector2& b) {
  return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]);
}

/// The length of the line across a polygon at `at`, in a frame in which that line runs along y.
double chord(const Polygon& polygon, double at) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const auto include = [&](double y) {
    low = std::min(low, y);
    high = std::max(high, y);
  };
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Vector2 &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
    if (std::min(a[0], b[0]) > at || std::max(a[0], b[0]) < at) continue;
    if (a[0] == b[0]) {
      include(a[1]);
      include(b[1]);
    } else {
      include(std::lerp(a[1], b[1], (at - a[0]) / (b[0] - a[0])));
    }
  }
  return high - low;
}

/// The longest line inside a convex polygon at a right angle to that from `from` to `to`. It passes
/// through a corner: between corners its length is linear.
double perpendicular(const Polygon& polygon, const Vector2& from, const Vector2& to) {
  const double length = std::sqrt(squared_distance(from, to));
  const Vector2 u{(to[0] - from[0]) / length, (to[1] - from[1]) / length};
  Polygon turned;
  for (const Vector2& p : polygon)
    turned.push_back({u[0] * p[0] + u[1] * p[1], u[0] * p[1] - u[1] * p[0]});
  double longest = 0;
  for (const Vector2& corner : turned) longest = std::max(longest, chord(turned, corner[0]));
  return longest;
}

}  // namespace

AxialDiameters axial_diameters(const Mask& mask) {
  const Box box = bounding_box(mask);
  std::vector<Polygon> slices;
  double longest = 0;  // squared
  for (int z = box.first[2]; z <= box.last[2]; ++z) {
    slices.push_back(slice_hull(mask, box, z));
    for (const Vector2& a : slices.back())
      for (const Vector2& b : slices.back()) longest = std::max(longest, squared_distance(a, b));
  }
  AxialDiameters result{std::sqrt(longest), 0};
  for (const Polygon& polygon : slices)
    for (std::size_t i = 0; i < polygon.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (squared_distance(polygon[i], polygon[j]) >= longest * (1 - 2e-12))
          result.perpendicular_mm =
              std::max(result.perpendicular_mm, perpendicular(polygon, polygon[i], polygon[j]));
  return result;
}

}  // namespace radiomics
