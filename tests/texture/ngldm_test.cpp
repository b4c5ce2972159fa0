#include "radiomics/texture/ngldm.h"

#include <array>
#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/support/level_counts.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

// Source: IBSI reference manual, appendix "Digital phantom texture matrices".
TEST(NgldmMatrix, MatchesIbsiInTwoDimensions) {
  const auto slices = ngldm_of(digital_phantom()).at(Aggregation::slices_2d);
  ASSERT_EQ(slices.size(), 4u);
  EXPECT_EQ(cells(slices[0]), (Cells{{{1, 2}, 3},
                                     {{1, 3}, 1},
                                     {{1, 4}, 3},
                                     {{1, 5}, 2},
                                     {{4, 2}, 2},
                                     {{4, 3}, 4},
                                     {{4, 4}, 2},
                                     {{6, 2}, 2},
                                     {{6, 3}, 1}}));
  EXPECT_EQ(cells(slices[1]),
            (Cells{{{1, 3}, 2}, {{1, 4}, 6}, {{1, 6}, 4}, {{3, 1}, 1}, {{4, 2}, 4}, {{6, 1}, 2}}));
}

// Source: as above, levels 3, 4 and 6.
TEST(NgldmMatrix, MatchesIbsiInThreeDimensions) {
  const auto volume = ngldm_of(digital_phantom()).at(Aggregation::volume_3d);
  ASSERT_EQ(volume.size(), 1u);
  Cells high = cells(volume[0]);
  std::erase_if(high, [](const auto& cell) { return cell.first.first == 1; });
  EXPECT_EQ(high, (Cells{{{3, 1}, 1},
                         {{4, 2}, 2},
                         {{4, 4}, 2},
                         {{4, 5}, 6},
                         {{4, 6}, 4},
                         {{4, 7}, 2},
                         {{6, 2}, 1},
                         {{6, 3}, 4},
                         {{6, 4}, 1},
                         {{6, 5}, 1}}));
}

/// The definition, voxel by voxel and neighbour by neighbour. \param reach  in z: 0 or 1
Cells count_by_definition(const Region& region, int alpha, int first, int last, int reach) {
  const Index3 size = region.image.geometry().size;
  Cells result;
  for (int z = first; z <= last; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x) {
        if (!region.intensity(x, y, z)) continue;
        int dependence = 0;
        for (int k = std::max(z - reach, 0); k <= std::min(z + reach, size[2] - 1); ++k)
          for (int j = std::max(y - 1, 0); j <= std::min(y + 1, size[1] - 1); ++j)
            for (int i = std::max(x - 1, 0); i <= std::min(x + 1, size[0] - 1); ++i)
              dependence += region.intensity(i, j, k) &&
                            std::abs(region.image(i, j, k) - region.image(x, y, z)) <= alpha;
        ++result[{int(region.image(x, y, z)), dependence}];
      }
  return result;
}

TEST(NgldmMatrix, EqualsTheDefinitionOnRaggedRegions) {
  unsigned seed = 0;
  for (const Index3& size : {Index3{19, 7, 6}, {1, 12, 9}, {40, 1, 1}})
    for (const int level_count : {1, 3, 8})
      for (const int alpha : {0, 1, 3}) {
        const Region region = ragged_region(size, level_count, 0.8, seed++);
        const auto matrices = ngldm_of(region, alpha);
        EXPECT_EQ(cells(matrices.at(Aggregation::volume_3d).at(0)),
                  count_by_definition(region, alpha, 0, size[2] - 1, 1));
        EXPECT_EQ(cells(matrices.at(Aggregation::slices_merged_25d).at(0)),
                  count_by_definition(region, alpha, 0, size[2] - 1, 0));
        std::size_t slice = 0;
        for (int z = 0; z < size[2]; ++z) {
          const Cells expected = count_by_definition(region, alpha, z, z, 0);
          if (expected.empty()) continue;
          EXPECT_EQ(cells(matrices.at(Aggregation::slices_2d).at(slice++)), expected);
        }
        EXPECT_EQ(slice, matrices.at(Aggregation::slices_2d).size());
      }
}

TEST(NgldmMatrix, CountsEveryVoxel) {
  const Region region = ragged_region({9, 8, 7}, 5, 0.5, 4);
  std::int64_t voxels = 0;
  for (const auto inside : region.intensity.voxels()) voxels += inside;
  for (const auto& [aggregation, built] : ngldm_of(region)) {
    std::int64_t total = 0;
    for (const LevelCounts& matrix : built) {
      EXPECT_EQ(matrix.total, matrix.voxel_count);
      EXPECT_EQ(matrix.level_count, 5);
      total += matrix.total;
    }
    EXPECT_EQ(total, voxels) << ibsi_code(aggregation);
  }
}

TEST(NgldmMatrix, OfACubeOfOneLevel) {
  EXPECT_EQ(cells(ngldm_of(uniform_region(3, 2)).at(Aggregation::volume_3d).at(0)),
            (Cells{{{2, 8}, 8}, {{2, 12}, 12}, {{2, 18}, 6}, {{2, 27}, 1}}));
}

TEST(NgldmMatrix, DoesNotDependOnTheCrop) {
  const Region region = ragged_region({9, 8, 7}, 3, 0.8, 11);
  const auto cropped = ngldm_of(region), wide = ngldm_of(padded(region, {3, 0, 2}, {1, 5, 0}));
  for (const Aggregation aggregation : spatial_aggregations) {
    ASSERT_EQ(wide.at(aggregation).size(), cropped.at(aggregation).size());
    for (std::size_t i = 0; i < wide.at(aggregation).size(); ++i)
      EXPECT_EQ(cells(wide.at(aggregation)[i]), cells(cropped.at(aggregation)[i]));
  }
}

TEST(NgldmMatrix, IsTheSameWhateverElseIsAsked) {
  const Region region = ragged_region({9, 8, 7}, 3, 0.8, 4);
  const auto all = ngldm_of(region);
  for (const Aggregation aggregation : spatial_aggregations) {
    const auto alone = ngldm_matrices(levels_of(region), std::array{aggregation});
    ASSERT_EQ(alone.size(), 1u);
    ASSERT_EQ(alone.at(aggregation).size(), all.at(aggregation).size());
    for (std::size_t i = 0; i < all.at(aggregation).size(); ++i)
      EXPECT_EQ(cells(alone.at(aggregation)[i]), cells(all.at(aggregation)[i]));
  }
}

}  // namespace
}  // namespace radiomics
