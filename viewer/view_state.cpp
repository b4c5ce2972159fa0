#include "viewer/view_state.h"

#include <algorithm>

namespace viewer {

ViewState initial_state(const radiomics::MaskWindow& mask, const radiomics::GreyWindow& window) {
  ViewState state{mask.grid, {}, window};
  for (int axis = 0; axis < 3; ++axis)
    state.cursor[axis] = radiomics::slice_of_largest_area(mask, axis);
  return state;
}

int shown_slice(const ViewState& state, radiomics::Plane plane) {
  return state.cursor[radiomics::plane_axes(state.grid, plane).through.axis];
}

void scroll(ViewState& state, radiomics::Plane plane, int steps) {
  const auto [axis, step] = radiomics::plane_axes(state.grid, plane).through;
  state.cursor[axis] = std::clamp(state.cursor[axis] + step * steps, 0, state.grid.size[axis] - 1);
}

}  // namespace viewer
