#include "radiomics/texture/zones.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/level_counts.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

/// Level, size, distance; sorted, since the order of zones means nothing.
using Found = std::vector<std::tuple<int, int, int>>;

Found sorted(const std::vector<Zone>& zones) {
  Found found;
  for (const Zone& zone : zones) found.emplace_back(zone.level, zone.size, zone.distance);
  std::ranges::sort(found);
  return found;
}

/// Floods one zone after the other, by definition.
class Flood {
 public:
  Flood(const Region& region, bool across_slices)
      : levels_(levels_of(region).levels), reach_(across_slices ? 1 : 0) {
    const auto distances = border_distances(region.morphological);
    distances_ = across_slices ? distances.in_volume : distances.in_slice;
  }

  Found zones_of_slices(int first, int last) {
    const auto [width, height, depth] = levels_.geometry().size;
    Found found;
    for (int z = first; z <= last; ++z)
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
          if (levels_(x, y, z) != 0) found.push_back(flood({x, y, z}));
    std::ranges::sort(found);
    return found;
  }

 private:
  std::tuple<int, int, int> flood(const Index3& start) {
    const int level = levels_(start[0], start[1], start[2]);
    int size = 0, distance = 1 << 16;
    std::vector<Index3> open{start};
    while (!open.empty()) {
      const auto [x, y, z] = open.back();
      open.pop_back();
      if (levels_(x, y, z) != level) continue;
      levels_(x, y, z) = 0;  // not to be found again
      ++size;
      distance = std::min(distance, int(distances_(x, y, z)));
      for (int k = z - reach_; k <= z + reach_; ++k)
        for (int j = y - 1; j <= y + 1; ++j)
          for (int i = x - 1; i <= x + 1; ++i) open.push_back({i, j, k});
    }
    return {level, size, distance};
  }

  Volume<std::uint16_t> levels_, distances_;
  int reach_;
};

void expect_zones_as_flooded(const Region& region) {
  const Zones zones = zones_of(region);
  const int depth = region.image.geometry().size[2];
  EXPECT_EQ(sorted(zones.volume), Flood(region, true).zones_of_slices(1, depth));
  Flood flood(region, false);
  std::size_t slice = 0;
  for (int z = 1; z <= depth; ++z) {
    const Found expected = flood.zones_of_slices(z, z);
    if (expected.empty()) continue;
    ASSERT_LT(slice, zones.slices.size());
    EXPECT_EQ(sorted(zones.slices[slice++]), expected) << "slice " << z;
  }
  EXPECT_EQ(slice, zones.slices.size());
}

TEST(Zones, EqualTheDefinitionOnRaggedRegions) {
  unsigned seed = 0;
  for (const Index3& size : {Index3{17, 13, 11}, {1, 30, 20}, {30, 1, 20}, {30, 20, 1}})
    for (const int level_count : {1, 2, 3, 9})
      for (const double probability : {0.1, 0.3, 0.6, 1.0}) {
        SCOPED_TRACE(seed);
        expect_zones_as_flooded(ragged_region(size, level_count, probability, seed++));
      }
}

Region with_levels(const Index3& size, std::initializer_list<std::pair<Index3, int>> voxels) {
  const Geometry grid{.size = size};
  Region region{Image(grid), Mask(grid), Mask(grid), grid};
  for (const auto& [at, level] : voxels) {
    const auto& [x, y, z] = at;
    region.image(x, y, z) = level;
    region.morphological(x, y, z) = region.intensity(x, y, z) = 1;
  }
  return region;
}

TEST(Zones, OfOneVoxel) {
  const Zones zones = zones_of(uniform_region(1, 3));
  EXPECT_EQ(zones.level_count, 3);
  EXPECT_EQ(sorted(zones.volume), (Found{{3, 1, 1}}));
  ASSERT_EQ(zones.slices.size(), 1u);
  EXPECT_EQ(sorted(zones.slices[0]), (Found{{3, 1, 1}}));
}

TEST(Zones, MeetAtCorners) {
  const Region region = with_levels({2, 2, 2}, {{{0, 0, 0}, 1}, {{1, 1, 1}, 1}, {{1, 0, 0}, 2}});
  const Zones zones = zones_of(region);
  EXPECT_EQ(sorted(zones.volume), (Found{{1, 2, 1}, {2, 1, 1}}));
  EXPECT_EQ(sorted(zones.slices.at(0)), (Found{{1, 1, 1}, {2, 1, 1}}));
  EXPECT_EQ(sorted(zones.slices.at(1)), (Found{{1, 1, 1}}));
}

