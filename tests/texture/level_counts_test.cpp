#include "radiomics/texture/level_counts.h"

#include <map>
#include <random>
#include <utility>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

using Counts = std::map<std::pair<int, std::int64_t>, std::int64_t>;

Counts entries(const LevelCounts& matrix) {
  Counts counts;
  std::pair<int, std::int64_t> last;
  for (const auto& [level, value, count] : matrix.entries) {
    EXPECT_LT(last, std::pair(level, value)) << "entries are sorted and combined";
    last = {level, value};
    counts[last] = count;
  }
  return counts;
}

void expect_marginals(const LevelCounts& matrix) {
  std::map<std::int64_t, std::int64_t> levels, values;
  std::int64_t total = 0;
  for (const auto& [level, value, count] : matrix.entries) {
    levels[level] += count;
    values[value] += count;
    total += count;
  }
  const auto expect_equal = [](const auto& marginals, const auto& expected) {
    ASSERT_EQ(marginals.size(), expected.size());
    auto next = expected.begin();
    for (const auto& [value, count] : marginals) {
      EXPECT_EQ(std::pair(value, count), std::pair(next->first, next->second));
      ++next;
    }
  };
  EXPECT_EQ(matrix.total, total);
  expect_equal(matrix.levels, levels);
  expect_equal(matrix.values, values);
}

// Values below, at and far above the limit of those that have cells.
TEST(LevelCounter, CountsSmallAndLargeValuesAlike) {
  std::mt19937 random(5);
  LevelCounter counter(40, 31);
  for (int round = 0; round < 3; ++round) {  // a counter is empty again after take()
    Counts expected;
    std::int64_t voxels = 0;
    for (int i = 0; i < 2000; ++i) {
      const int level = 1 + int(random() % 20) * 2 % 39;
      const std::int64_t value = std::int64_t{1} << random() % 40;
      counter.add(level, value, i);
      ++expected[{level, value}];
      voxels += i;
    }
    const LevelCounts matrix = counter.take();
    EXPECT_EQ(entries(matrix), expected);
    EXPECT_EQ(matrix.voxel_count, voxels);
    EXPECT_EQ(matrix.level_count, 40);
    expect_marginals(matrix);
  }
  EXPECT_EQ(counter.take().total, 0);
}

TEST(LevelCounter, AddsMatrices) {
  LevelCounter parts(3, 31), whole(3, 31), sum(3, 31);
  for (const std::int64_t limit : {10, 100}) {
    for (std::int64_t value = 1; value < limit; ++value) {
      parts.add(2, value, 5);
      whole.add(2, value, 5);
    }
    sum.add(parts.take());
  }
  const LevelCounts expected = whole.take(), added = sum.take();
  EXPECT_EQ(entries(added), entries(expected));
  EXPECT_EQ(added.voxel_count, expected.voxel_count);
  EXPECT_EQ(added.total, 9 + 99);
  expect_marginals(added);
}

TEST(SpatialCounter, GivesTheAskedAggregationsAndLeavesOutEmptyMatrices) {
  const Aggregation asked[] = {Aggregation::slices_2d, Aggregation::volume_3d};
  SpatialCounter counter(2, 31, asked);
  counter.slice().add(1, 1, 1);
  counter.end_slice();
  counter.end_slice();  // without counts
  counter.slice().add(2, 3, 3);
  counter.end_slice();
  const auto matrices = counter.take();
  EXPECT_EQ(matrices.size(), 2u);
  EXPECT_EQ(matrices.at(Aggregation::slices_2d).size(), 2u);
  EXPECT_TRUE(matrices.at(Aggregation::volume_3d).empty());
}

TEST(SpatialCounter, MergesSlicesByAddingThem) {
  const Aggregation asked[] = {Aggregation::slices_merged_25d};
  SpatialCounter counter(2, 31, asked);
  for (int slice = 0; slice < 3; ++slice) {
    counter.slice().add(1, 50, 50);
    counter.end_slice();
  }
  const auto merged = counter.take().at(Aggregation::slices_merged_25d);
  ASSERT_EQ(merged.size(), 1u);
  EXPECT_EQ(entries(merged[0]), (Counts{{{1, 50}, 3}}));
  EXPECT_EQ(merged[0].voxel_count, 150);
}

}  // namespace
}  // namespace radiomics
