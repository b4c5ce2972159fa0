#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/region.h"

namespace radiomics {

/// Neighbourhood grey tone difference matrix: how far voxels of each grey level are from the mean
/// of their neighbours.
///
/// A matrix carries all that its features need, so that a feature value can be the mean over
/// matrices: the level count of the whole region, also in the matrix of one slice, and the voxels
/// counted in it, summed over slices when they are merged.
struct Ngtdm {
  struct Row {
    int level;       ///< grey level i
    std::int64_t n;  ///< voxels of level i with at least one neighbour in the region; > 0
    double p;        ///< n / voxel_count
    double s;        ///< sum over those voxels of |i - mean level of the neighbours|
  };
  std::vector<Row> rows;         ///< the levels that occur, in increasing order
  int level_count = 0;           ///< highest level of the region (N_g)
  std::int64_t voxel_count = 0;  ///< sum of n (N_vc)
};

/// Builds the matrices at Chebyshev distance 1, for all asked aggregations in one pass.
///
/// \param region  grey levels with a border of at least 1 voxel
/// \param asked   aggregations of kind spatial
/// \return        for each asked aggregation its matrices: one per slice for slices_2d, else one;
///                matrices without voxels are left out
/// Cost: a few additions per voxel of the box, whatever the number of neighbours.
/// \source        IBSI IPET; Amadasun & King 1989, doi:10.1109/21.44046
std::map<Aggregation, std::vector<Ngtdm>> ngtdm_matrices(const GreyLevels& region,
                                                         std::span<const Aggregation> asked);

}  // namespace radiomics
