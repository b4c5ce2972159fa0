#include "radiomics/io/contour_raster.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

using Polygon = std::vector<SlicePoint>;

Runs runs(const Polygon& polygon, int columns = 20, int rows = 20) {
  return rasterise(polygon, columns, rows).runs;
}

Polygon square(double low, double high) {
  return {{low, low}, {high, low}, {high, high}, {low, high}};
}

/// A circle of many corners, none of them on a voxel centre.
Polygon circle(double x, double y, double radius, int corners = 97) {
  Polygon points;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * std::numbers::pi * i / corners + 0.1;
    points.push_back({x + radius * std::cos(angle), y + radius * std::sin(angle)});
  }
  return points;
}

TEST(ContourRaster, SquareBetweenCentres) {
  EXPECT_EQ(runs(square(1.5, 4.5)), (Runs{{2, 2, 5}, {3, 2, 5}, {4, 2, 5}}));
}

// The half-open rule: the sides towards -x and -y belong to the polygon, the others do not.
TEST(ContourRaster, CentresOnEdgesFollowTheHalfOpenRule) {
  EXPECT_EQ(runs(square(2, 4)), (Runs{{2, 2, 4}, {3, 2, 4}}));
}

TEST(ContourRaster, PolygonsThatShareAnEdgePartitionTheVoxels) {
  const Polygon left{{1, 1}, {7, 2}, {4, 9}, {1, 8}}, right{{7, 2}, {12, 3}, {10, 11}, {4, 9}};
  const Polygon both{{1, 1}, {7, 2}, {12, 3}, {10, 11}, {4, 9}, {1, 8}};
  EXPECT_EQ(exclusive_or(runs(left), runs(right)), runs(both));
  EXPECT_EQ(voxel_count(runs(left)) + voxel_count(runs(right)), voxel_count(runs(both)));
}

TEST(ContourRaster, HoleAsSecondContour) {
  const Runs ring = exclusive_or(runs(square(0.5, 8.5)), runs(square(2.5, 5.5)));
  EXPECT_EQ(voxel_count(ring), 64u - 9u);
  EXPECT_EQ(ring[2], (VoxelRun{3, 1, 3}));
  EXPECT_EQ(ring[3], (VoxelRun{3, 6, 9}));
}

TEST(ContourRaster, KeyholeIsTheSameAsHole) {
  const Polygon keyhole{{0.5, 0.5}, {8.5, 0.5}, {8.5, 8.5}, {0.5, 8.5}, {0.5, 0.5},
                        {2.5, 2.5}, {2.5, 5.5}, {5.5, 5.5}, {5.5, 2.5}, {2.5, 2.5}};
  EXPECT_EQ(runs(keyhole), exclusive_or(runs(square(0.5, 8.5)), runs(square(2.5, 5.5))));
  EXPECT_EQ(rasterise(keyhole, 20, 20).crossed_voxels, 0u);
}

TEST(ContourRaster, FigureEightHasBothLobesAndIsReported) {
  const ContourRaster eight =
      rasterise(Polygon{{0.5, 0.5}, {10.5, 8.5}, {10.5, 0.5}, {0.5, 8.5}}, 20, 20);
  EXPECT_EQ(eight.crossed_voxels, voxel_count(eight.runs) / 2);  // one lobe of two equal ones
  EXPECT_EQ(eight.runs.front().y, 1);
  // Left and right lobe: at y = 1 from 0.5 to 1.125 and from 9.875 to 10.5.
  EXPECT_EQ(eight.runs[0], (VoxelRun{1, 1, 2}));
  EXPECT_EQ(eight.runs[1], (VoxelRun{1, 10, 11}));
}

TEST(ContourRaster, WhatIsEncircledTwiceIsOutsideAndReported) {
  Polygon twice = square(0.5, 5.5);
  twice.insert(twice.end(), {{0.5, 0.5}, {3.5, 0.5}, {3.5, 3.5}, {0.5, 3.5}});
  const ContourRaster raster = rasterise(twice, 20, 20);
  EXPECT_EQ(raster.crossed_voxels, 9u);
  EXPECT_EQ(voxel_count(raster.runs), 25u - 9u);
}

TEST(ContourRaster, SimpleShapesDoNotCrossThemselves) {
  EXPECT_EQ(rasterise(circle(9.3, 9.6, 7.2), 20, 20).crossed_voxels, 0u);
  EXPECT_EQ(rasterise(square(2, 4), 20, 20).crossed_voxels, 0u);
}

TEST(ContourRaster, StartDirectionAndRepeatedPointsDoNotMatter) {
  const Polygon original = circle(9.37, 9.61, 7.23);
  const Runs expected = runs(original);
  for (int start = 1; start < int(original.size()); start += 13) {
    Polygon other = original;
    std::rotate(other.begin(), other.begin() + start, other.end());
    EXPECT_EQ(runs(other), expected);
    std::ranges::reverse(other);
    EXPECT_EQ(runs(other), expected);
    other.push_back(other.front());
    EXPECT_EQ(runs(other), expected);
  }
}

TEST(ContourRaster, TranslationByWholeVoxelsMovesTheRuns) {
  const Runs expected = runs(circle(9.25, 8.75, 5.5), 40, 40);
  Runs moved = runs(circle(14.25, 19.75, 5.5), 40, 40);
  for (VoxelRun& run : moved) run = {run.y - 11, run.first - 5, run.end - 5};
  EXPECT_EQ(moved, expected);
}

// Gauss's circle problem: the number of centres differs from the area by less than the boundary.
TEST(ContourRaster, CircleHasItsArea) {
  const double radius = 50.2, area = std::numbers::pi * radius * radius;
  const auto count = voxel_count(runs(circle(99.7, 100.1, radius, 1000), 200, 200));
  EXPECT_NEAR(double(count), area, 2 * radius);
}

TEST(ContourRaster, PartsOutsideTheSliceAreCutOff) {
  EXPECT_EQ(runs(square(-3.5, 1.5), 20, 20), (Runs{{0, 0, 2}, {1, 0, 2}}));
  EXPECT_EQ(runs(square(17.5, 1e9), 20, 20), (Runs{{18, 18, 20}, {19, 18, 20}}));
  EXPECT_TRUE(runs(square(30, 40), 20, 20).empty());
}

TEST(ContourRaster, NothingForLinesPointsAndSlivers) {
  EXPECT_TRUE(runs({}).empty());
  EXPECT_TRUE(runs({{3, 3}}).empty());
  EXPECT_TRUE(runs({{3, 3}, {9, 9}}).empty());
  EXPECT_TRUE(runs(square(3.1, 3.9)).empty());
}

TEST(ContourRaster, ExclusiveOrOfEqualSetsIsEmptyAndTouchingRunsJoin) {
  const Runs some = runs(circle(9.3, 9.6, 7.2));
  EXPECT_TRUE(exclusive_or(some, some).empty());
  EXPECT_EQ(exclusive_or(some, {}), some);
  EXPECT_EQ(exclusive_or({{1, 2, 5}}, {{1, 5, 9}}), (Runs{{1, 2, 9}}));
}

}  // namespace
}  // namespace radiomics
