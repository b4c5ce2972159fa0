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

TEST(GreyWindow, OfOtherImagesHoldsTheRegionAndItsSurroundings) {
  const ImageWindow pet = image_of({0, 3, 5});
  const GreyWindow window = default_window("PT", pet, mask_of(pet, 1, 2));
  EXPECT_EQ(window.name, "auto");
  EXPECT_EQ(window.level, 2.5);
  EXPECT_EQ(window.width, 5);
}

TEST(GreyWindow, OfTheRegionHoldsItWhereItIsSmall) {
  ImageWindow pet{{.size = {1000, 1, 1}}, {{0, 0, 0}, {999, 0, 0}}, {}};
  pet.volume = Image(pet.grid, 1.0);
  pet.volume(500, 0, 0) = 20;  // above the 99th percentile of the image
  const GreyWindow window = default_window("PT", pet, mask_of(pet, 500, 500));
  EXPECT_EQ(window.level + window.width / 2, 20.5) << "1 wide around 20";
  EXPECT_EQ(window.level - window.width / 2, 0.5) << "1 wide around 1";
}

TEST(GreyWindow, KnowsCtByItsIntensitiesWhereTheFileDoesNotSay) {
  const ImageWindow ct = image_of({-100, 0, 40}), other = image_of({-5, 3, 5});
  EXPECT_EQ(default_window("", ct, mask_of(ct, 1, 2)).name, "soft tissue");
  EXPECT_EQ(default_window("", other, mask_of(other, 1, 2)).name, "auto");
  EXPECT_EQ(default_window("MR", ct, mask_of(ct, 1, 2)).name, "auto");
}

TEST(GreyWindow, DoesNotCountTheMaskOutsideTheImage) {
  const ImageWindow all = image_of({-900, -900, 40, 40, -900});
  const Box box{{2, 0, 0}, {3, 0, 0}};
  const ImageWindow part{all.grid, box, crop(all.volume, box)};
  EXPECT_EQ(default_window("CT", part, mask_of(all, 0, 4)).name, "soft tissue");
  EXPECT_EQ(default_window("CT", all, mask_of(all, 0, 4)).name, "lung");
}

TEST(GreyWindow, IsWrittenAsRadiologistsDo) {
  EXPECT_EQ(to_string(ct_windows()[1]), "lung 1500/-600");
  EXPECT_EQ(to_string(GreyWindow{"auto", 2.34567, 1.2}), "auto 2.35/1.20");
}

}  // namespace
}  // namespace radiomics
