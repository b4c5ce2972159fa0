#include "radiomics/shape/enclosing_ellipsoid.h"

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double pi = std::numbers::pi;

/// Turned about an oblique axis, and moved: a rotation from its quaternion.
Vector3 turned(const Vector3& p) {
  const double w = 0.5, x = 0.1, y = 0.7, z = 0.5;  // of length 1
  return {(1 - 2 * (y * y + z * z)) * p[0] + 2 * (x * y - w * z) * p[1] +
              2 * (x * z + w * y) * p[2] + 40,
          2 * (x * y + w * z) * p[0] + (1 - 2 * (x * x + z * z)) * p[1] +
              2 * (y * z - w * x) * p[2] - 7,
          2 * (x * z - w * y) * p[0] + 2 * (y * z + w * x) * p[1] +
              (1 - 2 * (x * x + y * y)) * p[2] + 1};
}

/// The stated tolerance of the volume; axes of round bodies may differ by its root.
void expect_axes(std::vector<Vector3> points, const SemiAxes& expected, double tolerance) {
  for (const bool oblique : {false, true}) {
    if (oblique)
      for (Vector3& point : points) point = turned(point);
    const SemiAxes found = smallest_enclosing_ellipsoid(points);
    const double ratio = ellipsoid_volume(found) / ellipsoid_volume(expected);
    EXPECT_GT(ratio, 1 - 1e-12);
    EXPECT_LT(ratio, 1 + 1e-7);
    for (int axis = 0; axis < 3; ++axis)
      EXPECT_NEAR(found[axis], expected[axis], tolerance * expected[axis]) << axis;
  }
}

// The ellipsoid of a box goes through its corners, of a simplex too: affine images of those of a
// cube and of a regular tetrahedron, of which they are spheres.
TEST(SmallestEnclosingEllipsoid, OfABoxGoesThroughItsCorners) {
  std::vector<Vector3> corners;
  for (const double x : {-6.0, 6.0})
    for (const double y : {-2.0, 2.0})
      for (const double z : {-1.0, 1.0}) corners.push_back({x, y, z});
  const double root = std::sqrt(3);
  expect_axes(corners, {6 * root, 2 * root, root}, 1e-7);
}

TEST(SmallestEnclosingEllipsoid, OfARegularTetrahedronIsItsSphere) {
  const double root = std::sqrt(3);
  expect_axes({{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}}, {root, root, root}, 1e-7);
}

TEST(SmallestEnclosingEllipsoid, OfAnOctahedronGoesThroughItsCorners) {
  expect_axes({{5, 0, 0}, {-5, 0, 0}, {0, 3, 0}, {0, -3, 0}, {0, 0, 2}, {0, 0, -2}}, {5, 3, 2},
              1e-7);
}

// With the points at the ends of the axes the ellipsoid is the smallest; others inside change
// nothing.
TEST(SmallestEnclosingEllipsoid, OfAnEllipsoidIsItself) {
  std::vector<Vector3> points{{9, 0, 0}, {-9, 0, 0}, {0, 4, 0}, {0, -4, 0}, {0, 0, 3}, {0, 0, -3}};
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  for (int i = 0; i < 2000; ++i) {
    const Vector3 p{normal(random), normal(random), normal(random)};
    const double length = std::hypot(p[0], p[1], p[2]);
    points.push_back({9 * p[0] / length, 4 * p[1] / length, 3 * p[2] / length});
  }
  expect_axes(points, {9, 4, 3}, 1e-7);
}

TEST(SmallestEnclosingEllipsoid, OfANeedleIsFound) {
  std::vector<Vector3> corners;
  for (const double x : {-1e4, 1e4})
    for (const double y : {-1.0, 1.0})
      for (const double z : {-1.0, 1.0}) corners.push_back({x, y, z + 1e-3 * x});
  const SemiAxes found = smallest_enclosing_ellipsoid(corners);
  EXPECT_NEAR(ellipsoid_volume(found) / (4 * pi / 3 * 1e4 * std::pow(3, 1.5)), 1, 1e-6);
}

TEST(Ellipsoid, OfASphereHasItsAreaAndVolume) {
  EXPECT_DOUBLE_EQ(ibsi_ellipsoid_area({2, 2, 2}), 16 * pi);
  EXPECT_DOUBLE_EQ(ellipsoid_volume({2, 2, 2}), 32 * pi / 3);
  EXPECT_DOUBLE_EQ(ellipsoid_volume({4, 3, 2}), 32 * pi);
}

// IBSI's formula as it is printed.
double series(double a, double b, double c) {
  const double alpha = std::sqrt(1 - b * b / (a * a)), beta = std::sqrt(1 - c * c / (a * a));
  const double x = (alpha * alpha + beta * beta) / (2 * alpha * beta);
  double sum = 0;
  for (unsigned v = 0; v <= 20; ++v)
    sum += std::pow(alpha * beta, v) / (1 - 4.0 * v * v) * std::legendre(v, x);
  return 4 * pi * a * b * sum;
}

TEST(Ellipsoid, HasTheAreaOfTheSeries) {
  for (const auto& [a, b, c] : {SemiAxes{5, 4, 3}, {9, 2, 1}, {3, 2, 2}, {2, 1.99, 0.5}})
    EXPECT_NEAR(ibsi_ellipsoid_area({a, b, c}) / series(a, b, c), 1, 1e-13);
  // The formula has a division by 0 where two axes are equal; the value is that of its limit.
  EXPECT_NEAR(ibsi_ellipsoid_area({3, 3, 2}) / series(3, 3 - 1e-6, 2), 1, 1e-6);
}

// By how much it is not the area: that of a prolate spheroid has a closed form.
TEST(Ellipsoid, HasALargerAreaThanIbsiSays) {
  const double eccentricity = std::sqrt(1 - 4.0 / 9);
  const double area = 8 * pi * (1 + 1.5 / eccentricity * std::asin(eccentricity));
  EXPECT_NEAR(area / ibsi_ellipsoid_area({3, 2, 2}), 1.14, 0.005);
}

}  // namespace
}  // namespace radiomics
