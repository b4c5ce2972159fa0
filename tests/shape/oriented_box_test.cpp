#include "radiomics/shape/oriented_box.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/shape/convex_hull.h"
#include "radiomics/shape/convex_polygon.h"
#include "radiomics/shape/quickhull.h"
#include "tests/support/masks.h"

namespace radiomics {
namespace {

Mesh hull_of(const std::vector<Index3>& points) {
  const PointHull hull = convex_hull(points);
  Mesh mesh{{}, hull.triangles};
  for (const Index3& v : hull.vertices)
    mesh.vertices_mm.push_back({double(v[0]), double(v[1]), double(v[2])});
  return mesh;
}

std::vector<Index3> corners_of_box(const Index3& a, const Index3& b, const Index3& c) {
  std::vector<Index3> corners;
  for (int bits = 0; bits < 8; ++bits) {
    Index3 corner{};
    for (int axis = 0; axis < 3; ++axis)
      corner[axis] = (bits & 1) * a[axis] + (bits >> 1 & 1) * b[axis] + (bits >> 2) * c[axis];
    corners.push_back(corner);
  }
  return corners;
}

TEST(OrientedBox, OfABoxIsItself) {
  const BoxSides box =
      smallest_box_on_a_face(hull_of(corners_of_box({9, 0, 0}, {0, 4, 0}, {0, 0, 2})));
  EXPECT_NEAR(box.volume_mm3(), 72, 1e-12);
  EXPECT_NEAR(box.area_mm2(), 2 * (36 + 8 + 18), 1e-12);
}

// Edges at right angles, none along an axis: lengths 3, 6, 9.
TEST(OrientedBox, OfATurnedBoxIsItself) {
  const BoxSides box =
      smallest_box_on_a_face(hull_of(corners_of_box({1, 2, 2}, {4, 2, -4}, {-6, 6, -3})));
  EXPECT_NEAR(box.volume_mm3(), 3 * 6 * 9, 1e-10);
  EXPECT_NEAR(box.area_mm2(), 2 * (18 + 54 + 27), 1e-10);
}

// The cube around it is smaller (volume 8) but has no face on a face of the tetrahedron.
TEST(OrientedBox, OfATetrahedronLiesOnAFace) {
  const BoxSides box =
      smallest_box_on_a_face(hull_of({{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}}));
  const double side = std::sqrt(8);
  EXPECT_NEAR(box.volume_mm3(), side * std::sqrt(2.0 / 3) * side * side * std::sqrt(3) / 2, 1e-12);
}

/// All faces, no bounds, no silhouettes.
double by_definition(const Mesh& hull) {
  double best = 1e300;
  for (const auto& [ia, ib, ic] : hull.triangles) {
    const auto &a = hull.vertices_mm[ia], &b = hull.vertices_mm[ib], &c = hull.vertices_mm[ic];
    const Vector3 p{b[0] - a[0], b[1] - a[1], b[2] - a[2]},
        q{c[0] - a[0], c[1] - a[1], c[2] - a[2]};
    const Vector3 n{p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2],
                    p[0] * q[1] - p[1] * q[0]};
    const double n_length = std::hypot(n[0], n[1], n[2]), p_length = std::hypot(p[0], p[1], p[2]);
    const Vector3 w{n[0] / n_length, n[1] / n_length, n[2] / n_length};
    const Vector3 u{p[0] / p_length, p[1] / p_length, p[2] / p_length};
    const Vector3 v{w[1] * u[2] - w[2] * u[1], w[2] * u[0] - w[0] * u[2],
                    w[0] * u[1] - w[1] * u[0]};
    double depth = 0;
    std::vector<Vector2> shadow;
    for (const Vector3& r : hull.vertices_mm) {
      const Vector3 d{r[0] - a[0], r[1] - a[1], r[2] - a[2]};
      depth = std::max(depth, -(w[0] * d[0] + w[1] * d[1] + w[2] * d[2]));
      shadow.push_back(
          {u[0] * d[0] + u[1] * d[1] + u[2] * d[2], v[0] * d[0] + v[1] * d[1] + v[2] * d[2]});
    }
    best = std::min(best, depth * smallest_rectangle(convex_polygon(shadow)).area);
  }
  return best;
}

TEST(OrientedBox, IsTheSmallestOverAllFaces) {
  for (unsigned seed = 0; seed < 8; ++seed) {
    const Mesh hull = convex_hull(random_mask({12, 9, 7}, 0.05, seed, {0.977, 1.3, 2}));
    EXPECT_NEAR(smallest_box_on_a_face(hull).volume_mm3() / by_definition(hull), 1, 1e-12);
  }
  const Mesh round = convex_hull(ellipsoid({20, 15, 10}, {.size = {41, 31, 21}}));
  EXPECT_NEAR(smallest_box_on_a_face(round).volume_mm3() / by_definition(round), 1, 1e-12);
}

TEST(OrientedBox, OfAnEmptyHullIsNothing) { EXPECT_EQ(smallest_box_on_a_face({}).volume_mm3(), 0); }

}  // namespace
}  // namespace radiomics
