#pragma once

#include <map>
#include <span>
#include <vector>

#include "radiomics/texture/level_counts.h"
#include "radiomics/texture/zones.h"

namespace radiomics {

/// Grey level distance zone matrix: zones by grey level and distance, in voxels, from the border of
/// the morphological mask.
using Gldzm = LevelCounts;

/// Builds the matrices for the aggregations that the zones were found for: one per slice for
/// slices_2d, else one. Slices are measured within themselves, also when they are merged.
/// voxel_count is that of the region, or of the slice.
///
/// Time and memory: as glszm_matrices().
/// \source IBSI VMDZ; Thibault et al. 2014, doi:10.1109/TBME.2013.2284600
std::map<Aggregation, std::vector<Gldzm>> gldzm_matrices(const Zones& zones,
                                                         std::span<const Aggregation> asked);

}  // namespace radiomics
