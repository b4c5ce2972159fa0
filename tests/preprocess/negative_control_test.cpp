#include "radiomics/preprocess/negative_control.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

using Transform = NegativeControl::Transform;
using Extent = NegativeControl::Extent;

constexpr Index3 size{9, 8, 7};
constexpr Box mask_box{{2, 2, 1}, {6, 6, 5}};

/// Every voxel has an intensity of its own.
ImageWindow image_of(const Box& box) {
  const Geometry grid{.size = size};
  ImageWindow image{grid, box, Image(window(grid, box))};
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x)
        image.volume(x - box.first[0], y - box.first[1], z - box.first[2]) =
            (z * 100 + y * 10 + x) * 1.5 - 200;
  return image;
}

ImageWindow whole_image() { return image_of(whole(Geometry{.size = size})); }

/// A ball in its box, which has voxels outside in its corners.
MaskWindow ball() {
  const Geometry grid{.size = size};
  MaskWindow mask{grid, mask_box, Mask(window(grid, mask_box))};
  for (int z = 0; z < 5; ++z)
    for (int y = 0; y < 5; ++y)
      for (int x = 0; x < 5; ++x)
        mask.volume(x, y, z) =
            (x - 2) * (x - 2) + (y - 2) * (y - 2) + (z - 2) * (z - 2) <= 6 ? 1 : 0;
  return mask;
}

struct Parts {
  std::vector<double> inside, outside;
};

Parts parts_of(const ImageWindow& image) {
  const MaskWindow mask = ball();
  Parts parts;
  const Box& box = image.box;
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x) {
        const int u = x - 2, v = y - 2, w = z - 1;
        const bool in =
            u >= 0 && u < 5 && v >= 0 && v < 5 && w >= 0 && w < 5 && mask.volume(u, v, w) != 0;
        (in ? parts.inside : parts.outside)
            .push_back(image.volume(x - box.first[0], y - box.first[1], z - box.first[2]));
      }
  return parts;
}

Parts changed(const NegativeControl& control, std::uint64_t seed = 1) {
  ImageWindow image = whole_image();
  RandomStream random(seed, 7);
  apply_control(control, image, ball(), random);
  return parts_of(image);
}

std::vector<double> sorted(std::vector<double> values) {
  std::ranges::sort(values);
  return values;
}

std::vector<double> together(const Parts& parts) {
  std::vector<double> all = parts.inside;
  all.insert(all.end(), parts.outside.begin(), parts.outside.end());
  return all;
}

TEST(NegativeControl, ShuffledIntensitiesChangePlacesWithinTheExtent) {
  const Parts before = parts_of(whole_image());
  const Parts roi = changed({Transform::shuffle, Extent::roi});
  EXPECT_NE(roi.inside, before.inside);
  EXPECT_EQ(sorted(roi.inside), sorted(before.inside));
  EXPECT_EQ(roi.outside, before.outside);
  const Parts others = changed({Transform::shuffle, Extent::non_roi});
  EXPECT_EQ(others.inside, before.inside);
  EXPECT_NE(others.outside, before.outside);
  EXPECT_EQ(sorted(others.outside), sorted(before.outside));
  const Parts full = changed({Transform::shuffle, Extent::full});
  EXPECT_NE(sorted(full.inside), sorted(before.inside));
  EXPECT_EQ(sorted(together(full)), sorted(together(before)));
}

TEST(NegativeControl, SampledIntensitiesAreThoseOfTheExtent) {
  const Parts before = parts_of(whole_image());
  const Parts roi = changed({Transform::sample, Extent::roi});
  EXPECT_EQ(roi.outside, before.outside);
  const std::set<double> there(before.inside.begin(), before.inside.end());
  const std::set<double> drawn(roi.inside.begin(), roi.inside.end());
  EXPECT_TRUE(std::ranges::includes(there, drawn));
  EXPECT_LT(drawn.size(), there.size()) << "with replacement";
}

TEST(NegativeControl, RandomIntensitiesFillTheRange) {
  const Parts before = parts_of(whole_image());
  const auto [low, high] = std::ranges::minmax(before.inside);
  const Parts roi = changed({Transform::random, Extent::roi});
  EXPECT_EQ(roi.outside, before.outside);
  for (const double value : roi.inside) {
    EXPECT_GE(value, low);
    EXPECT_LE(value, high);
  }
  EXPECT_TRUE(std::ranges::any_of(roi.inside, [](double v) { return v * 2 != std::floor(v * 2); }))
      << "not only the halves that the image has";
}

// A scanner counts in whole numbers, and so does what stands for its image.
TEST(NegativeControl, RandomIntensitiesAreWholeWhereAllAre) {
  ImageWindow image = whole_image();
  for (double& voxel : image.volume.voxels()) voxel = std::floor(voxel);
  const Parts before = parts_of(image);
  const auto [low, high] = std::ranges::minmax(before.outside);
  RandomStream random(1, 7);
  apply_control({Transform::random, Extent::full}, image, ball(), random);
  for (const double voxel : image.volume.voxels()) {
    EXPECT_EQ(voxel, std::floor(voxel));
    EXPECT_GE(voxel, low);
    EXPECT_LE(voxel, high);
  }
}

TEST(NegativeControl, WhatIsReadAroundTheRegionChangesNothing) {
  for (const auto transform : {Transform::shuffle, Transform::sample, Transform::random}) {
    ImageWindow small = image_of(mask_box);
    RandomStream random(1, 7);
    apply_control({transform, Extent::roi}, small, ball(), random);
    EXPECT_EQ(parts_of(small).inside, changed({transform, Extent::roi}).inside);
  }
}

TEST(NegativeControl, TheSeedDecides) {
  const NegativeControl control{Transform::shuffle, Extent::roi};
  EXPECT_EQ(changed(control, 3).inside, changed(control, 3).inside);
  EXPECT_NE(changed(control, 3).inside, changed(control, 4).inside);
}

TEST(NegativeControl, AVoxelThatIsNoNumberIsNoLimit) {
  ImageWindow image = whole_image();
  image.volume(4, 4, 3) = std::numeric_limits<double>::quiet_NaN();
  RandomStream random(1, 7);
  apply_control({Transform::random, Extent::full}, image, ball(), random);
  EXPECT_TRUE(
      std::ranges::all_of(image.volume.voxels(), [](double v) { return std::isfinite(v); }));
}

TEST(NegativeControl, NamesAreOursOrThoseOfReadii) {
  for (const auto transform : {Transform::shuffle, Transform::sample, Transform::random})
    for (const auto extent : {Extent::roi, Extent::full, Extent::non_roi}) {
      const NegativeControl control{transform, extent};
      EXPECT_EQ(parse_negative_control(to_string(control)), control);
    }
  EXPECT_EQ(to_string({Transform::sample, Extent::non_roi}), "sample-non-roi");
  EXPECT_EQ(parse_negative_control("randomized_sampled_full"),
            (NegativeControl{Transform::sample, Extent::full}));
  EXPECT_EQ(parse_negative_control("shuffled_roi"), NegativeControl{});
  for (const char* wrong : {"", "shuffle", "shuffle-", "shuffle_roi", "Shuffle-roi", "original"})
    EXPECT_FALSE(parse_negative_control(wrong)) << wrong;
}

}  // namespace
}  // namespace radiomics
