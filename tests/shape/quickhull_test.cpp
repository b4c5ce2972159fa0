#include "radiomics/shape/quickhull.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/meshes.h"

namespace radiomics {
namespace {

/// 6 times the volume of the tetrahedron; positive if d is above (a, b, c).
std::int64_t orientation(const Index3& a, const Index3& b, const Index3& c, const Index3& d) {
  std::int64_t u[3], v[3], w[3];
  for (int i = 0; i < 3; ++i) {
    u[i] = b[i] - a[i];
    v[i] = c[i] - a[i];
    w[i] = d[i] - a[i];
  }
  return w[0] * (u[1] * v[2] - u[2] * v[1]) + w[1] * (u[2] * v[0] - u[0] * v[2]) +
         w[2] * (u[0] * v[1] - u[1] * v[0]);
}

bool in_one_plane(const std::vector<Index3>& points) {
  for (const Index3& b : points)
    for (const Index3& c : points)
      for (const Index3& d : points)
        if (orientation(points[0], b, c, d) != 0) return false;
  return true;
}

std::vector<Index3> random_points(int count, int extent, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Index3> points(count);
  for (auto& point : points)
    for (auto& x : point) x = int(random() % unsigned(extent)) - extent / 2;
  return points;
}

/// All that the header states: closed, one piece, convex, flat nowhere, around all points.
void expect_hull_of(const PointHull& hull, const std::vector<Index3>& points) {
  EXPECT_TRUE(is_closed(hull.triangles));
  EXPECT_EQ(euler_characteristic(hull.vertices.size(), hull.triangles), 2);
  const std::set<Index3> given(points.begin(), points.end());
  for (const Index3& vertex : hull.vertices) EXPECT_TRUE(given.contains(vertex));
  EXPECT_EQ(std::set(hull.vertices.begin(), hull.vertices.end()).size(), hull.vertices.size());
  int above = 0, flat = 0;
  for (const auto& [a, b, c] : hull.triangles) {
    std::int64_t lowest = 0;
    for (const Index3& point : points) {
      const auto side = orientation(hull.vertices[a], hull.vertices[b], hull.vertices[c], point);
      above += side > 0;
      lowest = std::min(lowest, side);
    }
    flat += lowest == 0;  // a triangle without area, or no volume
  }
  EXPECT_EQ(above, 0);
  EXPECT_EQ(flat, 0);
}

// Small extents: most points repeat, or share planes and lines.
TEST(ConvexHull, HoldsRandomPoints) {
  for (const int extent : {2, 3, 4, 6, 10, 100, 1 << 20})
    for (const int count : {5, 20, 100, 400})
      for (unsigned seed = 0; seed < 20; ++seed) {
        SCOPED_TRACE(testing::Message() << extent << " " << count << " " << seed);
        const auto points = random_points(count, extent, seed);
        const PointHull hull = convex_hull(points);
        if (hull.triangles.empty())
          EXPECT_TRUE(in_one_plane(points));
        else
          expect_hull_of(hull, points);
      }
}

TEST(ConvexHull, OfALatticeCubeIsTheCube) {
  std::vector<Index3> points;
  for (int i = 0; i < 6 * 6 * 6; ++i) points.push_back({i % 6, i / 6 % 6, i / 36});
  std::ranges::shuffle(points, std::mt19937(1));
  const PointHull hull = convex_hull(points);
  expect_hull_of(hull, points);
  std::int64_t volume = 0;
  for (const auto& [a, b, c] : hull.triangles)
    volume += orientation(hull.vertices[a], hull.vertices[b], hull.vertices[c], {2, 2, 2});
  EXPECT_EQ(-volume, 6 * 5 * 5 * 5);
}

TEST(ConvexHull, WorksUpToTheLargestDifferences) {
  constexpr int end = (1 << 20) - 1;
  std::vector<Index3> points{{0, 0, 0},     {end, 0, 0},   {0, end, 0},   {0, 0, end},
                             {end, end, 0}, {end, 0, end}, {0, end, end}, {end, end, end}};
  points.push_back({end, end / 2, end / 2});
  points.push_back({end / 2, end / 2, end / 2});
  const PointHull hull = convex_hull(points);
  expect_hull_of(hull, points);
}

TEST(ConvexHull, IsEmptyWithoutVolume) {
  EXPECT_TRUE(convex_hull({}).vertices.empty());
  const std::vector<Index3> one(3, {4, 5, 6});
  EXPECT_TRUE(convex_hull(one).triangles.empty());
  std::vector<Index3> line, plane;
  for (int i = 0; i < 10; ++i) {
    line.push_back({i, 2 * i, -i});
    plane.push_back({i, i * i, 3 * i + 2 * i * i});
  }
  EXPECT_TRUE(convex_hull(line).triangles.empty());
  EXPECT_TRUE(convex_hull(plane).triangles.empty());
}

}  // namespace
}  // namespace radiomics
