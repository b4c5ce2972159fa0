#include "radiomics/texture/glcm.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/data.h"
#include "tests/support/directional.h"

namespace radiomics {
namespace {

const auto matrices = [](const Region& region, std::span<const Aggregation> asked = directional) {
  return glcm_matrices(levels_of(region), asked);
};

CellsOf definition(const Region& region) {
  return by_definition(region, [&](const Index3& voxel, const Index3& direction, Cells& cells) {
    for (const int sign : {1, -1})
      if (const Index3 other = moved(voxel, direction, sign); is_inside(region, other))
        ++cells[{level_at(region, voxel), level_at(region, other)}];
  });
}

// Source: IBSI reference manual, appendix "Digital phantom texture matrices", GLCM.
TEST(GlcmMatrix, MatchesIbsi) {
  const CellsOf built = cells_of(matrices(digital_phantom()));
  EXPECT_EQ(built.at(Aggregation::merged_3d).at(0), (Cells{{{1, 1}, 536},
                                                           {{1, 3}, 14},
                                                           {{1, 4}, 105},
                                                           {{1, 6}, 61},
                                                           {{3, 1}, 14},
                                                           {{3, 4}, 5},
                                                           {{3, 6}, 6},
                                                           {{4, 1}, 105},
                                                           {{4, 3}, 5},
                                                           {{4, 4}, 64},
                                                           {{4, 6}, 28},
                                                           {{6, 1}, 61},
                                                           {{6, 3}, 6},
                                                           {{6, 4}, 28},
                                                           {{6, 6}, 16}}));
  EXPECT_EQ(built.at(Aggregation::slice_merged_2d).at(0), (Cells{{{1, 1}, 22},
                                                                 {{1, 4}, 17},
                                                                 {{1, 6}, 6},
                                                                 {{4, 1}, 17},
                                                                 {{4, 4}, 16},
                                                                 {{4, 6}, 11},
                                                                 {{6, 1}, 6},
                                                                 {{6, 4}, 11},
                                                                 {{6, 6}, 4}}));
  EXPECT_EQ(built.at(Aggregation::average_2d).at(0), (Cells{{{1, 1}, 4},
                                                            {{1, 4}, 6},
                                                            {{1, 6}, 2},
                                                            {{4, 1}, 6},
                                                            {{4, 4}, 4},
                                                            {{4, 6}, 4},
                                                            {{6, 1}, 2},
                                                            {{6, 4}, 4}}));
}

// Source: as above, all matrices: 4 slices and the volume, per direction and merged.
TEST(GlcmMatrix, MatchesEveryMatrixOfIbsi) {
  REFERENCE_DATA_OR_SKIP(file, "ibsi/ibsi1_digital_phantom_matrices.csv");
  EXPECT_EQ(expect_matrices_of_file(cells_of(matrices(digital_phantom())),
                                    "Grey level co-occurrence matrix", file),
            4 * (4 + 1) + 13 + 1);
}

// With few levels all are looked at, with many only those beside a voxel.
TEST(GlcmMatrix, EqualsTheDefinitionOnARaggedRegion) {
  for (const int level_count : {1, 2, 5, 40, 1000, 4000})
    EXPECT_EQ(cells_of(matrices(ragged_region(level_count))),
              definition(ragged_region(level_count)))
        << level_count;
}

TEST(GlcmMatrix, OfALineOrAPlaneEqualsTheDefinition) {
  for (const Index3& size : {Index3{9, 1, 1}, {1, 9, 1}, {1, 1, 9}, {4, 3, 1}, {1, 4, 3}})
    EXPECT_EQ(cells_of(matrices(ragged_region(3, size))), definition(ragged_region(3, size)));
}

TEST(GlcmMatrix, FollowsItsAxes) { expect_matrices_follow_axes(matrices, ragged_region(5)); }

TEST(GlcmMatrix, DoesNotDependOnTheCrop) {
  const Region region = ragged_region(5);
  EXPECT_EQ(cells_of(matrices(with_surroundings(region, 3))), cells_of(matrices(region)));
}

TEST(GlcmMatrix, IsBuiltForTheAskedAggregationsOnly) {
  for (const int level_count : {5, 1000}) expect_only_asked(matrices, ragged_region(level_count));
}

TEST(GlcmMatrix, CarriesTheLevelCountOfTheRegion) {
  Region region = uniform_region(2, 1);
  for (int x = 0; x < 2; ++x) region.image(x, 0, 1) = 5;  // the first slice has level 1 only
  for (const auto& [aggregation, built] : matrices(region))
    for (const Glcm& matrix : built) EXPECT_EQ(matrix.level_count, 5) << ibsi_code(aggregation);
}

// Two voxels in a slice are a pair along one direction; the third has none in its slice.
TEST(GlcmMatrix, IsLeftOutWithoutPairs) {
  Region region = uniform_region(3, 1);
  region.intensity = Mask(region.grid);
  region.intensity(0, 0, 0) = region.intensity(1, 1, 0) = region.intensity(0, 0, 1) = 1;
  const auto built = matrices(region);
  EXPECT_EQ(built.at(Aggregation::average_2d).size(), 1u);
  EXPECT_EQ(built.at(Aggregation::slice_merged_2d).size(), 1u);
  EXPECT_EQ(built.at(Aggregation::direction_merged_25d).size(), 1u);
  EXPECT_EQ(built.at(Aggregation::average_3d).size(), 3u);
  region.intensity(1, 1, 0) = region.intensity(0, 0, 1) = 0;
  region.intensity(2, 2, 2) = 1;  // two voxels far apart
  for (const auto& [aggregation, none] : matrices(region)) EXPECT_TRUE(none.empty());
}

/// The sum of p * f(i, j) over the whole matrix.
template <class Function>
double sum_over(const Cells& cells, std::int64_t total, Function f) {
  double sum = 0;
  for (const auto& [cell, count] : cells)
    sum += double(count) / double(total) * f(cell.first, cell.second);
  return sum;
}

// Two ways to add up the same hundred numbers of similar size differ by a few roundings.
TEST(GlcmMatrix, SharesFollowFromTheEntries) {
  constexpr double rounding = 1e-12;
  const Glcm m = matrices(ragged_region(6)).at(Aggregation::merged_3d).at(0);
  const Cells cells = cells_of(m);
  std::int64_t total = 0;
  for (const auto& [cell, count] : cells) total += count;
  EXPECT_EQ(m.pair_count, total);
  const auto expect_shares = [&](const Distribution& distribution, auto value_of) {
    double sum = 0;
    for (const Share& share : distribution) {
      const auto has_value = [&](int i, int j) { return value_of(i, j) == share.value; };
      EXPECT_NEAR(share.p, sum_over(cells, total, has_value), rounding);
      sum += share.p;
    }
    EXPECT_NEAR(sum, 1, rounding);
  };
  expect_shares(m.levels, [](int i, int) { return i; });
  expect_shares(m.sums, [](int i, int j) { return i + j; });
  expect_shares(m.differences, [](int i, int j) { return std::abs(i - j); });
  EXPECT_NEAR(m.level_mean, sum_over(cells, total, [](int i, int) { return i; }), rounding);
  EXPECT_NEAR(m.joint_entropy,
              sum_over(cells, total,
                       [&](int i, int j) {
                         return -std::log2(double(cells.at({i, j})) / double(total));
                       }),
              rounding);
}

}  // namespace
}  // namespace radiomics
