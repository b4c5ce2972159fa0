// Label files of every format against the grid of an image.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"
#include "radiomics/io/image_io.h"
#include "radiomics/io/label_volume.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/headers.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {4, 3, 2}, .spacing_mm = {1.5, 2, 3}, .origin_mm = {-10, 20.5, -30}};

using Voxels = std::vector<std::int16_t>;

/// Label 7 in two voxels, label 3 in the last one.
Voxels two_regions() {
  Voxels labels(grid.voxel_count());
  labels[1] = labels[2] = 7;
  labels[23] = 3;
  return labels;
}

/// A mask file in a folder of its own.
class File {
 public:
  File(const std::string& name, const std::string& bytes) : path_(folder_.path() / name) {
    folder_.write(name, bytes);
  }
  MaskSource open() const { return open_label_file(path_); }

 private:
  TemporaryFolder folder_;
  std::filesystem::path path_;
};

std::vector<Index3> inside(const MaskWindow& mask) {
  std::vector<Index3> voxels;
  for_each_run(mask.volume, [&](const MaskRun& run) {
    for (int x = run.first; x <= run.last; ++x)
      voxels.push_back(
          {mask.box.first[0] + x, mask.box.first[1] + run.y, mask.box.first[2] + run.z});
  });
  return voxels;
}

const std::vector<Index3> seven{{1, 0, 0}, {2, 0, 0}};

// ---- axes ----

/// The same labels with the axes stored in another order and directions: axis a of the file is axis
/// order[a] of the grid, backwards where flipped.
struct Stored {
  Geometry geometry;
  Voxels voxels;
};

Stored stored(const Voxels& labels, const Index3& order, const std::array<bool, 3>& flipped) {
  Stored result{grid, Voxels(labels.size())};
  Index3 first{};
  for (std::size_t a = 0; a < 3; ++a) {
    const auto axis = std::size_t(order[a]);
    result.geometry.size[a] = grid.size[axis];
    result.geometry.spacing_mm[a] = grid.spacing_mm[axis];
    for (std::size_t row = 0; row < 3; ++row)
      result.geometry.direction[3 * row + a] = row == axis ? (flipped[a] ? -1 : 1) : 0;
    if (flipped[a]) first[axis] = grid.size[axis] - 1;
  }
  result.geometry.origin_mm = position_mm(grid, first);
  const Mask places(result.geometry);
  for (int z = 0; z < result.geometry.size[2]; ++z)
    for (int y = 0; y < result.geometry.size[1]; ++y)
      for (int x = 0; x < result.geometry.size[0]; ++x) {
        const Vector3 at = index_at(grid, position_mm(result.geometry, Index3{x, y, z}));
        const auto source = std::size_t(std::lround(at[0] + 4 * (at[1] + 3 * at[2])));
        result.voxels[places.index(x, y, z)] = labels[source];
      }
  return result;
}

TEST(LabelFile, MayStoreItsAxesInAnyOrderAndDirection) {
  Index3 order{0, 1, 2};
  do
    for (int flips = 0; flips < 8; ++flips) {
      const Stored other =
          stored(two_regions(), order, {(flips & 1) != 0, (flips & 2) != 0, (flips & 4) != 0});
      for (const auto& [name, bytes] :
           {std::pair{"m.nrrd", nrrd_bytes(other.geometry, other.voxels)},
            std::pair{"m.nii", nifti_bytes(other.geometry, other.voxels)},
            std::pair{"m.mha", metaimage_bytes(other.geometry, other.voxels)}}) {
        const RegionMask region = File(name, bytes).open().mask("7", grid);
        EXPECT_EQ(inside(region.mask), seven) << name << join(order, " ") << " flips " << flips;
        EXPECT_EQ(region.mask.grid, grid);
        EXPECT_EQ(region.mask.box, (Box{{1, 0, 0}, {2, 0, 0}}));
        EXPECT_EQ(region.warnings, std::vector<std::string>{});
      }
    }
  while (std::next_permutation(order.begin(), order.end()));
}

// ---- other grids ----

