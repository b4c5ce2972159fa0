#include "radiomics/io/contour_mask.h"

#include <algorithm>
#include <numeric>

#include "tests/support/errors.h"

namespace radiomics {
namespace {

/// 20x16x6 voxels of 1x2x3 mm at (10, 20, 30), rows mirrored.
Geometry grid() {
  Geometry result;
  result.size = {20, 16, 6};
  result.spacing_mm = {1, 2, 3};
  result.origin_mm = {10, 20, 30};
  result.direction = {1, 0, 0, 0, -1, 0, 0, 0, -1};
  return result;
}

/// A rectangle in voxels, on slice z (which need not be whole), in the patient frame.
Contour rectangle(double x0, double y0, double x1, double y1, double z) {
  Contour contour;
  for (const Vector3& corner : {Vector3{x0, y0, z}, {x1, y0, z}, {x1, y1, z}, {x0, y1, z}})
    contour.push_back(position_mm(grid(), corner));
  return contour;
}

RegionMask mask(const std::vector<Contour>& contours) {
  return contour_mask(contours, grid(), "file: region 'A'");
}

int count(const RegionMask& region) {
  const auto voxels = region.mask.volume.voxels();
  return std::accumulate(voxels.begin(), voxels.end(), 0);
}

bool warns(const RegionMask& region, const std::string& text) {
  return std::ranges::any_of(region.warnings, [&](const std::string& warning) {
    return warning.find(text) != std::string::npos;
  });
}

TEST(ContourMask, IsCutToItsBoundingBox) {
  const RegionMask region =
      mask({rectangle(2.5, 3.5, 6.5, 5.5, 1), rectangle(4.5, 3.5, 8.5, 4.5, 2)});
  EXPECT_EQ(region.mask.box, (Box{{3, 4, 1}, {8, 5, 2}}));
  EXPECT_EQ(region.mask.grid, grid());
  EXPECT_EQ(region.mask.volume.geometry(), window(grid(), region.mask.box));
  EXPECT_EQ(count(region), 8 + 4);
  EXPECT_EQ(region.mask.volume(0, 0, 0), 1);
  EXPECT_EQ(region.mask.volume(5, 0, 0), 0);
  EXPECT_EQ(region.mask.volume(5, 0, 1), 1);
  EXPECT_TRUE(region.warnings.empty());
}

TEST(ContourMask, HolesAndIslands) {
  const RegionMask region =
      mask({rectangle(0.5, 0.5, 10.5, 10.5, 1), rectangle(6.5, 6.5, 7.5, 7.5, 1),
            rectangle(4.5, 4.5, 9.5, 9.5, 1)});
  EXPECT_EQ(count(region), 100 - 25 + 1);
}

TEST(ContourMask, RepeatedContoursCountOnce) {
  Contour other_start = rectangle(0.5, 0.5, 10.5, 10.5, 1);
  std::rotate(other_start.begin(), other_start.begin() + 2, other_start.end());
  std::ranges::reverse(other_start);
  // 10x10 voxels, one fewer: not more than one voxel different.
  Contour nearly = rectangle(0.5, 0.5, 10.5, 10.5, 1);
  nearly.push_back(position_mm(grid(), Vector3{0.5, 1.5, 1}));
  nearly.push_back(position_mm(grid(), Vector3{1.5, 1.5, 1}));
  nearly.push_back(position_mm(grid(), Vector3{1.5, 0.5, 1}));
  const RegionMask region = mask({rectangle(0.5, 0.5, 10.5, 10.5, 1), other_start, nearly});
  EXPECT_EQ(count(region), 100);
  EXPECT_TRUE(warns(region, "repeat another one count once: 2"));
}

TEST(ContourMask, ContoursThatDifferByMoreAreCombined) {
  // 100 and 90 voxels: 10 differ, more than one and more than 0.2 %.
  const RegionMask region =
      mask({rectangle(0.5, 0.5, 10.5, 10.5, 1), rectangle(0.5, 0.5, 10.5, 9.5, 1)});
  EXPECT_EQ(count(region), 10);
}

TEST(ContourMask, WarnsOfContoursThatCrossThemselves) {
  Contour eight = rectangle(0.5, 0.5, 10.5, 10.5, 1);
  std::swap(eight[1], eight[2]);
  EXPECT_TRUE(warns(mask({eight}), "contours cross themselves; what they encircle twice"));
}

TEST(ContourMask, RoundedPositionsBelongToTheNearestSlice) {
  EXPECT_EQ(mask({rectangle(2.5, 3.5, 6.5, 5.5, 1.09)}).mask.box.first[2], 1);
  EXPECT_EQ(mask({rectangle(2.5, 3.5, 6.5, 5.5, 0.91)}).mask.box.first[2], 1);
}

TEST(ContourMask, RefusesContoursBetweenSlices) {
  // 0.4 of 3 mm
  EXPECT_ERROR(mask({rectangle(2.5, 3.5, 6.5, 5.5, 1.4)}), ErrorKind::geometry_mismatch,
               "file: region 'A': a contour lies 1.2");
  EXPECT_ERROR(mask({rectangle(2.5, 3.5, 6.5, 5.5, 1.11)}), ErrorKind::geometry_mismatch,
               "off the nearest slice");
}

TEST(ContourMask, WhatLiesBeyondTheImageIsOutsideNotBetweenSlices) {
  EXPECT_ERROR(mask({rectangle(2.5, 3.5, 6.5, 5.5, 1000.4)}), ErrorKind::empty_region,
               "of which 1 leave the image");
  const double past_the_last = grid().size[2] - 0.6;
  EXPECT_ERROR(mask({rectangle(2.5, 3.5, 6.5, 5.5, past_the_last)}), ErrorKind::geometry_mismatch,
               "off the nearest slice");
}

TEST(ContourMask, RefusesContoursThatAreNotPlanar) {
  Contour climbing = rectangle(2.5, 3.5, 6.5, 5.5, 1);
  climbing[2] = position_mm(grid(), Vector3{6.5, 5.5, 2});
  EXPECT_ERROR(mask({climbing}), ErrorKind::invalid_region, "not planar");
}

TEST(ContourMask, RefusesPointsBeyondAnyPatient) {
  Contour contour = rectangle(2.5, 3.5, 6.5, 5.5, 1);
  contour[1][0] = 1e30;
  EXPECT_ERROR(mask({contour}), ErrorKind::invalid_region, "beyond any patient");
}

TEST(ContourMask, CutsOffWhatLeavesTheImage) {
  const RegionMask region =
      mask({rectangle(-4.5, 3.5, 2.5, 5.5, 1), rectangle(2.5, 3.5, 6.5, 5.5, 7),
            rectangle(2.5, 3.5, 6.5, 5.5, 2)});
  EXPECT_EQ(count(region), 2 * 3 + 2 * 4);
  EXPECT_TRUE(warns(region, "outside the image and are cut off there: 2"));
}

TEST(ContourMask, NothingInsideIsAnError) {
  EXPECT_ERROR(mask({rectangle(102.5, 3.5, 106.5, 5.5, 1)}), ErrorKind::empty_region,
               "of which 1 leave the image");
  EXPECT_ERROR(mask({rectangle(2.1, 3.1, 2.9, 3.9, 1)}), ErrorKind::empty_region, "no voxel");
  EXPECT_ERROR(mask({}), ErrorKind::empty_region, "no voxel");
}

TEST(ContourMask, ReportsGapsAndShortContours) {
  Contour line = rectangle(2.5, 3.5, 6.5, 5.5, 1);
  line.resize(2);
  const RegionMask region =
      mask({rectangle(2.5, 3.5, 6.5, 5.5, 1), line, rectangle(2.5, 3.5, 6.5, 5.5, 4)});
  EXPECT_TRUE(warns(region, "fewer than three points are ignored: 1"));
  EXPECT_TRUE(warns(region, "stay empty: 2"));
  EXPECT_EQ(region.mask.box, (Box{{3, 4, 1}, {6, 5, 4}}));
}

}  // namespace
}  // namespace radiomics
