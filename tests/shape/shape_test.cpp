#include "radiomics/shape/shape.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/masks.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

/// Equal to the last bit in every part.
void expect_same(const Shape& a, const Shape& b) {
  EXPECT_EQ(a.voxel_count, b.voxel_count);
  EXPECT_EQ(a.voxel_volume_mm3, b.voxel_volume_mm3);
  EXPECT_EQ(a.mesh.vertices_mm, b.mesh.vertices_mm);
  EXPECT_EQ(a.mesh.triangles, b.mesh.triangles);
  EXPECT_EQ(a.mesh_volume_mm3, b.mesh_volume_mm3);
  EXPECT_EQ(a.mesh_area_mm2, b.mesh_area_mm2);
  EXPECT_EQ(a.hull.vertices_mm, b.hull.vertices_mm);
  EXPECT_EQ(a.hull.triangles, b.hull.triangles);
  EXPECT_EQ(a.maximum_diameter_mm, b.maximum_diameter_mm);
  EXPECT_EQ(a.axes.major_mm, b.axes.major_mm);
  EXPECT_EQ(a.axes.minor_mm, b.axes.minor_mm);
  EXPECT_EQ(a.axes.least_mm, b.axes.least_mm);
}

TEST(Shape, DoesNotDependOnTheGridAround) {
  const Mask mask = random_mask({12, 9, 7}, 0.5, 1, {0.977, 0.977, 3});
  const Shape tight = summarise_shape(mask);
  Mask wide = padded(mask, {31, 7, 2}, {3, 14, 5});
  const Shape loose = summarise_shape(wide);
  expect_same(tight, loose);
  EXPECT_EQ(loose.box.first, (Index3{31, 7, 2}));
  expect_same(tight, summarise_shape(crop(wide, grown(loose.box, {1, 2, 1}, wide.geometry()))));
}

TEST(Shape, CountsVoxels) {
  const Geometry grid{.size = {6, 5, 4}, .spacing_mm = {1, 2, 3}};
  const Shape shape = summarise_shape(voxels_at({{1, 1, 1}, {4, 3, 1}, {4, 3, 3}}, grid));
  EXPECT_EQ(shape.voxel_count, 3u);
  EXPECT_EQ(shape.voxel_volume_mm3, 6);
  EXPECT_EQ(shape.box, (Box{{1, 1, 1}, {4, 3, 3}}));
}

TEST(Shape, MeasuresFromVertexToVertexOfFarVoxels) {
  const Geometry grid{.size = {31, 1, 41}, .spacing_mm = {1, 1, 1}};
  const Shape shape = summarise_shape(voxels_at({{0, 0, 0}, {30, 0, 40}}, grid));
  EXPECT_DOUBLE_EQ(shape.maximum_diameter_mm, std::hypot(30, 41));  // the far ends along z
}

}  // namespace
}  // namespace radiomics
