#include "viewer/study.h"

#include <gtest/gtest.h>

namespace viewer {
namespace {

using radiomics::Box;
using radiomics::Geometry;
using radiomics::Image;
using radiomics::ImageWindow;
using radiomics::Mask;
using radiomics::Plane;

const Geometry grid{.size = {100, 90, 40}, .spacing_mm = {1, 1, 3}};

/// A CT of 40 HU, with a region of 3 x 5 x 3 voxels, that notes which box was read last.
Study study_with(Box& read) {
  radiomics::ImageSource image;
  image.geometry = grid;
  image.modality = "CT";
  image.read = [&read](const Box& box) {
    read = box;
    return ImageWindow{grid, box, Image(window(grid, box), 40)};
  };
  const Box box{{48, 44, 20}, {50, 48, 22}};
  return make_study(image, {grid, box, Mask(window(grid, box), 1)}, "c\n1", "GTV");
}

TEST(Study, LooksAroundTheRegionForItsWindow) {
  Box read;
  const Study study = study_with(read);
  const ViewState state = initial_state(study);
  EXPECT_EQ(read, study.field.box);
  EXPECT_EQ(study.field.side_mm, 59);  // 3 slices of 3 mm, and 25 mm on either side
  EXPECT_EQ(title(study, state),
            "c 1  \u00b7  GTV  \u00b7  45 voxels, 0.135 ml  \u00b7  soft tissue 400/40");
}

TEST(Study, ReadsTheWholeSliceAndNoOther) {
  Box read;
  const Study study = study_with(read);
  const ViewState state = initial_state(study);
  const auto axial = view_of(study, state, Plane::axial);
  EXPECT_EQ(read, (Box{{0, 0, 21}, {99, 89, 21}}));
  EXPECT_EQ(axial.outlines,
            (std::vector<radiomics::Outline>{{{48, 44}, {51, 44}, {51, 49}, {48, 49}}}));
  const auto sagittal = view_of(study, state, Plane::sagittal);
  EXPECT_EQ(read, (Box{{49, 0, 0}, {49, 89, 39}}));
  EXPECT_EQ(sagittal.columns, 90);
  EXPECT_EQ(sagittal.rows, 40);
}

}  // namespace
}  // namespace viewer
