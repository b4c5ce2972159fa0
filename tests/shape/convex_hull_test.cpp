#include "radiomics/shape/convex_hull.h"

#include <cmath>
#include <numbers>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/masks.h"
#include "tests/support/meshes.h"

namespace radiomics {
namespace {

double maximum_of_all_pairs(const std::vector<Vector3>& points) {
  double best = 0;
  for (const Vector3& a : points)
    for (const Vector3& b : points) {
      const double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
      best = std::max(best, x * x + y * y + z * z);
    }
  return std::sqrt(best);
}

std::vector<Mask> masks() {
  const Geometry grid{.size = {13, 11, 9}, .spacing_mm = {0.7, 1.3, 2.5}};
  std::vector<Mask> result{Mask(grid, 1),
                           ellipsoid({4, 6, 9}, grid),
                           voxels_at({{2, 3, 4}}, grid),
                           voxels_at({{0, 0, 0}, {12, 10, 8}}, grid),
                           voxels_at({{1, 1, 3}, {2, 2, 3}, {3, 3, 3}}, grid),
                           voxels_at({{5, 0, 2}, {5, 4, 2}, {5, 10, 2}, {5, 4, 8}}, grid)};
  for (const double probability : {0.003, 0.01, 0.05, 0.5})
    for (unsigned seed = 0; seed < 5; ++seed)
      result.push_back(random_mask(grid.size, probability, seed, grid.spacing_mm));
  return result;
}

// Vertices of both meshes are whole numbers of half voxels, rounded once.
TEST(MeshHull, HoldsTheMeshAndTouchesItInEveryVertex) {
  for (const Mask& mask : masks()) {
    const Mesh mesh = surface_mesh(mask), hull = convex_hull(mask);
    EXPECT_TRUE(is_closed(hull.triangles));
    EXPECT_EQ(euler_characteristic(hull.vertices_mm.size(), hull.triangles), 2);
    const std::set<Vector3> surface(mesh.vertices_mm.begin(), mesh.vertices_mm.end());
    for (const Vector3& vertex : hull.vertices_mm) EXPECT_TRUE(surface.contains(vertex));
    double highest = 0;
    for (const auto& [a, b, c] : hull.triangles)
      for (const Vector3& point : mesh.vertices_mm) {
        Mesh tetrahedron{{hull.vertices_mm[a], hull.vertices_mm[b], hull.vertices_mm[c], point},
                         {{0, 1, 2}, {0, 3, 1}, {1, 3, 2}, {2, 3, 0}}};
        highest = std::max(highest, -volume_mm3(tetrahedron));
      }
    EXPECT_LT(highest, 1e-10);  // rounding of volumes of up to 1000 mm3
  }
}

// The mesh of a block of voxels, with its bevelled edges, is convex.
TEST(MeshHull, OfABlockIsItsMesh) {
  for (const int n : {1, 2, 7}) {
    const Mask cube(Geometry{.size = {n, n, n}, .spacing_mm = {1, 2, 3}}, 1);
    const Mesh mesh = surface_mesh(cube), hull = convex_hull(cube);
    EXPECT_NEAR(volume_mm3(hull), volume_mm3(mesh), 1e-12 * volume_mm3(mesh));
    EXPECT_NEAR(area_mm2(hull), area_mm2(mesh), 1e-12 * area_mm2(mesh));
  }
}

TEST(MeshHull, IsEmptyForAnEmptyMask) {
  EXPECT_TRUE(convex_hull(Mask(Geometry{.size = {3, 3, 3}})).triangles.empty());
}

// Equal up to the rounding of the vertices, which are the same.
TEST(MaximumDistance, OfHullVerticesIsThatOfAllVertices) {
  for (const Mask& mask : masks())
    EXPECT_DOUBLE_EQ(maximum_distance_mm(convex_hull(mask).vertices_mm),
                     maximum_of_all_pairs(surface_mesh(mask).vertices_mm));
}

TEST(MaximumDistance, LeavesNoPairOutWrongly) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<Vector3> points(2 + trial);
    for (auto& point : points) point = {normal(random), 3 * normal(random), 10 + normal(random)};
    EXPECT_EQ(maximum_distance_mm(points), maximum_of_all_pairs(points));
  }
}

TEST(MaximumDistance, NeedsTwoPoints) {
  EXPECT_EQ(maximum_distance_mm({}), 0);
  EXPECT_EQ(maximum_distance_mm(std::vector<Vector3>{{1, 2, 3}}), 0);
}

}  // namespace
}  // namespace radiomics
