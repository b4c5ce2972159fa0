#include "radiomics/qc/captions.h"

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(Captions, RegionSizeIsThatOfItsVoxels) {
  const Geometry grid{.size = {9, 9, 9}, .spacing_mm = {1, 2, 5}};
  const Box box{{1, 1, 1}, {3, 3, 1}};
  MaskWindow mask{grid, box, Mask(window(grid, box), 1)};
  mask.volume(1, 1, 0) = 0;
  const RegionSize size = region_size(mask);
  EXPECT_EQ(size.voxels, 8u);
  EXPECT_EQ(size.volume_ml, 0.08);  // 8 voxels of 10 mm3
  EXPECT_EQ(to_string(size), "8 voxels, 0.080 ml");
  EXPECT_EQ(to_string(RegionSize{1, 12.34}), "1 voxel, 12.3 ml");
}

TEST(Captions, PositionsAreWrittenAsScannersDo) {
  SliceView view;
  view.position_mm = -55.54;
  EXPECT_EQ(position_text(view), "I 55.5 mm");
  view.plane = Plane::coronal;
  EXPECT_EQ(position_text(view), "A 55.5 mm");
  view.plane = Plane::sagittal;
  EXPECT_EQ(position_text(view), "R 55.5 mm");
  view.position_mm = 7;
  EXPECT_EQ(position_text(view), "L 7.0 mm");
}

TEST(Captions, NamesBecomeOneLineOfUtf8) { EXPECT_EQ(shown("a\nGr\xf6"), "a Gr\xef\xbf\xbd"); }

}  // namespace
}  // namespace radiomics
