#include "radiomics/preprocess/distance_slices.h"

#include <algorithm>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>

#include "radiomics/preprocess/mask_algebra.h"
#include "radiomics/preprocess/shell.h"
#include "tests/support/masks.h"
#include "tests/support/written_masks.h"

namespace radiomics {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double squared(double value) { return value * value; }

std::vector<Index3> voxels_of(const MaskWindow& mask) {
  std::vector<Index3> voxels;
  for_each_run(mask.volume, [&](const MaskRun& run) {
    for (int x = run.first; x <= run.last; ++x)
      voxels.push_back(
          {mask.box.first[0] + x, mask.box.first[1] + run.y, mask.box.first[2] + run.z});
  });
  return voxels;
}

/// The definition: the least over all voxels of the region.
double definition(const std::vector<Index3>& region, const Index3& at, const Vector3& spacing_mm) {
  double least = infinite;
  for (const Index3& voxel : region) {
    std::array<double, 3> along;
    for (int axis = 0; axis < 3; ++axis)
      along[axis] = squared((at[axis] - voxel[axis]) * spacing_mm[axis]);
    least = std::min(least, along[2] + along[0] + along[1]);
  }
  return least;
}

/// Compares every voxel of a box with the definition, bit by bit.
void expect_definition(const MaskWindow& mask, const Box& box, double limit_mm) {
  const auto region = voxels_of(mask);
  DistanceSlices distances(mask, box, limit_mm);
  for (int z = box.first[2]; z <= box.last[2]; ++z) {
    auto next = distances.slice(z).begin();
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x, ++next) {
        const double expected = definition(region, {x, y, z}, mask.grid.spacing_mm);
        if (expected <= squared(limit_mm))
          ASSERT_EQ(*next, expected) << x << ' ' << y << ' ' << z;
        else
          ASSERT_GT(*next, squared(limit_mm)) << x << ' ' << y << ' ' << z;
      }
  }
}

constexpr Vector3 spacings_mm[] = {
    {1, 1, 1}, {0.9765625, 0.9765625, 3}, {0.7, 1.3, 2.9}, {3.27, 0.41, 0.0823}, {0.1, 0.1, 0.3}};

TEST(DistanceSlices, AreTheDefinitionToTheLastBit) {
  unsigned seed = 0;
  for (const Vector3& spacing_mm : spacings_mm)
    for (const double share : {0.002, 0.03, 0.4})
      for (const double limit_mm : {2.5, infinite}) {
        Mask mask = random_mask({13, 11, 9}, share, ++seed, spacing_mm);
        mask(5, 7, 4) = 1;
        expect_definition(cut_to_box(mask), {{-4, -3, -5}, {15, 12, 13}}, limit_mm);
      }
}

// All voxels of a plane are equally far from one beside it: ties on every line.
TEST(DistanceSlices, AreExactAtTies) {
  for (const Vector3& spacing_mm : spacings_mm) {
    Mask mask(Geometry{.size = {9, 9, 9}, .spacing_mm = spacing_mm});
    for (int i = 0; i < 9; i += 2)
      for (int j = 0; j < 9; j += 2) mask(i, j, 0) = mask(i, j, 8) = mask(0, i, j) = 1;
    expect_definition(cut_to_box(mask), {{-2, -2, -2}, {10, 10, 10}}, infinite);
  }
}

TEST(DistanceSlices, MayBeAskedInAnyOrderAndAwayFromTheRegion) {
  const MaskWindow one = cut_to_box(voxels_at({{2, 3, 1}}, {.size = {5, 5, 5}}));
  DistanceSlices distances(one, {{7, 3, -9}, {8, 4, 9}}, infinite);
  const auto values = [&](int z) {
    const auto slice = distances.slice(z);
    return std::vector(slice.begin(), slice.end());
  };
  EXPECT_EQ(values(4), (std::vector<double>{34, 45, 35, 46}));
  EXPECT_EQ(values(-2), (std::vector<double>{34, 45, 35, 46}));
  EXPECT_EQ(values(1), (std::vector<double>{25, 36, 26, 37}));
}

TEST(Shell, IsTheVoxelsWithinTheDistance) {
  // 5 mm are five voxels along x and four along y, one of 3 mm along z.
  const Geometry grid{.size = {31, 31, 31}, .spacing_mm = {1, 1.25, 3}};
  const Shell shell = shell_around(cut_to_box(voxels_at({{15, 15, 15}}, grid)), 0, 5);
  EXPECT_EQ(shell.mask.box, (Box{{10, 11, 14}, {20, 19, 16}}));
  EXPECT_EQ(shell.voxels_beyond_image, 0u);
  std::size_t expected = 0;
  for (int z = -2; z <= 2; ++z)
    for (int y = -5; y <= 5; ++y)
      for (int x = -6; x <= 6; ++x)
        expected += squared(x) + squared(1.25 * y) + squared(3 * z) <= 25;
  EXPECT_EQ(voxels_inside(shell.mask.volume), expected - 1) << "without the voxel itself";
  EXPECT_EQ(shell.voxels_inside_image, expected - 1);
}

/// A spacing as a file has it, and the one that is meant.
struct Rounded {
  double in_file_mm, meant_mm;
};

