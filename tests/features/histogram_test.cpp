#include "radiomics/features/histogram.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/families.h"

namespace radiomics {
namespace {

auto histogram(const Region& region, const Bins& bins = NoBins{}) {
  return values_of(histogram_family(), summarise(region, {.texture_bins = bins}));
}

/// Voxels in a row with these levels.
Region row_of(const std::vector<double>& levels) {
  const Geometry grid{.size = {int(levels.size()), 1, 1}};
  Region region{Image(grid), Mask(grid, 1), Mask(grid, 1), grid};
  std::ranges::copy(levels, region.image.voxels().begin());
  return region;
}

// The levels are taken for intensities: the statistics of both are then the same, computed from
// sorted voxels there and from counts here. Only sums are rounded differently.
TEST(Histogram, HasTheStatisticsOfItsLevels) {
  const std::pair<const char*, const char*> same[] = {
      {"X6K6", "Q4LE"}, {"CH89", "ECT3"}, {"88K1", "KE2A"}, {"C3I7", "IPH6"},
      {"WIFQ", "Y12H"}, {"1PR8", "1GSF"}, {"GPMT", "QG58"}, {"OZ0C", "8DWT"},
      {"3NCY", "84IY"}, {"WR0O", "SALO"}, {"5Z3W", "2OJQ"}, {"D2ZX", "4FUA"},
      {"WRZB", "1128"}, {"4RNL", "N72L"}, {"CWYJ", "7TET"}, {"SLWD", "9S40"}};
  unsigned state = 5;
  for (int voxels = 1; voxels < 40; ++voxels) {
    std::vector<double> levels;
    for (int i = 0; i < voxels; ++i)
      levels.push_back(1 + ((state = state * 1664525 + 1013904223) >> 28));
    const RegionSummary summary = summarise(row_of(levels), {.texture_bins = NoBins{}});
    const auto from_counts = values_of(histogram_family(), summary);
    const auto from_voxels = values_of(statistics_family(), summary);
    for (const auto& [ours, theirs] : same)
      if (std::isnan(from_voxels.at(theirs)))  // no level between the percentiles of two voxels
        EXPECT_TRUE(std::isnan(from_counts.at(ours))) << ours << " " << voxels;
      else
        EXPECT_NEAR(from_counts.at(ours), from_voxels.at(theirs), 1e-12) << ours << " " << voxels;
  }
}

TEST(Histogram, CountsEveryVoxelOnceInWhateverBins) {
  const Region region = digital_phantom();
  for (const int count : {1, 2, 5, 32, 1000}) {
    const RegionSummary summary = summarise(region, {.texture_bins = FixedBinNumber{count}});
    EXPECT_EQ(summary.histogram.counts.size(), std::size_t(count));
    EXPECT_EQ(summary.histogram.voxel_count, 74u);
    EXPECT_GT(summary.histogram.counts.back(), 0u) << "the maximum lies in the last bin";
  }
  const auto levels = summarise(region, {.texture_bins = NoBins{}}).histogram.counts;
  EXPECT_EQ(levels, (std::vector<std::size_t>{50, 0, 1, 16, 0, 7}));
}

TEST(Histogram, ModeIsTheMostFrequentLevelClosestToTheMean) {
  EXPECT_EQ(histogram(row_of({1, 1, 6, 6, 9})).at("AMMC"), 6) << "mean 4.6";
  EXPECT_EQ(histogram(row_of({2, 2, 4, 4})).at("AMMC"), 2) << "equally close: the lower";
  EXPECT_EQ(histogram(row_of({1, 5, 5, 5, 9, 9})).at("AMMC"), 5);
}

// Counts 2 0 0 1: differences -2, -1, 0.5, 1, one-sided at the ends.
TEST(Histogram, GradientKeepsEmptyBins) {
  const auto values = histogram(row_of({1, 1, 4}));
  EXPECT_EQ(values.at("12CE"), 1);
  EXPECT_EQ(values.at("8E6O"), 4);
  EXPECT_EQ(values.at("VQB3"), -2);
  EXPECT_EQ(values.at("RHQZ"), 1);
  EXPECT_EQ(histogram(row_of({1, 2})).at("8E6O"), 1) << "equally steep: the lower level";
}

TEST(Histogram, OfOneLevel) {
  for (const Region& region : {uniform_region(3), uniform_region(1)}) {
    const auto values = histogram(region);
    for (const char* code : {"X6K6", "WIFQ", "1PR8", "3NCY", "AMMC", "BJ5W"})
      EXPECT_EQ(values.at(code), 1) << code;
    for (const char* code : {"CH89", "88K1", "C3I7", "WR0O", "D2ZX", "WRZB", "CWYJ", "TLU2"})
      EXPECT_EQ(values.at(code), 0) << code;
    for (const char* code : {"12CE", "8E6O", "VQB3", "RHQZ"})
      EXPECT_TRUE(std::isnan(values.at(code))) << code << ": a single bin has no slope";
  }
}

}  // namespace
}  // namespace radiomics
