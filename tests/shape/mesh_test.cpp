#include "radiomics/shape/mesh.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/masks.h"
#include "tests/support/meshes.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

// Sums of a few thousand terms in double precision.
constexpr double rounding = 1e-12;

void expect_measures(const Mesh& mesh, double expected_volume_mm3, double expected_area_mm2) {
  EXPECT_NEAR(volume_mm3(mesh), expected_volume_mm3, rounding * expected_volume_mm3);
  EXPECT_NEAR(area_mm2(mesh), expected_area_mm2, rounding * expected_area_mm2);
}

TEST(SurfaceMesh, OfOneVoxelIsAnOctahedron) {
  const Geometry grid{.size = {1, 1, 1}, .spacing_mm = {2, 3, 4}};
  const Mesh mesh = surface_mesh(Mask(grid, 1));
  EXPECT_EQ(mesh.vertices_mm.size(), 6u);
  EXPECT_EQ(mesh.triangles.size(), 8u);
  // Semi-axes 1, 1.5 and 2 mm: 8 tetrahedra of a b c / 6, 8 triangles over (a, b, c).
  const double face_mm2 = std::sqrt(1.5 * 1.5 + 2 * 2 + 3 * 3) / 2;
  expect_measures(mesh, 4, 8 * face_mm2);
  EXPECT_EQ(std::ranges::max(mesh.vertices_mm), (Vector3{1, 0, 0}));
  EXPECT_EQ(std::ranges::min(mesh.vertices_mm), (Vector3{-1, 0, 0}));
}

// A cube has its edges cut off by prisms of 1/8 and its corners replaced by eighths of octahedra.
TEST(SurfaceMesh, OfACubeHasBevelledEdges) {
  for (const int n : {1, 2, 3, 9, 10, 17}) {
    const double side = n - 1;
    const double volume = std::pow(side, 3) + 6 * side * side / 2 + 12 * side / 8 + 1.0 / 6;
    const double area = 6 * side * side + 12 * side * std::sqrt(0.5) + 8 * std::sqrt(3) / 8;
    expect_measures(surface_mesh(Mask(Geometry{.size = {n, n, n}}, 1)), volume, area);
  }
}

TEST(SurfaceMesh, OfTheComplementInsideABlockHasTheSameSurfaceReversed) {
  Mask hollow(Geometry{.size = {9, 9, 9}}, 1);
  const double full_mm3 = volume_mm3(surface_mesh(hollow));
  hollow(4, 4, 4) = 0;
  EXPECT_NEAR(volume_mm3(surface_mesh(hollow)), full_mm3 - 1.0 / 6, rounding * full_mm3);
}

// Random masks have every one of the 256 cases, also across the skipped stretches of eight voxels.
TEST(SurfaceMesh, IsClosed) {
  for (const double probability : {0.02, 0.3, 0.5, 0.7, 0.98}) {
    const Mask mask = random_mask({37, 19, 23}, probability, 1);
    const Mesh mesh = surface_mesh(mask);
    EXPECT_TRUE(is_closed(mesh.triangles)) << probability;
    std::set<int> used;
    for (const auto& triangle : mesh.triangles) used.insert(triangle.begin(), triangle.end());
    EXPECT_EQ(used.size(), mesh.vertices_mm.size());
    const std::set<Vector3> places(mesh.vertices_mm.begin(), mesh.vertices_mm.end());
    EXPECT_EQ(places.size(), mesh.vertices_mm.size());
  }
}

TEST(SurfaceMesh, HasAVertexBetweenEveryVoxelAndItsNeighboursOutside) {
  const Vector3 spacing_mm{2, 4, 8};
  const Mask mask = padded(random_mask({9, 8, 7}, 0.5, 2, spacing_mm), {1, 1, 1}, {1, 1, 1});
  const Mesh mesh = surface_mesh(mask);
  std::set<Vector3> expected_mm;
  for (int z = 1; z < 8; ++z)
    for (int y = 1; y < 9; ++y)
      for (int x = 1; x < 10; ++x)
        for (int axis = 0; axis < 3; ++axis)
          for (const int step : {-1, 1}) {
            Index3 other{x, y, z};
            other[axis] += step;
            if (!mask(x, y, z) || mask(other[0], other[1], other[2])) continue;
            expected_mm.insert({x + other[0] + 0.0, 2.0 * (y + other[1]), 4.0 * (z + other[2])});
          }
  EXPECT_EQ(std::set(mesh.vertices_mm.begin(), mesh.vertices_mm.end()), expected_mm);
}

