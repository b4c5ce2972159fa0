#include "radiomics/qc/slice_view.h"

#include <cmath>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

using Letters = std::array<std::string, 4>;
using Direction = std::array<double, 9>;

constexpr Direction identity{1, 0, 0, 0, 1, 0, 0, 0, 1};
const GreyWindow plain{"plain", 255, 127.5};  // the grey value is the intensity

Geometry grid_with(const Direction& direction) {
  return {.size = {4, 3, 2},
          .spacing_mm = {1, 2, 3},
          .origin_mm = {10, 20, 30},
          .direction = direction};
}

/// Intensities 0, 1, 2, ... in the order of the voxels.
ImageWindow counted(const Geometry& grid) {
  ImageWindow image{grid, whole(grid), Image(grid)};
  const auto voxels = image.volume.voxels();
  std::iota(voxels.begin(), voxels.end(), 0.0);
  return image;
}

MaskWindow mask_window(const Geometry& grid, const Box& box) {
  return {grid, box, Mask(window(grid, box), 1)};
}

TEST(PlaneAxes, OfThePatientFrameAreRadiological) {
  const Geometry grid = grid_with(identity);  // x to L, y to P, z to S
  const PlaneAxes axial = plane_axes(grid, Plane::axial);
  EXPECT_EQ(axial.letters, (Letters{"R", "L", "A", "P"}));
  EXPECT_EQ(axial.across, (GridDirection{0, 1}));
  EXPECT_EQ(axial.down, (GridDirection{1, 1}));
  EXPECT_EQ(axial.through, (GridDirection{2, 1}));
  const PlaneAxes coronal = plane_axes(grid, Plane::coronal);
  EXPECT_EQ(coronal.letters, (Letters{"R", "L", "S", "I"}));
  EXPECT_EQ(coronal.down, (GridDirection{2, -1}));
  const PlaneAxes sagittal = plane_axes(grid, Plane::sagittal);
  EXPECT_EQ(sagittal.letters, (Letters{"A", "P", "S", "I"}));
  EXPECT_EQ(sagittal.across, (GridDirection{1, 1}));
  EXPECT_EQ(sagittal.down, (GridDirection{2, -1}));
  EXPECT_EQ(sagittal.through, (GridDirection{0, 1}));
}

TEST(PlaneAxes, AreThoseOfThePatientHoweverTheGridIsStored) {
  for (const Direction& direction : {Direction{-1, 0, 0, 0, -1, 0, 0, 0, 1},    // x to R, y to A
                                     Direction{1, 0, 0, 0, 1, 0, 0, 0, -1},     // z to I
                                     Direction{0, 0, 1, 1, 0, 0, 0, -1, 0}}) {  // a sagittal scan
    const Geometry grid = grid_with(direction);
    EXPECT_EQ(plane_axes(grid, Plane::axial).letters, (Letters{"R", "L", "A", "P"}));
    EXPECT_EQ(plane_axes(grid, Plane::coronal).letters, (Letters{"R", "L", "S", "I"}));
    EXPECT_EQ(plane_axes(grid, Plane::sagittal).letters, (Letters{"A", "P", "S", "I"}));
  }
  const PlaneAxes axial = plane_axes(grid_with({0, 0, 1, 1, 0, 0, 0, -1, 0}), Plane::axial);
  EXPECT_EQ(axial.across, (GridDirection{2, 1}));
  EXPECT_EQ(axial.down, (GridDirection{0, 1}));
  EXPECT_EQ(axial.through, (GridDirection{1, -1}));
}

TEST(PlaneAxes, SayWhereTheyAreOblique) {
  const auto turned = [](double degrees) {  // about the axis from feet to head
    const double c = std::cos(degrees * std::numbers::pi / 180);
    const double s = std::sin(degrees * std::numbers::pi / 180);
    return grid_with({c, -s, 0, s, c, 0, 0, 0, 1});
  };
  EXPECT_EQ(plane_axes(turned(14), Plane::axial).letters, (Letters{"R", "L", "A", "P"}));
  EXPECT_EQ(plane_axes(turned(30), Plane::axial).letters, (Letters{"RA", "LP", "AL", "PR"}));
  EXPECT_EQ(plane_axes(turned(76), Plane::axial).letters, (Letters{"R", "L", "A", "P"}));
  EXPECT_EQ(plane_axes(turned(76), Plane::axial).across, (GridDirection{1, -1}));
}