// 0.1 as a file keeps it in a float: three voxels are 0.3000000045 mm.
TEST(Shell, HoldsWhatLiesOnItsLimitWhateverTheRounding) {
  for (const auto& [in_file_mm, meant_mm] :
       {Rounded{0.1, 0.1}, {0.1f, 0.1}, {0.3, 0.3}, {0.3f, 0.3}, {0.7f, 0.7}}) {
    const Geometry grid{.size = {91, 1, 1}, .spacing_mm = {in_file_mm, 1, 1}};
    const MaskWindow middle = cut_to_box(voxels_at({{45, 0, 0}}, grid));
    for (int k = 1; k < 40; ++k) {
      const double limit_mm = k * meant_mm;
      EXPECT_EQ(shell_around(middle, 0, limit_mm).mask.box.last[0], 45 + k);
      const Shell outer = shell_around(middle, limit_mm, limit_mm + 1.5 * meant_mm);
      EXPECT_EQ(outer.mask.box.last[0], 45 + k + 1) << "the next one, not that on the limit";
      EXPECT_EQ(outer.voxels_inside_image, 2u);
    }
  }
}

TEST(Shell, OfBandsMakesTheWhole) {
  for (const Vector3& spacing_mm : {Vector3{1, 1, 1}, Vector3{0.7, 1.3, 2.9}}) {
    Mask mask = random_mask({30, 30, 12}, 0.002, 5, spacing_mm);
    mask(14, 14, 6) = 1;
    const MaskWindow region = cut_to_box(mask);
    const Shell whole = shell_around(region, 0, 6), near = shell_around(region, 0, 3),
                far = shell_around(region, 3, 6);
    EXPECT_EQ(near.voxels_inside_image + far.voxels_inside_image, whole.voxels_inside_image);
    EXPECT_EQ(near.voxels_beyond_image + far.voxels_beyond_image, whole.voxels_beyond_image);
    MaskWindow both = near.mask;
    unite(both, far.mask);
    EXPECT_EQ(both.box, whole.mask.box);
    EXPECT_EQ(bytes_of(both), bytes_of(whole.mask));
  }
}

TEST(Shell, CountsWhatLiesBeyondTheImage) {
  const Geometry large{.size = {41, 41, 41}, .spacing_mm = {1, 1, 2}};
  const Shell whole = shell_around(cut_to_box(voxels_at({{20, 20, 20}}, large)), 0, 6);
  const Geometry small{.size = {4, 41, 41}, .spacing_mm = {1, 1, 2}};
  const Shell cut = shell_around(cut_to_box(voxels_at({{1, 20, 20}}, small)), 0, 6);
  EXPECT_EQ(cut.voxels_inside_image + cut.voxels_beyond_image, whole.voxels_inside_image);
  EXPECT_EQ(cut.voxels_inside_image, voxels_inside(cut.mask.volume));
  EXPECT_GT(cut.voxels_beyond_image, cut.voxels_inside_image / 2);
}

TEST(Shell, OfAnImageThatIsAllRegionIsEmpty) {
  const Shell shell = shell_around(cut_to_box(Mask({.size = {3, 3, 3}}, 1)), 0, 1);
  EXPECT_TRUE(shell.mask.box.empty());
  EXPECT_EQ(shell.voxels_beyond_image, 6u * 9) << "a voxel on each face";
}

/// The volume of the shell of thickness t around a ball of radius r in which centres of voxels are
/// inside, in mm³, must lie between these bounds. With d half a diagonal of a voxel: a voxel is in
/// the shell only if its centre p has r < |p| <= r + t; and it is if r < |p| <= r + t - 2 d,
/// because the point of the line to the middle that is r - d from it has a centre within d, inside.
/// Counted voxels fill a ball up to d (its voxels reach d beyond their centres).
struct Bounds {
  double low, high;
};

Bounds bounds_of_shell(double r, double t, double d) {
  const auto ball = [](double radius) {
    return 4 * std::numbers::pi / 3 * radius * squared(radius);
  };
  return {ball(r + t - 3 * d) - ball(r + d), ball(r + t + d) - ball(r - d)};
}

TEST(Shell, OfABallHasTheVolumeOfAShell) {
  const double r = 9, t = 5;
  const double analytic = 4 * std::numbers::pi / 3 * (14. * 14 * 14 - 9. * 9 * 9);
  for (const Vector3& spacing_mm : {Vector3{1, 1, 1}, Vector3{0.5, 0.5, 0.5},
                                    Vector3{0.25, 0.25, 0.25}, Vector3{0.6, 0.6, 1.2}}) {
    Geometry grid{.spacing_mm = spacing_mm};
    for (int axis = 0; axis < 3; ++axis) grid.size[axis] = int(2 * 15 / spacing_mm[axis]) + 1;
    const Shell shell = shell_around(cut_to_box(ellipsoid({r, r, r}, grid)), 0, t);
    const double volume = double(shell.voxels_inside_image) * grid.voxel_volume_mm3();
    const double d =
        std::sqrt(squared(spacing_mm[0]) + squared(spacing_mm[1]) + squared(spacing_mm[2])) / 2;
    const Bounds bounds = bounds_of_shell(r, t, d);
    EXPECT_GT(volume, bounds.low) << spacing_mm[0];
    EXPECT_LT(volume, bounds.high) << spacing_mm[0];
    EXPECT_EQ(shell.voxels_beyond_image, 0u);
    // The bounds are the worst case; the error falls with the spacing and stays below d / t.
    EXPECT_NEAR(volume / analytic, 1, d / t) << spacing_mm[0];
  }
}

}  // namespace
}  // namespace radiomics
