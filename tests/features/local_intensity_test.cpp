#include "radiomics/features/local_intensity.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/preprocess/prepare.h"
#include "tests/support/bits.h"
#include "tests/support/families.h"
#include "tests/support/masks.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

Region region_of(const Mask& mask, unsigned seed) {
  const Geometry& grid = mask.geometry();
  Region region{Image(grid), mask, mask, grid};
  std::mt19937 random(seed);
  // Fractions, and few enough values that the highest occurs several times.
  for (double& value : region.image.voxels()) value = double(random() % 40) / 7 - 2;
  return region;
}

/// The mean of all voxels of the image whose centres are within the sphere around a voxel.
double mean_around(const Image& image, const Index3& voxel) {
  const Geometry& grid = image.geometry();
  const Vector3 centre = position_mm(grid, voxel);
  const double radius = 10 * std::cbrt(3 / (4 * std::numbers::pi));
  double sum = 0, count = 0;
  for (int z = 0; z < grid.size[2]; ++z)
    for (int y = 0; y < grid.size[1]; ++y)
      for (int x = 0; x < grid.size[0]; ++x) {
        const Vector3 p = position_mm(grid, Index3{x, y, z});
        if (!std::isfinite(image(x, y, z)) ||
            std::hypot(p[0] - centre[0], p[1] - centre[1], p[2] - centre[2]) > radius)
          continue;
        sum += image(x, y, z);
        ++count;
      }
  return sum / count;
}

LocalIntensity by_definition(const Region& region) {
  const Index3 size = region.image.geometry().size;
  const Sample sample = summarise_sample(intensities(region));
  constexpr double lowest = std::numeric_limits<double>::lowest();
  LocalIntensity result{lowest, lowest};
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x) {
        if (region.intensity(x, y, z) == 0) continue;
        const double mean = mean_around(region.image, {x, y, z});
        result.global_peak = std::max(result.global_peak, mean);
        if (region.image(x, y, z) == sample.sorted.back())
          result.local_peak = std::max(result.local_peak, mean);
      }
  return result;
}

void expect_definition(const Region& region) {
  const LocalIntensity expected = by_definition(region);
  const LocalIntensity found = summarise_local_intensity(region);
  // Sums of some hundred numbers of about 1.
  EXPECT_NEAR(found.local_peak, expected.local_peak, 1e-13);
  EXPECT_NEAR(found.global_peak, expected.global_peak, 1e-13);
}

TEST(LocalIntensity, IsThatOfTheDefinition) {
  expect_definition(region_of(random_mask({17, 16, 15}, 0.2, 1), 1));  // touches all borders
  expect_definition(region_of(random_mask({12, 13, 7}, 0.3, 2, {0.977, 0.977, 3}), 2));
  expect_definition(region_of(padded(random_mask({5, 4, 3}, 0.5, 3), {7, 8, 9}, {9, 8, 7}), 3));
  expect_definition(region_of(padded(random_mask({5, 4, 3}, 0.5, 3), {0, 8, 2}, {9, 0, 7}), 4));
  expect_definition(region_of(random_mask({6, 5, 4}, 0.5, 5, {7, 6.3, 20}), 5));  // one voxel each
  expect_definition(region_of(random_mask({1, 30, 1}, 0.5, 6), 6));
}

TEST(LocalIntensity, OfSmallSpheresAreTheIntensities) {
  const Region region = region_of(random_mask({6, 5, 4}, 0.5, 5, {7, 6.3, 20}), 5);
  const Sample sample = summarise_sample(intensities(region));
  const LocalIntensity found = summarise_local_intensity(region);
  EXPECT_EQ(found.local_peak, sample.sorted.back());
  EXPECT_EQ(found.global_peak, sample.sorted.back());
}

TEST(LocalIntensity, LeavesOutWhatIsNotFinite) {
  Region region = region_of(padded(random_mask({5, 4, 3}, 0.5, 3), {8, 8, 8}, {8, 8, 8}), 7);
  for (int z = 0; z < 19; ++z) {
    region.image(8, 7, z) = std::nan("");
    region.image(7, 10, z) = std::numeric_limits<double>::infinity();
  }
  expect_definition(region);
}

TEST(LocalIntensity, TakesTheLargestPeakOfEqualMaxima) {
  Region region = region_of(voxels_at({{2, 2, 2}, {27, 2, 2}}, {.size = {30, 5, 5}}), 1);
  std::ranges::fill(region.image.voxels(), 0);
  region.image(2, 2, 2) = region.image(27, 2, 2) = 10;
  region.image(29, 2, 2) = 8;
  const LocalIntensity found = summarise_local_intensity(region);
  EXPECT_EQ(found.local_peak, mean_around(region.image, {27, 2, 2}));
  EXPECT_GT(found.local_peak, mean_around(region.image, {2, 2, 2}));
}

TEST(LocalIntensity, OfEqualIntensitiesIsTheirValue) {
  const LocalIntensity found = summarise_local_intensity(uniform_region(20, -3));
  EXPECT_EQ(found.local_peak, -3);
  EXPECT_EQ(found.global_peak, -3);
}

// The whole way from scan to summary, as it is and resampled: cropped to the margin that the
// features ask for, and not cropped at all.
TEST(LocalIntensity, AndAllOtherFeaturesAreThoseOfTheUncroppedImage) {
  const Region scan =
      region_of(padded(random_mask({6, 7, 5}, 0.6, 4, {1.1, 0.9, 2.5}), {9, 20, 4}, {20, 2, 9}), 8);
  const SummaryOptions options{.texture_bins = FixedBinSize{1, -3}};
  for (const Vector3& spacing_mm : {Vector3{}, {2, 2, 2}}) {
    const auto values = [&](double margin_mm) {
      const PrepareOptions prepared{.resample = {.spacing_mm = spacing_mm}, .margin_mm = margin_mm};
      const Box box = needed_box(scan.grid, bounding_box(scan.intensity), prepared);
      const ImageWindow image{scan.grid, box, crop(scan.image, box)};
      const auto summary =
          summarise(prepare(image, cut_to_its_box(scan.intensity), prepared), options);
      std::vector<double> all;
      for (const FeatureFamily& family : all_families())
        for (const auto aggregation : aggregations_of(family.aggregation, all_aggregations()))
          for (const double value : family.compute(summary, aggregation)) all.push_back(value);
      return bits_of(all);
    };
    const auto expected = values(1000);
    EXPECT_EQ(values(needed_margin_mm(options)), expected);
    EXPECT_EQ(values(12), expected);
    EXPECT_NE(values(0), expected);
  }
}

}  // namespace
}  // namespace radiomics
