#pragma once

#include <map>
#include <span>
#include <vector>

#include "radiomics/texture/level_counts.h"
#include "radiomics/texture/zones.h"

namespace radiomics {

/// Grey level size zone matrix: zones by grey level and size in voxels.
using Glszm = LevelCounts;

/// Builds the matrices for the aggregations that the zones were found for: one per slice for
/// slices_2d, else one. The zones of merged slices stay apart. voxel_count is that of the region,
/// or of the slice.
///
/// Time: a few additions per zone, and a sort of the large ones. Memory: proportional to the
/// different zones, never to the size of the largest.
/// \source IBSI 9SAK; Thibault et al. 2014, doi:10.1109/TBME.2013.2284600
std::map<Aggregation, std::vector<Glszm>> glszm_matrices(const Zones& zones,
                                                         std::span<const Aggregation> asked);

}  // namespace radiomics