TEST(LabelFile, SaysHowItsGridDiffersAndWhatHelps) {
  Geometry other = grid;
  other.origin_mm[0] += 0.75;
  other.spacing_mm[2] = 2.5;
  const MaskSource source = File("m.nrrd", nrrd_bytes(other, two_regions())).open();
  EXPECT_ERROR(source.mask("7", grid), ErrorKind::geometry_mismatch,
               "spacing (1.5, 2, 2.5) mm against (1.5, 2, 3) mm, origin (-9.25, 20.5, -30) mm "
               "against (-10, 20.5, -30) mm");
  EXPECT_ERROR(source.mask("7", grid), ErrorKind::geometry_mismatch, "--resample-mask");
}

TEST(LabelFile, HasToCoverTheImage) {
  Geometry shorter = grid;
  shorter.size[2] = 1;
  const Voxels slice(12, 1);
  const MaskSource source = File("m.nrrd", nrrd_bytes(shorter, slice)).open();
  EXPECT_ERROR(source.mask("1", grid), ErrorKind::geometry_mismatch, "size 4x3x1 against 4x3x2");
}

TEST(LabelFile, MayDifferByRounding) {
  Geometry rounded = grid;
  for (double& mm : rounded.origin_mm) mm += 0.001;
  for (double& mm : rounded.spacing_mm) mm += 1e-5;
  EXPECT_EQ(inside(File("m.nrrd", nrrd_bytes(rounded, two_regions())).open().mask("7", grid).mask),
            seven);
}

// ---- values ----

TEST(LabelFile, IsRefusedWithWhatIsNoLabel) {
  const std::pair<double, const char*> values[] = {
      {0.4, "the value 0.4"},
      {-1, "the value -1 "},
      {std::nan(""), "the value nan of voxel (1, 2, 1)"},
      {INFINITY, "the value inf"},
      {16777218, "the value 16777218"}};
  for (const auto& [value, text] : values) {
    const std::string message = text;
    std::vector<float> voxels(grid.voxel_count(), 1);
    voxels[21] = float(value);
    const File nifti("m.nii", float_nifti_bytes(grid, voxels));
    const File nrrd("m.nrrd", float_nrrd_bytes(grid, voxels));
    for (const File* file : {&nifti, &nrrd})
      EXPECT_ERROR(file->open(), ErrorKind::unsupported_data, message);
  }
}

TEST(LabelFile, RoundsWhatIsNearlyALabel) {
  std::vector<float> voxels(grid.voxel_count());
  voxels[1] = voxels[2] = 0.9999999F;
  const MaskSource source = File("m.nii", float_nifti_bytes(grid, voxels)).open();
  EXPECT_EQ(inside(source.mask("1", grid).mask), seven);
  EXPECT_EQ(source.warnings,
            std::vector<std::string>{"voxel values were rounded to the nearest whole number"});
}

TEST(LabelFile, IsNoImage) {
  Geometry large = grid;
  large.size = {int(most_labels), 2, 1};
  Voxels voxels(large.voxel_count());
  std::iota(voxels.begin(), voxels.begin() + most_labels, std::int16_t(1));
  EXPECT_EQ(File("m.nii", nifti_bytes(large, voxels)).open().names.size(), most_labels);
  voxels.back() = most_labels + 1;
  EXPECT_ERROR(File("m.nii", nifti_bytes(large, voxels)).open(), ErrorKind::unsupported_data,
               "looks like an image");
}

// ---- resampling ----

const Geometry line{.size = {8, 1, 1}};

/// A mask of three voxels of 2 mm, the middle one inside, whose first centre is at x.
MaskSource coarse(double x, bool flipped = false) {
  Geometry three{.size = {3, 1, 1}, .spacing_mm = {2, 1, 1}, .origin_mm = {x, 0, 0}};
  if (flipped) {
    three.origin_mm[0] += 4;
    three.direction = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
  }
  return File("m.nrrd", nrrd_bytes(three, {0, 5, 0})).open();
}

// The middle voxel holds 1.5 <= x < 3.5.
TEST(ResampledMask, TakesTheNearestVoxel) {
  const RegionMask region = coarse(0.5).resampled("5", line);
  EXPECT_EQ(inside(region.mask), (std::vector<Index3>{{2, 0, 0}, {3, 0, 0}}));
  EXPECT_EQ(region.mask.box, (Box{{2, 0, 0}, {3, 0, 0}}));
  EXPECT_EQ(region.warnings,
            std::vector<std::string>{"the mask was resampled by nearest neighbour, from a grid of "
                                     "3x1x1 voxels of 2x1x1 mm to the image's of 8x1x1 voxels of "
                                     "1x1x1 mm: from 1 voxels (0.002 ml) to 2 voxels (0.002 ml)"});
}

