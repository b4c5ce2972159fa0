#include <gtest/gtest.h>

#include "radiomics/texture/gldzm.h"
#include "radiomics/texture/glszm.h"
#include "tests/support/level_counts.h"

namespace radiomics {
namespace {

// Source: IBSI reference manual, appendix "Digital phantom texture matrices".
TEST(GlszmMatrix, MatchesIbsi) {
  const auto matrices = glszm_of(digital_phantom());
  EXPECT_EQ(cells(matrices.at(Aggregation::volume_3d).at(0)),
            (Cells{{{1, 50}, 1}, {{3, 1}, 1}, {{4, 2}, 1}, {{4, 14}, 1}, {{6, 7}, 1}}));
  const auto& slices = matrices.at(Aggregation::slices_2d);
  ASSERT_EQ(slices.size(), 4u);
  EXPECT_EQ(cells(slices[0]),
            (Cells{{{1, 3}, 1}, {{1, 6}, 1}, {{4, 2}, 1}, {{4, 6}, 1}, {{6, 3}, 1}}));
  EXPECT_EQ(cells(slices[1]),
            (Cells{{{1, 4}, 1}, {{1, 8}, 1}, {{3, 1}, 1}, {{4, 2}, 2}, {{6, 1}, 2}}));
  EXPECT_EQ(cells(slices[2]), (Cells{{{1, 14}, 1}, {{4, 2}, 1}, {{6, 1}, 1}}));
  EXPECT_EQ(cells(slices[3]), (Cells{{{1, 15}, 1}, {{4, 2}, 1}, {{6, 1}, 1}}));
}

// Source: as above.
TEST(GldzmMatrix, MatchesIbsi) {
  const auto matrices = gldzm_of(digital_phantom());
  EXPECT_EQ(cells(matrices.at(Aggregation::volume_3d).at(0)),
            (Cells{{{1, 1}, 1}, {{3, 1}, 1}, {{4, 1}, 2}, {{6, 1}, 1}}));
  const auto& slices = matrices.at(Aggregation::slices_2d);
  ASSERT_EQ(slices.size(), 4u);
  EXPECT_EQ(cells(slices[0]), (Cells{{{1, 1}, 2}, {{4, 1}, 2}, {{6, 1}, 1}}));
  EXPECT_EQ(cells(slices[1]),
            (Cells{{{1, 1}, 2}, {{3, 2}, 1}, {{4, 1}, 2}, {{6, 1}, 1}, {{6, 2}, 1}}));
  EXPECT_EQ(cells(slices[3]), (Cells{{{1, 1}, 1}, {{4, 1}, 1}, {{6, 1}, 1}}));
}

TEST(ZoneMatrices, MergeSlicesByAddingThem) {
  for (const auto& matrices : {glszm_of(digital_phantom()), gldzm_of(digital_phantom())}) {
    Cells sum;
    for (const LevelCounts& slice : matrices.at(Aggregation::slices_2d))
      for (const auto& [cell, count] : cells(slice)) sum[cell] += count;
    const auto& merged = matrices.at(Aggregation::slices_merged_25d);
    ASSERT_EQ(merged.size(), 1u);
    EXPECT_EQ(cells(merged[0]), sum);
    EXPECT_EQ(merged[0].total, 18);
    EXPECT_EQ(merged[0].voxel_count, 74);
  }
}

TEST(ZoneMatrices, CarryLevelsAndVoxelsOfTheRegion) {
  const Region region = ragged_region({9, 8, 7}, 5, 0.7, 3);
  std::int64_t voxels = 0;
  for (const auto inside : region.intensity.voxels()) voxels += inside;
  for (const auto& matrices : {glszm_of(region), gldzm_of(region)})
    for (const auto& [aggregation, built] : matrices) {
      std::int64_t described = 0;
      for (const LevelCounts& matrix : built) {
        EXPECT_EQ(matrix.level_count, 5) << ibsi_code(aggregation);
        described += matrix.voxel_count;
      }
      EXPECT_EQ(described, voxels) << ibsi_code(aggregation);
    }
}

// Both are made of the same zones.
TEST(ZoneMatrices, HaveTheSameZonesPerLevel) {
  const Region region = ragged_region({12, 11, 10}, 4, 0.9, 8);
  const auto sizes = glszm_of(region), distances = gldzm_of(region);
  for (const Aggregation aggregation : spatial_aggregations)
    for (std::size_t i = 0; i < sizes.at(aggregation).size(); ++i) {
      const auto &a = sizes.at(aggregation)[i].levels, &b = distances.at(aggregation).at(i).levels;
      ASSERT_EQ(a.size(), b.size());
      for (std::size_t row = 0; row < a.size(); ++row) EXPECT_EQ(a[row].count, b[row].count);
    }
}

// Distances beyond those that are counted in cells.
TEST(GldzmMatrix, HoldsLargeDistances) {
  const Geometry grid{.size = {601, 601, 1}};
  Region region{Image(grid, 1), Mask(grid, 1), Mask(grid, 1), grid};
  for (const int x : {10, 250, 260, 300}) region.image(x, 300, 0) = 2;
  const auto matrices = gldzm_of(region);
  EXPECT_EQ(cells(matrices.at(Aggregation::slices_2d).at(0)),
            (Cells{{{1, 1}, 1}, {{2, 11}, 1}, {{2, 251}, 1}, {{2, 261}, 1}, {{2, 301}, 1}}));
  EXPECT_EQ(cells(matrices.at(Aggregation::volume_3d).at(0)), (Cells{{{1, 1}, 1}, {{2, 1}, 4}}));
}

// One zone of two million voxels is one entry.
TEST(GlszmMatrix, StaysSmallForLargeZones) {
  const auto matrices = glszm_of(uniform_region(128));
  EXPECT_EQ(cells(matrices.at(Aggregation::volume_3d).at(0)), (Cells{{{1, 128 * 128 * 128}, 1}}));
  EXPECT_EQ(cells(matrices.at(Aggregation::slices_merged_25d).at(0)),
            (Cells{{{1, 128 * 128}, 128}}));
}

}  // namespace
}  // namespace radiomics
