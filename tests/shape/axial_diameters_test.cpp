#include "radiomics/shape/axial_diameters.h"

#include <cmath>
#include <map>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/shape/convex_polygon.h"
#include "radiomics/shape/mesh.h"
#include "tests/support/masks.h"

namespace radiomics {
namespace {

/// Vertices of the mesh by the slice in whose plane they lie.
std::map<int, std::vector<Vector2>> vertices_of_slices(const Mask& mask) {
  std::map<int, std::vector<Vector2>> slices;
  const double spacing = mask.geometry().spacing_mm[2];
  for (const Vector3& v : surface_mesh(mask).vertices_mm)
    if (const double z = std::round(v[2] / spacing); std::abs(z - v[2] / spacing) < 0.25)
      slices[int(z)].push_back({v[0], v[1]});
  return slices;
}

double cross(const Vector2& u, const Vector2& v) { return u[0] * v[1] - u[1] * v[0]; }

/// The longest line across u through one of the points, between lines from point to point.
double longest_across(const std::vector<Vector2>& points, const Vector2& u) {
  std::vector<Vector2> turned;  // along u and across
  for (const Vector2& p : points) turned.push_back({u[0] * p[0] + u[1] * p[1], cross(u, p)});
  double longest = 0;
  for (const Vector2& through : turned) {
    double low = through[1], high = low;
    for (const Vector2& a : turned)
      for (const Vector2& b : turned) {
        if (a[0] > through[0] || b[0] < through[0] || a[0] == b[0]) continue;
        const double y = std::lerp(a[1], b[1], (through[0] - a[0]) / (b[0] - a[0]));
        low = std::min(low, y);
        high = std::max(high, y);
      }
    longest = std::max(longest, high - low);
  }
  return longest;
}

AxialDiameters by_definition(const Mask& mask) {
  AxialDiameters best;
  const auto slices = vertices_of_slices(mask);
  for (const auto& [z, points] : slices)
    for (const Vector2& a : points)
      for (const Vector2& b : points)
        best.longest_mm = std::max(best.longest_mm, std::hypot(a[0] - b[0], a[1] - b[1]));
  for (const auto& [z, points] : slices)
    for (const Vector2& a : points)
      for (const Vector2& b : points) {
        const double length = std::hypot(a[0] - b[0], a[1] - b[1]);
        if (length < best.longest_mm * (1 - 1e-12)) continue;
        const Vector2 u{(b[0] - a[0]) / length, (b[1] - a[1]) / length};
        best.perpendicular_mm = std::max(best.perpendicular_mm, longest_across(points, u));
      }
  return best;
}

TEST(AxialDiameters, AreThoseOfTheDefinition) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const double part = seed % 2 ? 0.03 : 0.4;
    const Mask mask = random_mask({9, 8, 3}, part, seed, {0.977, 0.9, 3});
    if (bounding_box(mask).empty()) continue;
    const AxialDiameters expected = by_definition(mask), found = axial_diameters(mask);
    EXPECT_NEAR(found.longest_mm, expected.longest_mm, 1e-12) << seed;
    EXPECT_NEAR(found.perpendicular_mm, expected.perpendicular_mm, 1e-12) << seed;
  }
}

TEST(AxialDiameters, OfADiscAreItsDiameter) {
  const Mask disc = ellipsoid({30, 30, 0.1}, {.size = {129, 129, 1}, .spacing_mm = {0.5, 0.5, 1}});
  const AxialDiameters found = axial_diameters(disc);
  EXPECT_NEAR(found.longest_mm, 60, 0.51);  // half a voxel on either side
  EXPECT_NEAR(found.perpendicular_mm, 60, 0.51);
}

// Voxels of different slices are no pair, however far apart.
TEST(AxialDiameters, StayInOneSlice) {
  const Geometry grid{.size = {20, 20, 3}};
  const AxialDiameters found =
      axial_diameters(voxels_at({{0, 0, 0}, {19, 19, 1}, {5, 5, 2}, {9, 5, 2}, {7, 7, 2}}, grid));
  EXPECT_DOUBLE_EQ(found.longest_mm, 5);
  EXPECT_DOUBLE_EQ(found.perpendicular_mm,
                   3);  // from (7, 7.5) to the line from (5, 4.5) to (9, 4.5)
}

TEST(AxialDiameters, OfEquallyLongLinesCountTheLongestAcross) {
  Mask two(Geometry{.size = {7, 3, 2}});
  for (int x = 0; x < 7; ++x) two(x, 1, 0) = two(x, 1, 1) = 1;
  two(3, 0, 1) = two(3, 2, 1) = 1;  // slice 1 is a cross
  const AxialDiameters found = axial_diameters(two);
  EXPECT_DOUBLE_EQ(found.longest_mm, 7);
  EXPECT_DOUBLE_EQ(found.perpendicular_mm, 3);
}

TEST(ConvexPolygon, HasCornersOnly) {
  const auto polygon =
      convex_polygon({{0, 0}, {1, 0}, {2, 0}, {2, 1}, {2, 2}, {1, 1}, {0, 2}, {0, 1}, {2, 2}});
  EXPECT_EQ(polygon, (std::vector<Vector2>{{0, 0}, {2, 0}, {2, 2}, {0, 2}}));
  EXPECT_EQ(convex_polygon({{1, 1}, {1, 1}}).size(), 1u);
}

TEST(SmallestRectangle, OfATurnedRectangleIsItself) {
  for (const double angle : {0.0, 0.3, 1.0, 2.5}) {
    const double c = std::cos(angle), s = std::sin(angle);
    std::vector<Vector2> corners;
    for (const Vector2& p : {Vector2{0, 0}, {7, 0}, {7, 2}, {0, 2}})
      corners.push_back({c * p[0] - s * p[1], s * p[0] + c * p[1]});
    EXPECT_NEAR(smallest_rectangle(convex_polygon(corners)).area, 14, 1e-13);
  }
}

// Every rectangle with a side on a side of the polygon, by looking at all corners.
TEST(SmallestRectangle, IsTheSmallestOfAll) {
  std::mt19937 random(1);
  for (int run = 0; run < 50; ++run) {
    std::vector<Vector2> points(20);
    for (Vector2& p : points) p = {double(random() % 1000), double(random() % 300)};
    const auto polygon = convex_polygon(points);
    double best = 1e9;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
      const Vector2 &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
      const Vector2 u{b[0] - a[0], b[1] - a[1]};
      double low = 0, high = 0, width = 0;
      for (const Vector2& p : points) {
        const double along = u[0] * (p[0] - a[0]) + u[1] * (p[1] - a[1]);
        low = std::min(low, along);
        high = std::max(high, along);
        width = std::max(width, cross(u, {p[0] - a[0], p[1] - a[1]}));
      }
      best = std::min(best, (high - low) * width / (u[0] * u[0] + u[1] * u[1]));
    }
    EXPECT_NEAR(smallest_rectangle(polygon).area, best, 1e-9 * best);
  }
}

}  // namespace
}  // namespace radiomics