// The middle voxel holds 1 <= x < 3 in whichever order the voxels are stored.
TEST(ResampledMask, TakesTheVoxelFurtherAlongThePatientAxisHalfway) {
  for (const bool flipped : {false, true})
    EXPECT_EQ(inside(coarse(0, flipped).resampled("5", line).mask),
              (std::vector<Index3>{{1, 0, 0}, {2, 0, 0}}))
        << flipped;
}

TEST(ResampledMask, IsTheMaskItselfOnTheSameGrid) {
  const RegionMask region =
      File("m.nrrd", nrrd_bytes(grid, two_regions())).open().resampled("7", grid);
  EXPECT_EQ(inside(region.mask), seven);
  EXPECT_EQ(region.warnings, std::vector<std::string>{});
}

TEST(ResampledMask, OfMissingSlicesIsExact) {
  Geometry shorter = grid;
  shorter.size[2] = 1;
  Voxels slice(two_regions());
  slice.resize(12);
  const RegionMask region = File("m.nrrd", nrrd_bytes(shorter, slice)).open().resampled("7", grid);
  EXPECT_EQ(inside(region.mask), seven);
  EXPECT_EQ(region.warnings.size(), 1u);
}

TEST(ResampledMask, SaysWhatLiesOutside) {
  const RegionMask region =
      File("m.nrrd",
           nrrd_bytes({.size = {2, 1, 1}, .spacing_mm = {2, 1, 1}, .origin_mm = {6.5, 0, 0}},
                      {1, 1}))
          .open()
          .resampled("1", line);
  EXPECT_EQ(inside(region.mask), (std::vector<Index3>{{6, 0, 0}, {7, 0, 0}}));
  ASSERT_EQ(region.warnings.size(), 2u);
  EXPECT_EQ(region.warnings[0], "voxels outside the image are cut off: 1");
}

TEST(ResampledMask, IsRefusedOutsideTheImageAndBetweenItsVoxels) {
  EXPECT_ERROR(coarse(100).resampled("5", line), ErrorKind::empty_region, "inside the image");
  const Geometry fine{.size = {3, 1, 1}, .spacing_mm = {0.2, 1, 1}, .origin_mm = {2.3, 0, 0}};
  EXPECT_ERROR(File("m.nrrd", nrrd_bytes(fine, {0, 1, 0})).open().resampled("1", line),
               ErrorKind::empty_region, "has no voxel inside the image and 0 outside");
}

// A ball keeps its volume: that of the voxels along its surface is what may change.
TEST(ResampledMask, KeepsTheVolumeOfARotatedBall) {
  const double angle = 0.4;
  const Geometry turned{.size = {40, 40, 40},
                        .spacing_mm = {0.7, 0.7, 0.7},
                        .origin_mm = {3, -14, -13.65},
                        .direction = {std::cos(angle), -std::sin(angle), 0, std::sin(angle),
                                      std::cos(angle), 0, 0, 0, 1}};
  const Vector3 centre = position_mm(turned, Vector3{19.5, 19.5, 19.5});
  Mask places(turned);
  Voxels ball(turned.voxel_count());
  for (int z = 0; z < 40; ++z)
    for (int y = 0; y < 40; ++y)
      for (int x = 0; x < 40; ++x) {
        const Vector3 at = position_mm(turned, Index3{x, y, z});
        const double r = std::hypot(at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]);
        ball[places.index(x, y, z)] = r < 10;
      }
  const Geometry target{
      .size = {60, 60, 60}, .spacing_mm = {1, 1, 1}, .origin_mm = {-30, -30, -30}};
  const MaskWindow mask =
      File("m.nrrd", nrrd_bytes(turned, ball)).open().resampled("1", target).mask;
  // 4189 mm^3; the surface has about 1257 voxels, each in or out by chance: 3 standard deviations.
  EXPECT_NEAR(double(voxels_inside(mask.volume)), 4.0 / 3 * M_PI * 1000, 55);
}

}  // namespace
}  // namespace radiomics
