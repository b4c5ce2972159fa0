#include "radiomics/shape/convex_hull.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/mask_runs.h"
#include "radiomics/shape/convex_polygon.h"
#include "radiomics/shape/quickhull.h"

namespace radiomics {
namespace {

/// The points half a voxel from a voxel's centre along the axes, in half voxels.
void append_octahedron(const Index3& voxel, std::vector<Index3>& points) {
  for (int axis = 0; axis < 3; ++axis)
    for (const int step : {-1, 1}) {
      Index3 point{2 * voxel[0], 2 * voxel[1], 2 * voxel[2]};
      point[axis] += step;
      points.push_back(point);
    }
}

struct Spoke {
  double radius;
  Vector3 point;
};

double squared_distance(const Vector3& a, const Vector3& b) {
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis) sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
  return sum;
}

/// The points by their distance from the middle of their bounding box, the farthest first.
std::vector<Spoke> sorted_spokes(std::span<const Vector3> points) {
  Vector3 low = points.front(), high = low;
  for (const Vector3& point : points)
    for (int axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], point[axis]);
      high[axis] = std::max(high[axis], point[axis]);
    }
  Vector3 centre;
  for (int axis = 0; axis < 3; ++axis) centre[axis] = (low[axis] + high[axis]) / 2;
  std::vector<Spoke> spokes;
  for (const Vector3& point : points)
    spokes.push_back({std::sqrt(squared_distance(centre, point)), point});
  std::ranges::stable_sort(spokes, std::ranges::greater{}, &Spoke::radius);
  return spokes;
}

}  // namespace

// The vertices of the mesh are the points half a voxel from the voxels, less those between two
// voxels, which are no corners of the hull. So the hull is that of all these points; and of them
// only those around voxels that are corners of their slice can be corners of the whole.
Mesh convex_hull(const Mask& mask) {
  const Box box = bounding_box(mask);
  std::vector<Index3> voxels, points;
  for (int z = box.first[2]; z <= box.last[2]; ++z) append_slice_corners(mask, box, z, voxels);
  for (const Index3& voxel : voxels) append_octahedron(voxel, points);
  PointHull hull = convex_hull(points);
  Mesh mesh{{}, std::move(hull.triangles)};
  const Vector3& spacing_mm = mask.geometry().spacing_mm;
  for (const Index3& v : hull.vertices)
    mesh.vertices_mm.push_back(
        {0.5 * v[0] * spacing_mm[0], 0.5 * v[1] * spacing_mm[1], 0.5 * v[2] * spacing_mm[2]});
  return mesh;
}

double maximum_distance_mm(std::span<const Vector3> points_mm) {
  if (points_mm.empty()) return 0;
  const std::vector<Spoke> spokes = sorted_spokes(points_mm);
  constexpr double rounding = 1 + 1e-12;  // of the radii: no pair is left out wrongly
  double best = 0;                        // squared
  for (auto a = spokes.begin(); a != spokes.end(); ++a)
    for (auto b = a + 1; b != spokes.end(); ++b) {
      const double reach = a->radius + b->radius;
      if (reach * reach * rounding < best) break;
      best = std::max(best, squared_distance(a->point, b->point));
    }
  return std::sqrt(best);
}

}  // namespace radiomics
