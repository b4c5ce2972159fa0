#include "viewer/view_state.h"

#include <gtest/gtest.h>

namespace viewer {
namespace {

using radiomics::Box;
using radiomics::Geometry;
using radiomics::Index3;
using radiomics::Mask;
using radiomics::MaskWindow;
using radiomics::Plane;

const Geometry straight{.size = {20, 30, 10}};
const Geometry head_first{.size = {20, 30, 10}, .direction = {1, 0, 0, 0, 1, 0, 0, 0, -1}};

MaskWindow box_mask(const Geometry& grid) {
  const Box box{{2, 4, 6}, {4, 8, 8}};
  return {grid, box, Mask(window(grid, box), 1)};
}

TEST(ViewState, StartsWhereTheRegionIsLargest) {
  const ViewState state = initial_state(box_mask(straight), {"soft tissue", 400, 40});
  EXPECT_EQ(state.cursor, (Index3{3, 6, 7}));
  EXPECT_EQ(shown_slice(state, Plane::axial), 7);
  EXPECT_EQ(shown_slice(state, Plane::coronal), 6);
  EXPECT_EQ(shown_slice(state, Plane::sagittal), 3);
  EXPECT_EQ(state.window.name, "soft tissue");
}

TEST(ViewState, ScrollsTowardsTheHeadHoweverTheGridIsStored) {
  ViewState state = initial_state(box_mask(straight), {});
  scroll(state, Plane::axial, 1);
  EXPECT_EQ(state.cursor, (Index3{3, 6, 8}));
  state = initial_state(box_mask(head_first), {});
  scroll(state, Plane::axial, 2);
  EXPECT_EQ(state.cursor, (Index3{3, 6, 5}));
}

TEST(ViewState, ScrollsNoFurtherThanTheImage) {
  ViewState state = initial_state(box_mask(straight), {});
  scroll(state, Plane::coronal, -99);
  scroll(state, Plane::sagittal, 99);
  EXPECT_EQ(state.cursor, (Index3{19, 0, 7}));
}

}  // namespace
}  // namespace viewer
