#include "radiomics/features/spatial_autocorrelation.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/core/parallel_for.h"
#include "tests/support/families.h"
#include "tests/support/masks.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

/// Intensities of 0 to 99 with a slope along x, everywhere in the image.
Region region_of(const Mask& mask, unsigned seed) {
  const Geometry& grid = mask.geometry();
  Region region{Image(grid), mask, mask, grid};
  std::mt19937 random(seed);
  for (int z = 0; z < grid.size[2]; ++z)
    for (int y = 0; y < grid.size[1]; ++y)
      for (int x = 0; x < grid.size[0]; ++x)
        region.image(x, y, z) = 5 * x + random() / 4294967296.0 * 100;
  return region;
}

Sample sample_of(const Region& region) { return summarise_sample(intensities(region)); }

/// IBSI's formulas, pair by pair, from positions in the patient frame.
struct Indices {
  double morans_i, gearys_c;
};

Indices by_definition(const Region& region) {
  const Geometry& grid = region.image.geometry();
  std::vector<std::pair<Vector3, double>> voxels;
  double mean = 0;
  for (int z = 0; z < grid.size[2]; ++z)
    for (int y = 0; y < grid.size[1]; ++y)
      for (int x = 0; x < grid.size[0]; ++x)
        if (region.intensity(x, y, z)) {
          voxels.push_back({position_mm(grid, Index3{x, y, z}), region.image(x, y, z)});
          mean += voxels.back().second;
        }
  const auto n = double(voxels.size());
  mean /= n;
  long double weights = 0, products = 0, differences = 0, squares = 0;  // of millions of terms
  for (const auto& [p, a] : voxels) {
    squares += (a - mean) * (a - mean);
    for (const auto& [q, b] : voxels) {
      if (p == q) continue;
      const double w = 1 / std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
      weights += w;
      products += w * (a - mean) * (b - mean);
      differences += w * (a - b) * (a - b);
    }
  }
  return {double(n / weights * products / squares),
          double((n - 1) / (2 * weights) * differences / squares)};
}

Indices indices_of(const PairSums& sums, double n) {
  return {sums.products / sums.weights,
          (n - 1) / n * (sums.squares - sums.products) / sums.weights};
}

void expect_definition(const Mask& mask) {
  const Region region = region_of(mask, 3);
  const Sample sample = sample_of(region);
  const auto n = double(sample.sorted.size());
  const Indices expected = by_definition(region);
  for (const auto method : {pair_sums, pair_sums_by_fft, pair_sums_one_by_one}) {
    const Indices found = indices_of(method(region, sample), n);
    // Moran's I is a small rest of terms that cancel.
    EXPECT_NEAR(found.morans_i, expected.morans_i, 1e-12);
    EXPECT_NEAR(found.gearys_c, expected.gearys_c, 1e-12);
    EXPECT_NEAR(found.gearys_c / expected.gearys_c, 1, 1e-10);
    EXPECT_NEAR(found.morans_i / expected.morans_i, 1, 1e-10);
  }
}

TEST(PairSums, AreThoseOfTheDefinition) {
  expect_definition(random_mask({9, 8, 7}, 0.5, 1, {0.977, 0.977, 3}));
  expect_definition(random_mask({20, 3, 11}, 0.3, 2, {1, 2, 0.7}));
  expect_definition(random_mask({13, 12, 11}, 0.9, 3));  // odd and even padded lengths
  expect_definition(random_mask({23, 1, 1}, 0.8, 4, {2, 1, 1}));
  expect_definition(random_mask({1, 14, 9}, 0.8, 5, {2, 1, 3}));
  expect_definition(padded(random_mask({4, 5, 6}, 0.8, 6), {3, 0, 7}, {0, 4, 1}));
}

TEST(PairSums, OfAnObliqueGridUseDistancesInSpace) {
  Mask mask = random_mask({8, 7, 6}, 0.6, 7, {0.5, 1, 2});
  Geometry grid = mask.geometry();
  grid.direction = {0, -1, 0, 1, 0, 0, 0, 0, 1};
  grid.origin_mm = {-100, 50, 1000};
  Mask oblique(grid);
  std::ranges::copy(mask.voxels(), oblique.voxels().begin());
  expect_definition(oblique);
}

