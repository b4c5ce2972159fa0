#pragma once

#include <map>
#include <span>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/region.h"
#include "radiomics/texture/level_counts.h"

namespace radiomics {

/// Neighbouring grey level dependence matrix: voxels by grey level and dependence, the number of
/// alike voxels among their neighbours and themselves (1 to 9 in a slice, 1 to 27 in the volume).
using Ngldm = LevelCounts;

struct NgldmOptions {
  int alpha = 0;  ///< coarseness: levels that differ by no more than this are alike; >= 0
};

/// Builds the matrices at Chebyshev distance 1, for all asked aggregations in one pass.
///
/// \param region  grey levels with a border of at least 1 voxel
/// \param asked   aggregations of kind spatial
/// \return        for each asked aggregation its matrices: one per slice for slices_2d, else one;
///                matrices without voxels are left out. total and voxel_count are equal: every
///                voxel of the region counts
/// Time: 26 comparisons per voxel between the first and the last of each row, without branches.
/// \source        IBSI REK0; Sun & Wee 1983, doi:10.1016/0734-189X(83)90032-4
std::map<Aggregation, std::vector<Ngldm>> ngldm_matrices(const GreyLevels& region,
                                                         std::span<const Aggregation> asked,
                                                         const NgldmOptions& options = {});

}  // namespace radiomics
