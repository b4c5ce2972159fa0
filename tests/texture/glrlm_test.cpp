#include "radiomics/texture/glrlm.h"

#include <gtest/gtest.h>

#include "tests/support/data.h"
#include "tests/support/directional.h"

namespace radiomics {
namespace {

const auto matrices = [](const Region& region, std::span<const Aggregation> asked = directional) {
  return glrlm_matrices(levels_of(region), asked);
};

/// Follows each run from its first voxel to its last.
CellsOf definition(const Region& region) {
  return by_definition(region, [&](const Index3& voxel, const Index3& direction, Cells& cells) {
    const int level = level_at(region, voxel);
    if (level_at(region, moved(voxel, direction, -1)) == level) return;
    int length = 1;
    while (level_at(region, moved(voxel, direction, length)) == level) ++length;
    ++cells[{level, length}];
  });
}

// Source: IBSI reference manual, appendix "Digital phantom texture matrices", GLRLM.
TEST(GlrlmMatrix, MatchesIbsi) {
  const CellsOf built = cells_of(matrices(digital_phantom()));
  EXPECT_EQ(built.at(Aggregation::merged_3d).at(0), (Cells{{{1, 1}, 190},
                                                           {{1, 2}, 140},
                                                           {{1, 3}, 31},
                                                           {{1, 4}, 18},
                                                           {{1, 5}, 3},
                                                           {{3, 1}, 13},
                                                           {{4, 1}, 149},
                                                           {{4, 2}, 24},
                                                           {{4, 3}, 1},
                                                           {{4, 4}, 2},
                                                           {{6, 1}, 78},
                                                           {{6, 2}, 3},
                                                           {{6, 3}, 1},
                                                           {{6, 4}, 1}}));
  EXPECT_EQ(built.at(Aggregation::slice_merged_2d).at(0), (Cells{{{1, 1}, 16},
                                                                 {{1, 2}, 8},
                                                                 {{1, 4}, 1},
                                                                 {{4, 1}, 17},
                                                                 {{4, 2}, 6},
                                                                 {{4, 3}, 1},
                                                                 {{6, 1}, 9},
                                                                 {{6, 3}, 1}}));
  EXPECT_EQ(built.at(Aggregation::average_2d).at(0),
            (Cells{{{1, 1}, 5}, {{1, 2}, 2}, {{4, 1}, 4}, {{4, 2}, 2}, {{6, 1}, 3}}));
}

// Source: as above, all matrices: 4 slices and the volume, per direction and merged.
TEST(GlrlmMatrix, MatchesEveryMatrixOfIbsi) {
  REFERENCE_DATA_OR_SKIP(file, "ibsi/ibsi1_digital_phantom_matrices.csv");
  EXPECT_EQ(expect_matrices_of_file(cells_of(matrices(digital_phantom())),
                                    "Grey level run length matrix", file),
            4 * (4 + 1) + 13 + 1);
}

TEST(GlrlmMatrix, EqualsTheDefinitionOnARaggedRegion) {
  for (const int level_count : {1, 2, 5, 1000})
    EXPECT_EQ(cells_of(matrices(ragged_region(level_count))),
              definition(ragged_region(level_count)))
        << level_count;
}

TEST(GlrlmMatrix, OfALineOrAPlaneEqualsTheDefinition) {
  for (const Index3& size : {Index3{9, 1, 1}, {1, 9, 1}, {1, 1, 9}, {4, 3, 1}, {1, 4, 3}})
    EXPECT_EQ(cells_of(matrices(ragged_region(2, size))), definition(ragged_region(2, size)));
}

TEST(GlrlmMatrix, OfACubeHasRunsAsLongAsItsSides) {
  const auto built = cells_of(matrices(uniform_region(50, 3)));
  EXPECT_EQ(built.at(Aggregation::average_3d).at(0), (Cells{{{3, 50}, 2500}}));
  Cells diagonal{{{3, 50}, 1}};  // along (1, 1, 1): lines that start on one of three faces
  for (int length = 1; length < 50; ++length) diagonal[{3, length}] = 6 * (50 - length);
  EXPECT_EQ(built.at(Aggregation::average_3d).at(place_of({1, 1, 1})), diagonal);
}

TEST(GlrlmMatrix, FollowsItsAxes) { expect_matrices_follow_axes(matrices, ragged_region(2)); }

TEST(GlrlmMatrix, DoesNotDependOnTheCrop) {
  const Region region = ragged_region(2);
  EXPECT_EQ(cells_of(matrices(with_surroundings(region, 3))), cells_of(matrices(region)));
}

TEST(GlrlmMatrix, IsBuiltForTheAskedAggregationsOnly) {
  expect_only_asked(matrices, ragged_region(3));
}

// The phantom has 74 voxels in 4 slices; each merged direction counts them once more.
TEST(GlrlmMatrix, CarriesWhatItsFeaturesNeed) {
  const auto built = matrices(digital_phantom());
  EXPECT_EQ(built.at(Aggregation::average_2d).at(0).voxel_count, 20);
  EXPECT_EQ(built.at(Aggregation::slice_merged_2d).at(0).voxel_count, 4 * 20);
  EXPECT_EQ(built.at(Aggregation::direction_merged_25d).at(0).voxel_count, 74);
  EXPECT_EQ(built.at(Aggregation::merged_25d).at(0).voxel_count, 4 * 74);
  EXPECT_EQ(built.at(Aggregation::average_3d).at(0).voxel_count, 74);
  const Glrlm& merged = built.at(Aggregation::merged_3d).at(0);
  EXPECT_EQ(merged.voxel_count, 13 * 74);
  EXPECT_EQ(merged.run_count, 654);
  ASSERT_EQ(merged.levels.size(), 4u);
  EXPECT_EQ(merged.levels[1].value, 3);
  EXPECT_DOUBLE_EQ(merged.levels[1].p, 13. / 654);
  ASSERT_EQ(merged.lengths.size(), 5u);
  EXPECT_EQ(merged.lengths[4].value, 5);
  EXPECT_DOUBLE_EQ(merged.lengths[4].p, 3. / 654);
  for (const auto& [aggregation, all] : built)
    for (const Glrlm& matrix : all) EXPECT_EQ(matrix.level_count, 6) << ibsi_code(aggregation);
}

TEST(GlrlmMatrix, IsLeftOutForSlicesWithoutVoxels) {
  Region region = uniform_region(3, 1);
  region.intensity = Mask(region.grid);
  region.intensity(0, 0, 0) = region.intensity(2, 2, 2) = 1;  // the slice between them is empty
  const auto built = matrices(region);
  EXPECT_EQ(built.at(Aggregation::average_2d).size(), 2u * 4);
  EXPECT_EQ(built.at(Aggregation::slice_merged_2d).size(), 2u);
  EXPECT_EQ(built.at(Aggregation::average_3d).size(), 13u);
}

}  // namespace
}  // namespace radiomics
