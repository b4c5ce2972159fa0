#pragma once

#include "radiomics/core/volume.h"

namespace radiomics {

/// The largest connected part of a mask; voxels that share a face, an edge or a corner are
/// connected (26 neighbours). Of equally large ones that which comes first in the order of voxels.
/// \cost one visit of the 26 neighbours of every voxel inside
Mask largest_part(const Mask& mask);

}  // namespace radiomics
