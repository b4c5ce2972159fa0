#include "radiomics/qc/grey_window.h"

#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

ImageWindow image_of(const std::vector<double>& values) {
  const Geometry grid{.size = {int(values.size()), 1, 1}};
  ImageWindow image{grid, whole(grid), Image(grid)};
  std::ranges::copy(values, image.volume.voxels().begin());
  return image;
}

/// The voxels from `first` to `last` of the grid of an image.
MaskWindow mask_of(const ImageWindow& image, int first, int last) {
  const Box box{{first, 0, 0}, {last, 0, 0}};
  return {image.grid, box, Mask(window(image.grid, box), 1)};
}

// DICOM PS3.3 C.11.2.1.3.2: linear, black up to level - width / 2, white from level + width / 2.
TEST(GreyWindow, MapsLinearlyAndCutsOff) {
  const GreyWindow soft_tissue = ct_windows()[0];
  EXPECT_EQ(grey_value(-1000, soft_tissue), 0);
  EXPECT_EQ(grey_value(-160, soft_tissue), 0);
  EXPECT_EQ(grey_value(40, soft_tissue), 128);  // 127.5, rounded
  EXPECT_EQ(grey_value(140, soft_tissue), 191);
  EXPECT_EQ(grey_value(240, soft_tissue), 255);
  EXPECT_EQ(grey_value(3000, soft_tissue), 255);
  EXPECT_EQ(grey_value(nan, soft_tissue), 0);
}

TEST(GreyWindow, AutoGoesFromThe1stToThe99thPercentile) {
  std::vector<double> sample(101);
  std::iota(sample.begin(), sample.end(), 0.0);
  sample.push_back(nan);
  const GreyWindow window = auto_window(sample);
  EXPECT_EQ(window.width, 98);
  EXPECT_EQ(window.level, 50);
  EXPECT_EQ(auto_window({7, 7}).width, 1);
  EXPECT_EQ(auto_window({7, 7}).level, 7);
  EXPECT_EQ(auto_window({nan}).width, 1);
}

TEST(GreyWindow, OfCtIsLungWhereTheRegionIs) {
  const ImageWindow image = image_of({-900, -850, -800, 30, 40, 50});
  EXPECT_EQ(default_window("CT", image, mask_of(image, 0, 2)).name, "lung");
  EXPECT_EQ(default_window("CT", image, mask_of(image, 3, 5)).name, "soft tissue");
  EXPECT_EQ(default_window("CT", image, mask_of(image, 0, 5)).name, "soft tissue");
}

TEST(GreyWindow, OfOtherImagesIsAutomatic) {
  const ImageWindow ct = image_of({-100, 0, 40}), pet = image_of({0, 3, 5});
  EXPECT_EQ(default_window("PT", pet, mask_of(pet, 1, 2)).name, "auto");
  EXPECT_EQ(default_window("PT", pet, mask_of(pet, 1, 2)).level, 4);
  EXPECT_EQ(default_window("MR", ct, mask_of(ct, 1, 2)).name, "auto");
  EXPECT_EQ(default_window("", pet, mask_of(pet, 1, 2)).name, "auto");
  EXPECT_EQ(default_window("", ct, mask_of(ct, 1, 2)).name, "soft tissue");
}

TEST(GreyWindow, LooksOnlyAtTheRegionInsideTheImage) {
  const ImageWindow all = image_of({1, 2, 3, 4, 5});
  const Box box{{1, 0, 0}, {2, 0, 0}};
  const ImageWindow part{all.grid, box, crop(all.volume, box)};
  EXPECT_EQ(default_window("PT", part, mask_of(all, 2, 4)).level, 3);
  EXPECT_EQ(default_window("PT", part, mask_of(all, 0, 4)).level, 2.5);
}

TEST(GreyWindow, IsWrittenAsRadiologistsDo) {
  EXPECT_EQ(to_string(ct_windows()[1]), "lung 1500/-600");
  EXPECT_EQ(to_string(GreyWindow{"auto", 2.34567, 1.2}), "auto 2.35/1.20");
}

}  // namespace
}  // namespace radiomics
