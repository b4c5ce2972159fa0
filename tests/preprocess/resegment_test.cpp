#include "radiomics/preprocess/resegment.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

const Geometry row{.size = {5, 1, 1}};

std::vector<int> kept(const std::vector<double>& intensities, const ResegmentOptions& options,
                      const Mask& mask = Mask(row, 1)) {
  Image image(row);
  std::ranges::copy(intensities, image.voxels().begin());
  const Mask result = resegment(image, mask, options);
  return {result.voxels().begin(), result.voxels().end()};
}

TEST(Resegment, KeepsClosedIntervals) {
  const std::vector<double> intensities{-501, -500, 0, 400, 400.5};
  EXPECT_EQ(kept(intensities, {}), (std::vector{1, 1, 1, 1, 1}));
  EXPECT_EQ(kept(intensities, {.lowest = -500, .highest = 400}), (std::vector{0, 1, 1, 1, 0}));
  EXPECT_EQ(kept(intensities, {.lowest = 0}), (std::vector{0, 0, 1, 1, 1}));
}

// Mean 0 and standard deviation of the population 2: the limits are whole numbers.
TEST(Resegment, MeasuresOutliersByThePopulation) {
  const std::vector<double> intensities{-4, 1, 1, 1, 1};
  EXPECT_EQ(kept(intensities, {.sigma = 2}), (std::vector{1, 1, 1, 1, 1}));
  EXPECT_EQ(kept(intensities, {.sigma = 1.9}), (std::vector{0, 1, 1, 1, 1}));
}

TEST(Resegment, TakesOutlierLimitsFromTheWholeRegion) {
  const std::vector<double> intensities{-8, 0, 0, 0, 2};  // mean -1.2, standard deviation 3.5
  EXPECT_EQ(kept(intensities, {.lowest = 0, .sigma = 1.5}), (std::vector{0, 1, 1, 1, 1}))
      << "of what the range leaves, mean 0.5 and standard deviation 0.9, 2 would be an outlier";
}

TEST(Resegment, AddsNoVoxel) {
  Mask mask(row, 1);
  mask(2, 0, 0) = 0;
  EXPECT_EQ(kept({1, 1, 1, 1, 1}, {.lowest = 0}, mask), (std::vector{1, 1, 0, 1, 1}));
}

}  // namespace
}  // namespace radiomics