TEST(LargestSlice, HasMostVoxels) {
  const Geometry grid{.size = {6, 6, 9}};
  MaskWindow mask = mask_window(grid, {{1, 1, 2}, {3, 3, 7}});
  mask.volume(0, 0, 0) = mask.volume(1, 2, 2) = mask.volume(2, 2, 3) = 0;
  // Slices 2 to 7 have 8 9 8 8 9 9 voxels: of 3, 6, 7 the middle one.
  EXPECT_EQ(slice_of_largest_area(mask, 2), 6);
  mask.volume(0, 0, 5) = 0;  // now 3 and 6: the lower of two middle ones
  EXPECT_EQ(slice_of_largest_area(mask, 2), 3);
}

TEST(LargestSlice, IsTheMiddleOfABox) {
  const Geometry grid{.size = {9, 9, 9}};
  const MaskWindow mask = mask_window(grid, {{1, 2, 3}, {5, 5, 5}});
  EXPECT_EQ(slice_of_largest_area(mask, 0), 3);
  EXPECT_EQ(slice_of_largest_area(mask, 1), 3);
  EXPECT_EQ(slice_of_largest_area(mask, 2), 4);
}

TEST(EvenlySpaced, HasBothEndsAndNoMoreThanThereAre) {
  EXPECT_EQ(evenly_spaced(10, 20, 3), (std::vector{10, 15, 20}));
  EXPECT_EQ(evenly_spaced(1, 3, 8), (std::vector{1, 2, 3}));
  EXPECT_EQ(evenly_spaced(5, 5, 8), (std::vector{5}));
  EXPECT_EQ(evenly_spaced(0, 10, 1), (std::vector{5}));
  EXPECT_EQ(evenly_spaced(0, 10, 4), (std::vector{0, 3, 7, 10}));
}

TEST(Field, IsACubeAroundTheRegion) {
  const Geometry grid{.size = {100, 100, 10}, .spacing_mm = {1, 1, 4}};
  const Field field = field_around(grid, {{40, 50, 4}, {59, 54, 5}}, 10);
  EXPECT_EQ(field.side_mm, 40);  // 20 voxels of 1 mm and 10 mm on either side
  EXPECT_EQ(field.centre_index, (Vector3{49.5, 52, 4.5}));
  // x: 49.5 +- 20 voxels reaches from the edge of voxel 30 to that of 69; y: half voxels touched;
  // z: 4.5 +- 5 voxels is the whole grid.
  EXPECT_EQ(field.box, (Box{{30, 32, 0}, {69, 72, 9}}));
}

TEST(SliceView, ShowsTheAxialSliceAsStored) {
  const Geometry grid = grid_with(identity);
  const MaskWindow mask = mask_window(grid, {{1, 1, 1}, {2, 1, 1}});
  const SliceView view = slice_view(counted(grid), mask, Plane::axial, 1, plain);
  EXPECT_EQ(view.columns, 4);
  EXPECT_EQ(view.rows, 3);
  EXPECT_EQ(view.pixel_width_mm, 1);
  EXPECT_EQ(view.pixel_height_mm, 2);
  EXPECT_EQ(view.position_mm, 33);
  EXPECT_EQ(view.grey, (std::vector<std::uint8_t>{12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}));
  EXPECT_EQ(view.outlines, (std::vector<Outline>{{{1, 1}, {3, 1}, {3, 2}, {1, 2}}}));
  EXPECT_TRUE(slice_view(counted(grid), mask, Plane::axial, 0, plain).outlines.empty());
}

