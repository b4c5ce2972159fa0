#include "radiomics/texture/ngtdm.h"

#include <cmath>
#include <cstdlib>

#include <gtest/gtest.h>

#include "radiomics/preprocess/discretise.h"
#include "tests/support/regions.h"

namespace radiomics {
namespace {

constexpr Aggregation all[] = {Aggregation::slices_2d, Aggregation::slices_merged_25d,
                               Aggregation::volume_3d};

auto matrices(const Region& region, std::span<const Aggregation> asked = all) {
  return ngtdm_matrices(discretise(region, FixedBinSize{.width = 1, .first_edge = 1}), asked);
}

struct PublishedRow {
  int level, n;
  double s;
};

// Published matrices are printed with up to 9 digits.
void expect_rows(const Ngtdm& matrix, const std::vector<PublishedRow>& published) {
  ASSERT_EQ(matrix.rows.size(), published.size());
  for (std::size_t i = 0; i < published.size(); ++i) {
    EXPECT_EQ(matrix.rows[i].level, published[i].level);
    EXPECT_EQ(matrix.rows[i].n, published[i].n);
    EXPECT_NEAR(matrix.rows[i].s, published[i].s, 5e-7);
  }
}

// Source: IBSI reference manual, appendix "Digital phantom texture matrices", NGTDM.
TEST(NgtdmMatrix, MatchesIbsiInThreeDimensions) {
  const auto built = matrices(digital_phantom()).at(Aggregation::volume_3d);
  ASSERT_EQ(built.size(), 1u);
  expect_rows(built[0], {{1, 50, 39.946954}, {3, 1, 0.2}, {4, 16, 20.825401}, {6, 7, 24.127005}});
}

TEST(NgtdmMatrix, MatchesIbsiInEverySlice) {
  const auto slices = matrices(digital_phantom()).at(Aggregation::slices_2d);
  ASSERT_EQ(slices.size(), 4u);
  expect_rows(slices[0], {{1, 9, 14.575}, {4, 8, 5.775}, {6, 3, 7.325}});
  expect_rows(slices[1], {{1, 12, 11.9285714}, {3, 1, 0.375}, {4, 4, 4.8}, {6, 2, 8}});
  expect_rows(slices[2], {{1, 14, 7.98571429}, {4, 2, 4.65}, {6, 1, 5}});
  expect_rows(slices[3], {{1, 15, 7.58214286}, {4, 2, 4.65}, {6, 1, 5}});
}

TEST(NgtdmMatrix, MergesSlicesByAddingThem) {
  const auto merged = matrices(digital_phantom()).at(Aggregation::slices_merged_25d);
  ASSERT_EQ(merged.size(), 1u);
  EXPECT_EQ(merged[0].voxel_count, 74);
  expect_rows(merged[0], {{1, 50, 42.07142858}, {3, 1, 0.375}, {4, 16, 19.875}, {6, 7, 25.325}});
}

TEST(NgtdmMatrix, CarriesTheLevelCountOfTheRegion) {
  Region region = uniform_region(2, 1);
  for (int x = 0; x < 2; ++x) region.image(x, 0, 1) = 5;  // the first slice has level 1 only
  for (const auto& [aggregation, built] : matrices(region))
    for (const Ngtdm& matrix : built) EXPECT_EQ(matrix.level_count, 5) << ibsi_code(aggregation);
}

TEST(NgtdmMatrix, IsLeftOutWhenNoVoxelHasANeighbour) {
  Region region = uniform_region(2, 1);
  region.intensity(0, 0, 1) = region.intensity(1, 0, 1) = region.intensity(0, 1, 1) = 0;
  const auto built = matrices(region);  // the second slice has a single voxel
  EXPECT_EQ(built.at(Aggregation::slices_2d).size(), 1u);
  EXPECT_EQ(built.at(Aggregation::volume_3d)[0].voxel_count, 5);
  region = uniform_region(3, 1);
  for (auto& voxel : region.intensity.voxels()) voxel = 0;
  region.intensity(0, 0, 0) = region.intensity(2, 2, 2) = 1;  // two voxels, no neighbours
  for (const auto& [aggregation, none] : matrices(region)) EXPECT_TRUE(none.empty());
}

TEST(NgtdmMatrix, IsBuiltForTheAskedAggregationsOnly) {
  const auto together = matrices(digital_phantom());
  for (const Aggregation aggregation : all) {
    const auto alone = matrices(digital_phantom(), {&aggregation, 1});
    ASSERT_EQ(alone.size(), 1u);
    EXPECT_EQ(alone.at(aggregation).size(), together.at(aggregation).size());
    EXPECT_EQ(alone.at(aggregation)[0].rows[0].s, together.at(aggregation)[0].rows[0].s);
  }
}

/// The definition, voxel by voxel and neighbour by neighbour.
double difference_to_neighbours(const Region& region, int x, int y, int z) {
  const Index3 size = region.image.geometry().size;
  double sum = 0, count = 0;
  for (int k = std::max(z - 1, 0); k <= std::min(z + 1, size[2] - 1); ++k)
    for (int j = std::max(y - 1, 0); j <= std::min(y + 1, size[1] - 1); ++j)
      for (int i = std::max(x - 1, 0); i <= std::min(x + 1, size[0] - 1); ++i)
        if (region.intensity(i, j, k) && !(i == x && j == y && k == z)) {
          sum += region.image(i, j, k);
          ++count;
        }
  return count > 0 ? std::abs(region.image(x, y, z) - sum / count) : -1;
}

TEST(NgtdmMatrix, EqualsTheDefinitionOnARaggedRegion) {
  const Geometry grid{.size = {7, 5, 6}};
  Region region{Image(grid), Mask(grid), Mask(grid), grid};
  unsigned state = 1;
  for (std::size_t i = 0; i < region.image.voxels().size(); ++i) {
    state = state * 1664525 + 1013904223;
    region.image.voxels()[i] = 1 + (state >> 20) % 4;
    region.intensity.voxels()[i] = (state >> 28) % 3 != 0;
  }
  std::vector<double> s(5);
  std::vector<int> n(5);
  for (int z = 0; z < 6; ++z)
    for (int y = 0; y < 5; ++y)
      for (int x = 0; x < 7; ++x) {
        const double d = difference_to_neighbours(region, x, y, z);
        if (!region.intensity(x, y, z) || d < 0) continue;
        s[int(region.image(x, y, z))] += d;
        ++n[int(region.image(x, y, z))];
      }
  const Ngtdm built = matrices(region).at(Aggregation::volume_3d).at(0);
  ASSERT_EQ(built.rows.size(), 4u);
  for (const auto& row : built.rows) {
    EXPECT_EQ(row.n, n[row.level]);
    EXPECT_DOUBLE_EQ(row.s, s[row.level]);  // the same sum in the same order
  }
}

}  // namespace
}  // namespace radiomics
