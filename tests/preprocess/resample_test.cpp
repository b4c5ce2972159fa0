#include "radiomics/preprocess/resample.h"

#include <gtest/gtest.h>

#include "radiomics/preprocess/cubic_spline.h"
#include "tests/support/regions.h"

namespace radiomics {
namespace {

// Source: IBSI reference manual, section 2.4: grids of the CT phantom in configurations B and C.
TEST(ResampledGrid, CoversTheImageAroundItsCentre) {
  const Geometry ct{.size = {204, 201, 60}, .spacing_mm = {0.977, 0.977, 3}};
  EXPECT_EQ(resampled_grid(ct, {2, 2, 0}).size, (Index3{100, 99, 60}));
  const Geometry grid = resampled_grid(ct, {2, 2, 2});
  EXPECT_EQ(grid.size, (Index3{100, 99, 90}));
  EXPECT_EQ(grid.spacing_mm, (Vector3{2, 2, 2}));
  const auto centre = [](const Geometry& g) {
    return position_mm(
        g, Vector3{0.5 * (g.size[0] - 1), 0.5 * (g.size[1] - 1), 0.5 * (g.size[2] - 1)});
  };
  for (int axis = 0; axis < 3; ++axis)
    EXPECT_NEAR(centre(grid)[axis], centre(ct)[axis], 1e-12);  // rounding of a sum of few terms
}

TEST(ResampledGrid, IsNotEnlargedByRounding) {
  const Geometry grid{.size = {30, 1, 1}, .spacing_mm = {0.1, 1, 1}};
  EXPECT_EQ(resampled_grid(grid, {0.3, 0, 0}).size[0], 10) << "30 * 0.1 / 0.3 is not 10 in binary";
}

TEST(Resample, OfALinearImageIsExact) {
  const Geometry grid{.size = {9, 8, 7}, .spacing_mm = {1, 1.5, 3}, .origin_mm = {5, -4, 2}};
  const auto value = [](const Vector3& p) { return 2 * p[0] - 3 * p[1] + 0.5 * p[2] + 7; };
  Image image(grid);
  for (int z = 0; z < 7; ++z)
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 9; ++x) image(x, y, z) = value(position_mm(grid, Index3{x, y, z}));
  const Geometry target = resampled_grid(grid, {0.7, 2, 2});
  const Box inner = grown(whole(target), {-2, -2, -2}, target);  // away from the border
  const Image resampled = resample(as_window(image), target, inner, Interpolation::linear);
  const Index3 size = inner.size();
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x)
        EXPECT_NEAR(resampled(x, y, z), value(position_mm(resampled.geometry(), Index3{x, y, z})),
                    1e-11);
}

TEST(Resample, ContinuesTheBorder) {
  const Geometry grid{.size = {2, 1, 1}, .spacing_mm = {2, 1, 1}};
  Image image(grid);
  image(0, 0, 0) = 10;
  image(1, 0, 0) = 20;
  const Geometry target = resampled_grid(grid, {1, 0, 0});
  const Image resampled = resample(as_window(image), target, whole(target), Interpolation::linear);
  ASSERT_EQ(target.size[0], 4);  // at -0.5, 0.5, 1.5, 2.5 mm
  EXPECT_EQ(resampled(0, 0, 0), 10);
  EXPECT_EQ(resampled(1, 0, 0), 12.5);
  EXPECT_EQ(resampled(2, 0, 0), 17.5);
  EXPECT_EQ(resampled(3, 0, 0), 20);
}

constexpr Interpolation all_kinds[] = {Interpolation::nearest, Interpolation::linear,
                                       Interpolation::cubic};

Image noise(const Geometry& grid) {
  Image image(grid);
  unsigned state = 7;
  for (double& value : image.voxels()) value = double((state = state * 1664525 + 1) >> 20);
  return image;
}

void expect_windows_equal(const Geometry& grid, const Vector3& spacing_mm,
                          std::initializer_list<Box> boxes, Interpolation kind) {
  const Image image = noise(grid);
  const Geometry target = resampled_grid(grid, spacing_mm);
  const Image all = resample(as_window(image), target, whole(target), kind);
  for (const Box& box : boxes) {
    const Box support = support_of(target, box, grid, kind);
    const Image part = resample({grid, support, crop(image, support)}, target, box, kind);
    EXPECT_TRUE(std::ranges::equal(part.voxels(), crop(all, box).voxels()));
  }
}

