#pragma once

#include "radiomics/qc/slice_view.h"

namespace viewer {

/// What is being looked at. Knows nothing of windows and drawing.
struct ViewState {
  radiomics::Geometry grid;
  radiomics::Index3 cursor{};  ///< the voxel of `grid` in which the three planes meet
  radiomics::GreyWindow window;
};

/// The cursor where the region is largest in each of the three planes. The mask is not empty.
ViewState initial_state(const radiomics::MaskWindow& mask, const radiomics::GreyWindow& window);

/// The slice of a plane that holds the cursor, as an index of the grid.
int shown_slice(const ViewState& state, radiomics::Plane plane);

/// Moves the cursor through the slices of a plane, towards S (axial), P (coronal) or L (sagittal)
/// for steps > 0; not beyond the image.
void scroll(ViewState& state, radiomics::Plane plane, int steps);

}  // namespace viewer
