#include "radiomics/shape/convex_polygon.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace radiomics {
namespace {

/// Whether b lies on the line from a to c or on the side of lower (`side` 1) or higher (-1) x.
/// All are in one slice, in increasing order of y.
bool is_covered(const Index3& a, const Index3& b, const Index3& c, int side) {
  const std::int64_t turn =
      std::int64_t(b[0] - a[0]) * (c[1] - a[1]) - std::int64_t(c[0] - a[0]) * (b[1] - a[1]);
  return side * turn <= 0;
}

/// Adds a voxel to one side of the outline of a slice and drops those that are no corners any more.
void extend(std::vector<Index3>& chain, const Index3& voxel, int side) {
  while (chain.size() >= 2 && is_covered(chain[chain.size() - 2], chain.back(), voxel, side))
    chain.pop_back();
  chain.push_back(voxel);
}

/// Twice the area of a triangle: positive if it turns left at b.
double turn(const Vector2& a, const Vector2& b, const Vector2& c) {
  return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
}

/// The corners of one half of the hull, from the first point to the last.
template <class Iterator>
std::vector<Vector2> half_hull(Iterator first, Iterator last) {
  std::vector<Vector2> chain;
  for (; first != last; ++first) {
    while (chain.size() >= 2 && turn(chain[chain.size() - 2], chain.back(), *first) <= 0)
      chain.pop_back();
    chain.push_back(*first);
  }
  return chain;
}

double along(const Vector2& point, const Vector2& direction) {
  return point[0] * direction[0] + point[1] * direction[1];
}

/// The corner that is farthest along a direction, looked for from `start` on; the polygon is
/// convex.
std::size_t farthest(std::span<const Vector2> polygon, const Vector2& direction,
                     std::size_t start) {
  std::size_t best = start;
  double reach = along(polygon[best], direction);
  for (std::size_t step = 0; step < polygon.size(); ++step) {
    const std::size_t next = best + 1 < polygon.size() ? best + 1 : 0;
    const double at = along(polygon[next], direction);
    if (at < reach) break;
    best = next;
    reach = at;
  }
  return best;
}

}  // namespace

std::vector<Vector2> convex_polygon(std::vector<Vector2> points) {
  std::ranges::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3) return points;
  std::vector<Vector2> polygon = half_hull(points.begin(), points.end());
  const std::vector<Vector2> upper = half_hull(points.rbegin(), points.rend());
  polygon.insert(polygon.end(), upper.begin() + 1, upper.end() - 1);
  return polygon;
}

Rectangle smallest_rectangle(std::span<const Vector2> polygon) {
  Rectangle best;
  if (polygon.size() < 3) return best;
  std::size_t ahead = 1, across = 1, behind = 1;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Vector2 &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
    const double dx = b[0] - a[0], dy = b[1] - a[1], length = std::sqrt(dx * dx + dy * dy);
    const Vector2 u{dx / length, dy / length}, v{-u[1], u[0]};
    ahead = farthest(polygon, u, i == 0 ? 1 : ahead);
    across = farthest(polygon, v, i == 0 ? ahead : across);
    behind = farthest(polygon, {-u[0], -u[1]}, i == 0 ? across : behind);
    const Vector2 sides{along(polygon[ahead], u) - along(polygon[behind], u),
                        along(polygon[across], v) - along(a, v)};
    const double area = sides[0] * sides[1];
    if (i == 0 || area < best.area) best = {area, sides};
  }
  return best;
}

void append_slice_corners(const Mask& mask, const Box& box, int z, std::vector<Index3>& corners) {
  std::vector<Index3> low, high;
  for (int y = box.first[1]; y <= box.last[1]; ++y) {
    const std::uint8_t* row = &mask(0, y, z);
    int first = box.first[0], last = box.last[0];
    while (first <= last && row[first] == 0) ++first;
    if (first > last) continue;
    while (row[last] == 0) --last;
    extend(low, {first, y, z}, -1);
    extend(high, {last, y, z}, 1);
  }
  corners.insert(corners.end(), low.begin(), low.end());
  corners.insert(corners.end(), high.begin(), high.end());
}

}  // namespace radiomics