TEST(SliceView, PutsTheHeadOnTop) {
  const Geometry grid = grid_with(identity);
  const MaskWindow mask = mask_window(grid, {{0, 1, 0}, {0, 1, 0}});
  const SliceView coronal = slice_view(counted(grid), mask, Plane::coronal, 1, plain);
  EXPECT_EQ(coronal.grey, (std::vector<std::uint8_t>{16, 17, 18, 19, 4, 5, 6, 7}));
  EXPECT_EQ(coronal.pixel_height_mm, 3);
  EXPECT_EQ(coronal.position_mm, 22);
  EXPECT_EQ(coronal.outlines, (std::vector<Outline>{{{0, 1}, {1, 1}, {1, 2}, {0, 2}}}));
  const SliceView sagittal = slice_view(counted(grid), mask, Plane::sagittal, 0, plain);
  EXPECT_EQ(sagittal.grey, (std::vector<std::uint8_t>{12, 16, 20, 0, 4, 8}));
  EXPECT_EQ(sagittal.position_mm, 10);
}

// The same patient, stored with rows from right to left, columns from front to back, slices from
// head to feet or the other way: the pictures are the same.
TEST(SliceView, DoesNotDependOnHowTheGridIsStored) {
  const Geometry straight = grid_with(identity);
  Geometry flipped = grid_with({-1, 0, 0, 0, -1, 0, 0, 0, -1});
  flipped.origin_mm = position_mm(straight, Index3{3, 2, 1});
  ImageWindow image = counted(flipped);  // the voxels run backwards
  std::ranges::reverse(image.volume.voxels());
  for (const Plane plane : all_planes) {
    const MaskWindow mask = mask_window(straight, {{0, 1, 0}, {2, 1, 1}});
    const MaskWindow mirrored = mask_window(flipped, {{1, 1, 0}, {3, 1, 1}});
    const int last = straight.size[std::size_t(plane_axes(straight, plane).through.axis)] - 1;
    const SliceView a = slice_view(counted(straight), mask, plane, 0, plain);
    const SliceView b = slice_view(image, mirrored, plane, last, plain);
    EXPECT_EQ(a.grey, b.grey);
    EXPECT_EQ(a.outlines, b.outlines);
    EXPECT_EQ(a.position_mm, b.position_mm);
  }
}

TEST(SliceView, ShowsAWindowOfTheGrid) {
  const Geometry grid = grid_with(identity);
  const Box box{{1, 1, 1}, {3, 2, 1}};
  const ImageWindow part{grid, box, crop(counted(grid).volume, box)};
  const MaskWindow mask = mask_window(grid, {{0, 0, 0}, {1, 1, 1}});  // reaches out of the window
  const SliceView view = slice_view(part, mask, Plane::axial, 1, plain);
  EXPECT_EQ(view.grey, (std::vector<std::uint8_t>{17, 18, 19, 21, 22, 23}));
  EXPECT_EQ(view.outlines, (std::vector<Outline>{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}));
}

TEST(PicturePoint, IsWhereTheVoxelIsDrawn) {
  const Geometry grid = grid_with(identity);
  const MaskWindow mask = mask_window(grid, {{3, 1, 0}, {3, 1, 0}});
  const SliceView view = slice_view(counted(grid), mask, Plane::coronal, 1, plain);
  const PicturePoint point = picture_point(view, {3, 1, 0});
  EXPECT_EQ(point.x, 3.5);
  EXPECT_EQ(point.y, 1.5);
  EXPECT_EQ(picture_point(view, {-0.5, 0, 1.5}).x, 0);
  EXPECT_EQ(picture_point(view, {-0.5, 0, 1.5}).y, 0);
}

TEST(ScaleBar, IsARoundLength) {
  EXPECT_EQ(scale_bar_mm(100), 20);
  EXPECT_EQ(scale_bar_mm(150), 50);
  EXPECT_EQ(scale_bar_mm(59), 10);
  EXPECT_EQ(scale_bar_mm(30), 10);
  EXPECT_DOUBLE_EQ(scale_bar_mm(2), 0.5);
}

}  // namespace
}  // namespace radiomics
