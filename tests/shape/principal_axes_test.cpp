#include "radiomics/shape/principal_axes.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/masks.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

// One to three roundings and an eigensolver that is accurate to a few units in the last place.
constexpr double rounding = 1e-13;

/// n equally spaced points have the sample variance n (n + 1) / 12 spacing^2.
double length_of_row(int n, double spacing_mm) {
  return 4 * spacing_mm * std::sqrt(n * (n + 1) / 12.0);
}

TEST(PrincipalAxes, OfABlockAreItsSides) {
  const Geometry grid{.size = {7, 5, 4}, .spacing_mm = {1, 3, 2}};
  const PrincipalAxes axes = principal_axes(Mask(grid, 1));
  const auto expected = [](int n, double spacing_mm) {
    return 4 * spacing_mm * std::sqrt((n * n - 1) / 12.0 * 140 / 139);  // of 140 voxels
  };
  EXPECT_NEAR(axes.major_mm, expected(5, 3), rounding * 20);
  EXPECT_NEAR(axes.minor_mm, expected(4, 2), rounding * 20);
  EXPECT_NEAR(axes.least_mm, expected(7, 1), rounding * 20);
}

// A solid ellipsoid has the variances of its semi-axes squared over 5. The grid may add or take a
// tenth of a voxel of 0.8 to 1 mm.
TEST(PrincipalAxes, OfAnEllipsoidAreProportionalToItsOwn) {
  const Geometry grid{.size = {51, 41, 61}, .spacing_mm = {1, 1, 0.8}};
  const PrincipalAxes axes = principal_axes(ellipsoid({24, 12, 18}, grid));
  EXPECT_NEAR(axes.major_mm, 4 * 24 / std::sqrt(5), 0.1);
  EXPECT_NEAR(axes.minor_mm, 4 * 18 / std::sqrt(5), 0.1);
  EXPECT_NEAR(axes.least_mm, 4 * 12 / std::sqrt(5), 0.1);
}

TEST(PrincipalAxes, OfARowHaveOneLength) {
  const PrincipalAxes axes =
      principal_axes(Mask(Geometry{.size = {1, 9, 1}, .spacing_mm = {1, 2, 3}}, 1));
  EXPECT_NEAR(axes.major_mm, length_of_row(9, 2), rounding * 20);
  EXPECT_EQ(axes.minor_mm, 0);
  EXPECT_EQ(axes.least_mm, 0);
}

// No rounding error passes for a width, whatever the direction.
TEST(PrincipalAxes, OfADiagonalRowHaveOneLength) {
  const Geometry grid{.size = {30, 30, 30}, .spacing_mm = {0.977, 0.977, 3}};
  Mask mask(grid);
  for (int i = 0; i < 10; ++i) mask(3 * i, 29 - 2 * i, i) = 1;
  const PrincipalAxes axes = principal_axes(mask);
  EXPECT_NEAR(axes.major_mm, length_of_row(10, std::hypot(3 * 0.977, 2 * 0.977, 3)),
              rounding * 100);
  EXPECT_EQ(axes.minor_mm, 0);
  EXPECT_EQ(axes.least_mm, 0);
}

TEST(PrincipalAxes, OfOneSliceHaveNoLeastLength) {
  Mask slice = random_mask({20, 30, 1}, 0.5, 1, {0.977, 0.977, 3});
  const PrincipalAxes axes = principal_axes(padded(slice, {0, 0, 2}, {0, 0, 1}));
  EXPECT_GT(axes.minor_mm, 0);
  EXPECT_EQ(axes.least_mm, 0);
}

// The narrowest that there is: one voxel out of line in a row that fills a large scan.
TEST(PrincipalAxes, KeepRealWidths) {
  Mask mask(Geometry{.size = {2000, 2, 1}, .spacing_mm = {5, 0.1, 1}});
  for (int x = 0; x < 2000; ++x) mask(x, 0, 0) = 1;
  mask(1000, 1, 0) = 1;
  EXPECT_NEAR(principal_axes(mask).minor_mm, 4 * 0.1 / std::sqrt(2001.0), 1e-5);
}

TEST(PrincipalAxes, OfTwoVoxelsSpanTheirDistance) {
  const Mask two = voxels_at({{0, 0, 0}, {3, 4, 0}}, {.size = {4, 5, 1}});
  // Sample variance of two points at a distance of 5: 25 / 2.
  EXPECT_NEAR(principal_axes(two).major_mm, 4 * 5 / std::sqrt(2), rounding * 20);
}

TEST(PrincipalAxes, OfOneVoxelAreUndefined) {
  const PrincipalAxes axes = principal_axes(Mask(Geometry{.size = {1, 1, 1}}, 1));
  EXPECT_TRUE(std::isnan(axes.major_mm));
  EXPECT_TRUE(std::isnan(axes.minor_mm));
  EXPECT_TRUE(std::isnan(axes.least_mm));
}

TEST(PrincipalAxes, DoNotDependOnThePlace) {
  const Mask mask = random_mask({12, 9, 7}, 0.4, 2, {0.977, 1.1, 3});
  const PrincipalAxes here = principal_axes(mask);
  const PrincipalAxes there = principal_axes(padded(mask, {101, 53, 17}, {1, 2, 3}));
  EXPECT_EQ(here.major_mm, there.major_mm);
  EXPECT_EQ(here.minor_mm, there.minor_mm);
  EXPECT_EQ(here.least_mm, there.least_mm);
}

}  // namespace
}  // namespace radiomics
