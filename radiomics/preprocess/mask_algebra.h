#pragma once

#include "radiomics/core/volume.h"

namespace radiomics {

// Masks as sets of voxels of one grid, each cut to a box. Time and memory follow the boxes, not the
// grid.

/// Adds the voxels of another mask; the box grows where it has to. A window without a box takes the
/// other's grid.
void unite(MaskWindow& mask, const MaskWindow& other);

/// Takes away the voxels that another mask has too. The box stays.
void subtract(MaskWindow& mask, const MaskWindow& other);

/// Cuts the box down to the voxels inside; without any, the window has an empty box.
void trim(MaskWindow& mask);

}  // namespace radiomics