TEST(Zones, MeetInEachDirection) {
  for (int z = 0; z < 3; ++z)
    for (int y = 0; y < 3; ++y)
      for (int x = 0; x < 3; ++x) {
        SCOPED_TRACE(testing::Message() << "the other voxel is " << x << ' ' << y << ' ' << z);
        if (x == 1 && y == 1 && z == 1) continue;
        const Zones zones = zones_of(with_levels({3, 3, 3}, {{{1, 1, 1}, 1}, {{x, y, z}, 1}}));
        EXPECT_EQ(sorted(zones.volume), (Found{{1, 2, 1}}));
        if (z == 1)
          EXPECT_EQ(sorted(zones.slices.at(0)), (Found{{1, 2, 1}}));
        else
          EXPECT_EQ(zones.slices.size(), 2u);
      }
}

// A voxel and the 13 that are visited before it, in all arrangements of two levels: which of them
// need not be looked at depends on all the others.
TEST(Zones, AreUnitedWhateverTheNeighbours) {
  const Geometry grid{.size = {3, 3, 2}};
  Region region{Image(grid, 2), Mask(grid, 1), Mask(grid, 1), grid};
  constexpr int neighbours = 13, first_after = neighbours + 1;
  for (int i = first_after; i < 18; ++i) region.intensity.voxels()[i] = 0;
  for (int pattern = 0; pattern < 1 << first_after; ++pattern) {
    for (int i = 0; i < first_after; ++i) region.image.voxels()[i] = 1 + (pattern >> i) % 2;
    SCOPED_TRACE(pattern);
    expect_zones_as_flooded(region);
    if (testing::Test::HasFailure()) break;
  }
}

TEST(Zones, OfTwoFarVoxelsLeaveOutTheSlicesBetween) {
  const Zones zones = zones_of(with_levels({9, 9, 9}, {{{0, 0, 0}, 1}, {{8, 8, 8}, 1}}));
  EXPECT_EQ(sorted(zones.volume), (Found{{1, 1, 1}, {1, 1, 1}}));
  EXPECT_EQ(zones.slices.size(), 2u);
}

// A comb whose teeth meet in its last row: labels are united in the worst order.
TEST(Zones, UniteBranchesThatMeetLate) {
  const Geometry grid{.size = {101, 60, 1}};
  Region comb{Image(grid, 1), Mask(grid, 1), Mask(grid), grid};
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 101; ++x) comb.intensity(x, y, 0) = x % 2 == 0 || y == 59;
  EXPECT_EQ(sorted(zones_of(comb).volume), (Found{{1, 51 * 60 + 50, 1}}));
}

/// Walls that leave one winding way through the volume: the zone is very long.
TEST(Zones, FollowALongWindingWay) {
  const Geometry grid{.size = {64, 65, 33}};
  Region maze{Image(grid, 1), Mask(grid, 1), Mask(grid, 1), grid};
  for (int z = 0; z < 33; ++z)
    for (int y = 0; y < 65; ++y)
      for (int x = 0; x < 64; ++x) {
        const bool wall = y % 2 == 1 && x != (y % 4 == 1 ? 63 : 0);
        const bool floor = z % 2 == 1 && !(x == 0 && y == (z % 4 == 1 ? 64 : 0));
        maze.intensity(x, y, z) = !(z % 2 == 1 ? floor : wall);
      }
  expect_zones_as_flooded(maze);
  EXPECT_EQ(zones_of(maze).volume.size(), 1u);
}

/// Levels drawn row by row, '.' for voxels outside.
Region drawn(const std::vector<std::string>& rows) {
  const Geometry grid{.size = {int(rows.front().size()), int(rows.size()), 1}};
  Region region{Image(grid, 1), Mask(grid, 1), Mask(grid), grid};
  for (int y = 0; y < grid.size[1]; ++y)
    for (int x = 0; x < grid.size[0]; ++x) {
      if (rows[y][x] == '.') continue;
      region.image(x, y, 0) = rows[y][x] - '0';
      region.intensity(x, y, 0) = 1;
    }
  return region;
}

/// The same with x and z exchanged: what was in a slice then crosses slices.
Region upright(const Region& flat) {
  const Index3 size = flat.image.geometry().size;
  const Geometry grid{.size = {size[2], size[1], size[0]}};
  Region region{Image(grid, 1), Mask(grid, 1), Mask(grid), grid};
  for (int y = 0; y < size[1]; ++y)
    for (int x = 0; x < size[0]; ++x) {
      region.image(0, y, x) = flat.image(x, y, 0);
      region.intensity(0, y, x) = flat.intensity(x, y, 0);
    }
  return region;
}

