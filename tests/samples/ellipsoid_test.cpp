#include "samples/ellipsoid.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace radiomics::samples {
namespace {

const Ellipsoid skew{{3.7, -12.2, 41.9}, {21.3, 14.8, 9.6}, rotation({5, 2, -3, 1})};

TEST(Ellipsoid, RotationIsOrthonormalAndRightHanded) {
  const auto& r = skew.axes;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      double dot = 0;
      for (int row = 0; row < 3; ++row) dot += r[3 * row + i] * r[3 * row + j];
      EXPECT_NEAR(dot, i == j, 1e-15) << i << " " << j;
    }
  EXPECT_NEAR(r[0] * (r[4] * r[8] - r[5] * r[7]) - r[1] * (r[3] * r[8] - r[5] * r[6]) +
                  r[2] * (r[3] * r[7] - r[4] * r[6]),
              1, 1e-15);
  // 90 degrees about z
  const auto quarter = rotation({1, 0, 0, 1});
  EXPECT_EQ(quarter, (std::array<double, 9>{0, -1, 0, 1, 0, 0, 0, 0, 1}));
}

TEST(Ellipsoid, EndsAtItsSemiAxes) {
  for (int axis = 0; axis < 3; ++axis)
    for (const double sign : {-1.0, 1.0})
      for (const double factor : {0.999, 1.001}) {
        Vector3 p = skew.centre_mm;
        for (int row = 0; row < 3; ++row)
          p[row] += sign * factor * skew.semi_axes_mm[axis] * skew.axes[3 * row + axis];
        EXPECT_EQ(contains(skew, p), factor < 1) << axis;
      }
}

// The area of sections is a quadratic polynomial of z: Simpson's rule with three points is exact,
// and the two ends have no area.
TEST(Ellipsoid, SectionsAddUpToTheVolume) {
  const double height = half_extent_mm(skew)[2];
  const double middle = area_mm2(*section(skew, skew.centre_mm[2]));
  EXPECT_NEAR(4 * middle * (2 * height) / 6, volume_mm3(skew), 1e-9 * volume_mm3(skew));
  const double quarter = area_mm2(*section(skew, skew.centre_mm[2] + height / 2));
  EXPECT_NEAR(quarter / middle, 0.75, 1e-12);
  EXPECT_FALSE(section(skew, skew.centre_mm[2] + 1.0001 * height));
  EXPECT_TRUE(section(skew, skew.centre_mm[2] - 0.9999 * height));
}

TEST(Ellipsoid, PolygonsLieOnTheSurface) {
  for (const double d : {-7.3, 0.0, 4.1}) {
    const double z = skew.centre_mm[2] + d;
    const auto outline = section(skew, z);
    ASSERT_TRUE(outline);
    const auto points = polygon(*outline);
    ASSERT_EQ(int(points.size()), contour_points);
    for (const auto& [x, y] : points) {  // a hair inwards and outwards, from the section's centre
      const auto [cx, cy] = outline->centre_mm;
      const double in = 1 - 1e-9, out = 1 + 1e-9;
      EXPECT_TRUE(contains(skew, {cx + in * (x - cx), cy + in * (y - cy), z}));
      EXPECT_FALSE(contains(skew, {cx + out * (x - cx), cy + out * (y - cy), z}));
    }
  }
}

TEST(Ellipsoid, PolygonsLoseTheStatedPartOfTheArea) {
  const double angle = 2 * std::numbers::pi / contour_points;
  EXPECT_NEAR(contour_area_ratio, std::sin(angle) / angle, 1e-6);  // stated with six digits
  const EllipticSection outline = *section(skew, skew.centre_mm[2] + 2);
  const auto points = polygon(outline);
  double twice = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto [x1, y1] = points[i];
    const auto [x2, y2] = points[(i + 1) % points.size()];
    twice += x1 * y2 - x2 * y1;
  }
  EXPECT_NEAR(twice / 2 / area_mm2(outline), contour_area_ratio, 1e-6);
}

TEST(Ellipsoid, DiametersOfASectionAreItsWidths) {
  const EllipticSection outline = *section(skew, skew.centre_mm[2]);
  double longest = 0;
  Vector2 direction{};
  const auto points = polygon(outline);
  for (const auto& [x, y] : points) {
    const double dx = x - outline.centre_mm[0], dy = y - outline.centre_mm[1];
    const double length = std::sqrt(dx * dx + dy * dy);
    if (2 * length > longest) {
      longest = 2 * length;
      direction = {dx / length, dy / length};
    }
  }
  const auto [major, minor] = diameters_mm(outline);
  // the nearest of 128 points is at most 1.4 degrees of the circle away from the end of the axis
  EXPECT_NEAR(longest, major, 1e-3 * major);
  EXPECT_NEAR(major * minor * std::numbers::pi / 4, area_mm2(outline), 1e-9 * major * major);
  EXPECT_GT(major, minor);
}

TEST(Ellipsoid, VoxelisationMissesNoVoxel) {
  Geometry grid{.size = {40, 36, 30},
                .spacing_mm = {1.3, 1.4, 2},
                .origin_mm = {-22.4, -37.1, 13.3},
                .direction = Geometry{}.direction};
  for (const double sign : {1.0, -1.0}) {
    grid.direction = {sign, 0, 0, 0, sign, 0, 0, 0, 1};
    if (sign < 0) {
      grid.origin_mm[0] += 39 * 1.3;
      grid.origin_mm[1] += 35 * 1.4;
    }
    const Mask mask = voxelised(skew, grid);
    int inside = 0;
    for (int z = 0; z < grid.size[2]; ++z)
      for (int y = 0; y < grid.size[1]; ++y)
        for (int x = 0; x < grid.size[0]; ++x) {
          const bool expected = contains(skew, position_mm(grid, Index3{x, y, z}));
          ASSERT_EQ(bool(mask(x, y, z)), expected);
          inside += expected;
        }
    EXPECT_GT(inside, 3000);
  }
}

}  // namespace
}  // namespace radiomics::samples
