#pragma once

#include <cstdint>
#include <span>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/volume.h"

namespace radiomics {

/// How deep every voxel lies in a mask: how many erosions by the neighbours that share a face it
/// takes to remove it, hence 1 at the border of the mask and 0 outside. In other words the
/// city-block distance, in voxels, to the nearest voxel outside. What lies beyond the image is
/// outside.
struct BorderDistances {
  Volume<std::uint16_t> in_slice;   ///< erosion by the 4 neighbours in the slice
  Volume<std::uint16_t> in_volume;  ///< erosion by the 6 neighbours
};

/// \param border  voxels of distance 0 that the result has on every side of the mask's grid, as the
///                grey levels that it will be used with; >= 1
/// \param asked   aggregations of kind spatial; distances that none of them needs are left empty
///
/// Time: five passes over the voxels, whatever the depth of the mask.
/// \source        IBSI reference manual, section 3.9 (VMDZ)
BorderDistances border_distances(const Mask& mask, int border = 1,
                                 std::span<const Aggregation> asked = all_aggregations());

}  // namespace radiomics