TEST(Zones, FollowSpiralsBothWays) {
  const std::vector<std::string> rows{"11111111111",  //
                                      "12222222221",  //
                                      "12111111121",  //
                                      "12122222121",  //
                                      "12121112121",  //
                                      "12121212121",  //
                                      "12122212121",  //
                                      "12111112121",  //
                                      "12222222121",  //
                                      "11111111121"};
  std::vector<std::string> turned(rows.rbegin(), rows.rend());
  for (std::string& row : turned) std::reverse(row.begin(), row.end());
  for (const auto& picture : {rows, turned}) {
    const Region spiral = drawn(picture);
    expect_zones_as_flooded(spiral);
    EXPECT_EQ(zones_of(spiral).volume.size(), 2u);
    EXPECT_EQ(zones_of(upright(spiral)).volume.size(), 2u);
  }
}

TEST(Zones, UniteNestedBowls) {
  const Region bowls = drawn({"1.1.1.1.1.1.1",  //
                              "1.1.1.1.1.1.1",  //
                              "1.1.1.1.1.1.1",  //
                              "1.1.1...1.1.1",  //
                              "1.1.11111.1.1",  //
                              "1.1.......1.1",  //
                              "1.111111111.1",  //
                              "1...........1",  //
                              "1111111111111"});
  const Found expected{{1, 3, 1}, {1, 13, 1}, {1, 21, 1}, {1, 29, 1}};
  EXPECT_EQ(sorted(zones_of(bowls).slices.at(0)), expected);
  EXPECT_EQ(sorted(zones_of(upright(bowls)).volume), expected);
}

TEST(Zones, AreInTheOrderOfTheirFirstVoxels) {
  const Zones zones = zones_of(drawn({"2.1.3.1",  //
                                      "..1...1",  //
                                      "4.11111"}));
  for (const auto& found : {zones.volume, zones.slices.at(0)}) {
    std::vector<int> levels;
    for (const Zone& zone : found) levels.push_back(zone.level);
    EXPECT_EQ(levels, (std::vector{2, 1, 3, 4}));
  }
}

TEST(Zones, OfACheckerboardMeetAtCorners) {
  const Geometry grid{.size = {9, 8, 7}};
  Region board{Image(grid), Mask(grid, 1), Mask(grid, 1), grid};
  for (int z = 0; z < 7; ++z)
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 9; ++x) board.image(x, y, z) = 1 + (x + y + z) % 2;
  const Zones zones = zones_of(board);
  EXPECT_EQ(sorted(zones.volume), (Found{{1, 252, 1}, {2, 252, 1}}));
  for (const auto& slice : zones.slices) EXPECT_EQ(sorted(slice), (Found{{1, 36, 1}, {2, 36, 1}}));
}

TEST(Zones, OfTwoMillionVoxelsInOneZone) {
  const int size = 128;
  const Zones zones = zones_of(uniform_region(size));
  EXPECT_EQ(sorted(zones.volume), (Found{{1, size * size * size, 1}}));
  ASSERT_EQ(zones.slices.size(), std::size_t(size));
  for (const auto& slice : zones.slices) EXPECT_EQ(sorted(slice), (Found{{1, size * size, 1}}));
}

TEST(Zones, AreFoundForWhatIsAsked) {
  const Region region = digital_phantom();
  const Zones all = zones_of(region);
  const Zones volume = zones_of(region, std::array{Aggregation::volume_3d});
  EXPECT_EQ(sorted(volume.volume), sorted(all.volume));
  EXPECT_TRUE(volume.slices.empty());
  const Zones merged = zones_of(region, std::array{Aggregation::slices_merged_25d});
  EXPECT_TRUE(merged.volume.empty());
  ASSERT_EQ(merged.slices.size(), all.slices.size());
  for (std::size_t i = 0; i < all.slices.size(); ++i)
    EXPECT_EQ(sorted(merged.slices[i]), sorted(all.slices[i]));
}

TEST(Zones, DoNotDependOnTheCrop) {
  const Region region = ragged_region({9, 8, 7}, 3, 0.8, 11);
  const Zones cropped = zones_of(region), wide = zones_of(padded(region, {3, 0, 2}, {1, 5, 0}));
  EXPECT_EQ(sorted(wide.volume), sorted(cropped.volume));
  ASSERT_EQ(wide.slices.size(), cropped.slices.size());
  for (std::size_t i = 0; i < wide.slices.size(); ++i)
    EXPECT_EQ(sorted(wide.slices[i]), sorted(cropped.slices[i]));
}

}  // namespace
}  // namespace radiomics