TEST(PairSums, OfTwoVoxelsAreKnown) {
  Region region = region_of(voxels_at({{0, 0, 0}, {3, 4, 0}}, {.size = {4, 5, 1}}), 1);
  region.image(0, 0, 0) = 7;
  region.image(3, 4, 0) = 9;
  for (const auto method : {pair_sums_by_fft, pair_sums_one_by_one}) {
    const PairSums sums = method(region, sample_of(region));
    EXPECT_NEAR(sums.weights, 2.0 / 5, 1e-15);
    EXPECT_NEAR(sums.products, -2.0 / 5, 1e-15);
    EXPECT_NEAR(sums.squares, 2.0 / 5, 1e-15);
  }
}

// By transforms this would need gigabytes.
TEST(PairSums, OfTwoVoxelsFarApartCostNothing) {
  Region region = region_of(voxels_at({{0, 0, 0}, {399, 399, 39}}, {.size = {400, 400, 40}}), 1);
  EXPECT_EQ(pair_sums(region, sample_of(region)).weights,
            pair_sums_one_by_one(region, sample_of(region)).weights);
}

// Some 50 MB of transforms, which are made and kept in two halves.
TEST(PairSums, InALargeBoxAreThoseOfEveryPair) {
  for (const Index3& size : {Index3{119, 95, 97}, Index3{120, 96, 90}}) {
    const Region region = region_of(random_mask(size, 0.0005, 11, {0.9, 1, 2}), 12);
    const Sample sample = sample_of(region);
    const PairSums found = pair_sums_by_fft(region, sample),
                   expected = pair_sums_one_by_one(region, sample);
    const double tolerance = 1e-12 * expected.weights;  // as the header states
    EXPECT_NEAR(found.weights, expected.weights, tolerance);
    EXPECT_NEAR(found.products, expected.products, tolerance);
    EXPECT_NEAR(found.squares, expected.squares, tolerance);
  }
}

TEST(PairSums, OfOneVoxelOrEqualIntensitiesAreZero) {
  const Region one = region_of(voxels_at({{1, 1, 1}}, {.size = {3, 3, 3}}), 1);
  EXPECT_EQ(pair_sums(one, sample_of(one)).weights, 0);
  const Region equal = uniform_region(9, 0.1);
  for (const auto method : {pair_sums_by_fft, pair_sums_one_by_one}) {
    const PairSums sums = method(equal, sample_of(equal));
    EXPECT_GT(sums.weights, 0);
    EXPECT_EQ(sums.products, 0);
    EXPECT_EQ(sums.squares, 0);
  }
}

TEST(PairSums, DoNotDependOnScaleOrOffsetOfIntensities) {
  const Region region = region_of(random_mask({12, 11, 10}, 0.7, 8), 9);
  Region other = region;
  for (double& value : other.image.voxels()) value = 1e6 - 1e-3 * value;
  const PairSums a = pair_sums(region, sample_of(region)), b = pair_sums(other, sample_of(other));
  EXPECT_NEAR(a.products, b.products, 1e-6 * a.weights);  // 1e6 leaves 10 digits of 0.1
  EXPECT_NEAR(a.squares, b.squares, 1e-6 * a.weights);
}

TEST(PairSums, AreTheSameToTheLastBitOnEveryThreadAndInEveryCrop) {
  const Region region =
      region_of(padded(random_mask({14, 15, 16}, 0.8, 9), {5, 4, 3}, {2, 1, 6}), 1);
  const Box box = bounding_box(region.intensity);
  const Region tight{crop(region.image, box), crop(region.morphological, box),
                     crop(region.intensity, box), region.grid};
  const PairSums expected = pair_sums_by_fft(region, sample_of(region));
  std::vector<PairSums> found(8);
  parallel_for(found.size(), 4, [&](std::size_t i) {
    found[i] = pair_sums_by_fft(i % 2 ? region : tight, sample_of(region));
  });
  for (const PairSums& sums : found) {
    EXPECT_EQ(sums.weights, expected.weights);
    EXPECT_EQ(sums.products, expected.products);
    EXPECT_EQ(sums.squares, expected.squares);
  }
}

}  // namespace
}  // namespace radiomics