// Counts the voxels as the number of times that the surface winds around their centres.
TEST(SurfaceMesh, HasVoxelCentresInsideAndOutside) {
  const Mask mask = random_mask({6, 5, 4}, 0.5, 3);
  const Mesh mesh = surface_mesh(mask);
  const auto solid_angle = [&](const Vector3& eye) {
    double sum = 0;
    for (const auto& triangle : mesh.triangles) {
      Vector3 v[3];
      double length[3];
      for (int i = 0; i < 3; ++i) {
        for (int axis = 0; axis < 3; ++axis)
          v[i][axis] = mesh.vertices_mm[triangle[i]][axis] - eye[axis];
        length[i] = std::sqrt(v[i][0] * v[i][0] + v[i][1] * v[i][1] + v[i][2] * v[i][2]);
      }
      const auto dot = [&](int a, int b) {
        return v[a][0] * v[b][0] + v[a][1] * v[b][1] + v[a][2] * v[b][2];
      };
      const double triple = v[0][0] * (v[1][1] * v[2][2] - v[1][2] * v[2][1]) +
                            v[0][1] * (v[1][2] * v[2][0] - v[1][0] * v[2][2]) +
                            v[0][2] * (v[1][0] * v[2][1] - v[1][1] * v[2][0]);
      sum += 2 * std::atan2(triple, length[0] * length[1] * length[2] + dot(0, 1) * length[2] +
                                        dot(1, 2) * length[0] + dot(2, 0) * length[1]);
    }
    return sum;
  };
  for (int z = -1; z <= 4; ++z)
    for (int y = -1; y <= 5; ++y)
      for (int x = -1; x <= 6; ++x) {
        const bool in_grid = x >= 0 && x < 6 && y >= 0 && y < 5 && z >= 0 && z < 4;
        const double turns = in_grid && mask(x, y, z) ? 1 : 0;
        // The sum of a few hundred angles.
        EXPECT_NEAR(solid_angle({double(x), double(y), double(z)}), 4 * std::numbers::pi * turns,
                    1e-9);
      }
}

TEST(SurfaceMesh, JoinsVoxelsThatShareAFaceOnly) {
  const Geometry grid{.size = {2, 2, 2}};
  const double one_mm3 = volume_mm3(surface_mesh(voxels_at({{0, 0, 0}}, grid)));
  for (const Index3& other : {Index3{1, 1, 0}, Index3{1, 1, 1}}) {
    const Mesh apart = surface_mesh(voxels_at({{0, 0, 0}, other}, grid));
    EXPECT_EQ(euler_characteristic(apart.vertices_mm.size(), apart.triangles), 4);
    EXPECT_NEAR(volume_mm3(apart), 2 * one_mm3, rounding);
  }
  const Mesh joined = surface_mesh(voxels_at({{0, 0, 0}, {1, 0, 0}}, grid));
  EXPECT_EQ(euler_characteristic(joined.vertices_mm.size(), joined.triangles), 2);
}

// The areas of the 48 orientations are sums in another order.
TEST(SurfaceMesh, MeasuresTheSameInEveryOrientation) {
  const Mask mask = random_mask({11, 9, 10}, 0.5, 4, {0.7, 1.1, 2.5});
  const double volume = volume_mm3(surface_mesh(mask)), area = area_mm2(surface_mesh(mask));
  Index3 order{0, 1, 2};
  do {
    for (int mirrors = 0; mirrors < 8; ++mirrors) {
      const std::array<bool, 3> backwards{(mirrors & 1) != 0, (mirrors & 2) != 0,
                                          (mirrors & 4) != 0};
      expect_measures(surface_mesh(reoriented(mask, order, backwards)), volume, area);
    }
  } while (std::ranges::next_permutation(order).found);
}

TEST(SurfaceMesh, ScalesWithTheSpacing) {
  Mask mask = random_mask({8, 7, 6}, 0.5, 5);
  const double volume = volume_mm3(surface_mesh(mask)), area = area_mm2(surface_mesh(mask));
  const Mask tripled = random_mask({8, 7, 6}, 0.5, 5, {3, 3, 3});
  expect_measures(surface_mesh(tripled), 27 * volume, 9 * area);
}

// The surface runs through the middles between voxels. Its volume errs by less than a twentieth of
// the layer of voxels that it crosses (by a 25th, here). Its area does not converge: the steps of a
// binary mask leave it 8 to 10 % larger than the sphere at every spacing.
TEST(SurfaceMesh, OfABallApproachesItsVolume) {
  const double radius_mm = 20, spacing_mm = 0.8;
  const Geometry grid{.size = {53, 53, 53}, .spacing_mm = {spacing_mm, spacing_mm, spacing_mm}};
  const Mesh mesh = surface_mesh(ellipsoid({radius_mm, radius_mm, radius_mm}, grid));
  const double area = 4 * std::numbers::pi * radius_mm * radius_mm;
  const double layer_mm3 = area * spacing_mm;
  EXPECT_NEAR(volume_mm3(mesh), area * radius_mm / 3, layer_mm3 / 20);
  EXPECT_GT(area_mm2(mesh), 1.08 * area);
  EXPECT_LT(area_mm2(mesh), 1.10 * area);
  EXPECT_EQ(euler_characteristic(mesh.vertices_mm.size(), mesh.triangles), 2);
}

TEST(SurfaceMesh, IsEmptyForAnEmptyMask) {
  const Mesh mesh = surface_mesh(Mask(Geometry{.size = {4, 3, 2}}));
  EXPECT_TRUE(mesh.vertices_mm.empty());
  EXPECT_TRUE(mesh.triangles.empty());
  EXPECT_EQ(volume_mm3(mesh), 0);
  EXPECT_EQ(area_mm2(mesh), 0);
}

}  // namespace
}  // namespace radiomics
