#pragma once

#include "radiomics/io/grid_placement.h"

namespace radiomics {

/// Brings a mask onto another grid by nearest neighbour: a voxel of the grid is inside if the
/// mask's voxel that holds its centre is. Internal to io.
///
/// A voxel of the mask holds what is nearer to its centre than to any other, along each axis of its
/// grid. Halfway between two voxels (within 1e-6 voxels, which covers rounding) the centre belongs
/// to the one further towards the patient's left, back or head, whichever is closest to the axis:
/// the result does not depend on the order in which the file stores its axes. Outside the mask's
/// grid nothing is inside.
/// Cost: in proportion to the voxels of the grid in the box of the mask.
MovedMask resample_mask(const MaskWindow& mask, const Geometry& grid);

}  // namespace radiomics