TEST(Resample, OfAWindowEqualsThatOfTheWhole) {
  const Geometry grid{.size = {11, 10, 9}, .spacing_mm = {0.977, 1.1, 3}};
  for (const Interpolation kind : all_kinds)
    expect_windows_equal(grid, {2, 0.5, 2},
                         {{{1, 3, 2}, {3, 9, 5}}, {{0, 0, 0}, {1, 2, 1}}, {{0, 0, 0}, {5, 21, 13}}},
                         kind);
}

TEST(Resample, ByACubicSplineNeedsNoMoreThanItsSupport) {
  const Geometry line{.size = {3, 2, 200}, .spacing_mm = {1, 1, 1}};
  const Geometry target = resampled_grid(line, {0, 0, 0.7});
  const Box box{{1, 0, 140}, {2, 1, 143}};
  const Box support = support_of(target, box, line, Interpolation::cubic);
  EXPECT_EQ(support.size(), (Index3{2, 2, 4 + 2 * cubic_spline_radius}))
      << "no margin along axes that are kept";
  expect_windows_equal(line, {0, 0, 0.7}, {box}, Interpolation::cubic);
}

TEST(Resample, KeepsEqualVoxelsEqual) {
  const Geometry grid{.size = {9, 8, 7}, .spacing_mm = {1, 1.5, 3}};
  const Geometry target = resampled_grid(grid, {0.7, 2, 2});
  for (const Interpolation kind : all_kinds) {
    const Image resampled = resample(as_window(Image(grid, 0.1)), target, whole(target), kind);
    for (const double value : resampled.voxels()) EXPECT_EQ(value, 0.1);
  }
}

// The value of a product of functions of one axis is the product of their values: away from the
// border that of the cubic polynomial that the spline reproduces there. The mirror at the border
// costs 0.27 per voxel from values of 30^3: 1e-11 after 29 voxels.
TEST(Resample, ByACubicSplineIsExactForCubicPolynomials) {
  const Geometry grid{.size = {61, 61, 61}};
  const auto polynomial = [](double x) { return (x - 30) * (x - 30) * (x - 30) / 100 + x - 20; };
  Image image(grid);
  for (int z = 0; z < 61; ++z)
    for (int y = 0; y < 61; ++y)
      for (int x = 0; x < 61; ++x) image(x, y, z) = polynomial(x) + polynomial(y) - polynomial(z);
  const Geometry target = resampled_grid(grid, {0.8, 1.3, 0.9});
  const Box middle = grown(resampled_box(grid, {{29, 29, 29}, {31, 31, 31}}, target), {}, target);
  const Image resampled = resample(as_window(image), target, middle, Interpolation::cubic);
  const Index3 size = middle.size();
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x) {
        const Vector3 p = position_mm(resampled.geometry(), Index3{x, y, z});
        EXPECT_NEAR(resampled(x, y, z), polynomial(p[0]) + polynomial(p[1]) - polynomial(p[2]),
                    1e-9);
      }
}

TEST(Resample, ToTheNearestTakesTheHigherIndexHalfWay) {
  const Geometry grid{.size = {2, 1, 1}, .spacing_mm = {3, 1, 1}};
  Image image(grid);
  image(0, 0, 0) = 10;
  image(1, 0, 0) = 20;
  const Geometry target = resampled_grid(grid, {2, 0, 0});  // at -0.5, 1.5, 3.5 mm
  const Image resampled = resample(as_window(image), target, whole(target), Interpolation::nearest);
  EXPECT_EQ(resampled(0, 0, 0), 10);
  EXPECT_EQ(resampled(1, 0, 0), 20);
  EXPECT_EQ(resampled(2, 0, 0), 20);
}

TEST(Resample, ToTheSameSpacingChangesNothing) {
  const Geometry grid{.size = {4, 3, 2}, .spacing_mm = {0.977, 0.977, 3}};
  EXPECT_EQ(resampled_grid(grid, {0, 0, 0}), grid);
  EXPECT_EQ(resampled_grid(grid, {0.977, 0.977, 3}), grid);
  EXPECT_EQ(resampled_box(grid, {{1, 1, 0}, {2, 2, 1}}, grid), (Box{{1, 1, 0}, {2, 2, 1}}));
}

}  // namespace
}  // namespace radiomics
