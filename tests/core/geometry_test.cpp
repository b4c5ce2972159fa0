#include "radiomics/core/geometry.h"

#include <gtest/gtest.h>

namespace radiomics {
namespace {

const Geometry oblique{.size = {6, 5, 4},
                       .spacing_mm = {1, 2, 3},
                       .origin_mm = {10, 20, 30},
                       .direction = {0, -1, 0, 1, 0, 0, 0, 0, 1}};

TEST(Geometry, PlacesVoxelsInThePatient) {
  EXPECT_EQ(position_mm(oblique, Index3{0, 0, 0}), (Vector3{10, 20, 30}));
  EXPECT_EQ(position_mm(oblique, Index3{1, 2, 3}), (Vector3{6, 21, 39}));
}

TEST(Geometry, FindsTheIndexOfAPosition) {
  const Vector3 index{1.5, -2, 3.25};
  const Vector3 found = index_at(oblique, position_mm(oblique, index));
  for (int axis = 0; axis < 3; ++axis) EXPECT_NEAR(found[axis], index[axis], 1e-12);
}

TEST(Geometry, SaysHowGridsDiffer) {
  Geometry other = oblique;
  EXPECT_EQ(difference(oblique, other), "");
  other.origin_mm[0] += 0.5;
  EXPECT_EQ(difference(oblique, other), "origin (10, 20, 30) mm against (10.5, 20, 30) mm");
  other = oblique;
  other.spacing_mm[1] = 2.1;
  EXPECT_EQ(difference(oblique, other), "spacing (1, 2, 3) mm against (1, 2.1, 3) mm");
  other.size[2] = 5;
  EXPECT_EQ(difference(oblique, other),
            "size 6x5x4 against 6x5x5, spacing (1, 2, 3) mm against (1, 2.1, 3) mm");
  other = oblique;
  other.direction = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  EXPECT_EQ(difference(oblique, other),
            "direction (0, -1, 0, 1, 0, 0, 0, 0, 1) against (1, 0, 0, 0, 1, 0, 0, 0, 1)");
}

// The y axis of the patient is the x axis of the grid, whose voxels are 1 mm.
TEST(Geometry, IsTheSameWithinTheTolerance) {
  Geometry other = oblique;
  other.origin_mm[1] += 0.9 * same_voxel_tolerance;
  EXPECT_EQ(difference(oblique, other), "");
  other.origin_mm[1] += 0.2 * same_voxel_tolerance;
  EXPECT_NE(difference(oblique, other), "");
}

// Neither the spacing nor the origin alone moves a voxel by 0.05, but both together.
TEST(Geometry, AddsUpSmallDifferences) {
  Geometry other = oblique;
  other.origin_mm[1] += 0.04;
  other.spacing_mm[0] += 0.04 / 5;
  EXPECT_EQ(difference(oblique, other),
            "voxel (5, 0, 0) at (10, 25, 30) mm against (10, 25.08, 30) mm");
}

TEST(Geometry, DiffersWhereANumberIsUndefined) {
  Geometry broken = oblique;
  broken.origin_mm[2] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(difference(oblique, broken), "");
}

TEST(Box, IsCutOffAtTheBorder) {
  const Box box{{1, 1, 1}, {2, 3, 2}};
  EXPECT_EQ(grown(box, {1, 1, 1}, oblique), (Box{{0, 0, 0}, {3, 4, 3}}));
  EXPECT_EQ(grown(box, {9, 9, 9}, oblique), whole(oblique));
  EXPECT_EQ(box.size(), (Index3{2, 3, 2}));
  EXPECT_FALSE(box.empty());
  EXPECT_TRUE(Box{}.empty());
}

TEST(Box, WindowKeepsThePlaceOfItsVoxels) {
  const Box box{{1, 2, 1}, {3, 3, 3}};
  const Geometry part = window(oblique, box);
  EXPECT_EQ(part.size, (Index3{3, 2, 3}));
  EXPECT_EQ(position_mm(part, Index3{2, 1, 2}), position_mm(oblique, Index3{3, 3, 3}));
}

}  // namespace
}  // namespace radiomics
