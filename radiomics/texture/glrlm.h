#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/region.h"
#include "radiomics/texture/distribution.h"

namespace radiomics {

/// Grey level run length matrix: how many runs of each length there are, a run being voxels of one
/// grey level that follow each other along a direction, as many as there are.
///
/// A matrix carries all that its features need, so that a feature value can be the mean over
/// matrices: the level count of the whole region, also in the matrix of one slice, and the voxels
/// counted in it: those of its slices, once for each merged direction.
struct Glrlm {
  struct Entry {
    int level, length;   ///< grey level i and run length j in voxels; >= 1
    std::int64_t count;  ///< runs; > 0
  };
  std::vector<Entry> entries;    ///< those that occur, by level, then length
  int level_count = 0;           ///< highest level of the region (N_g)
  std::int64_t run_count = 0;    ///< sum of the counts (N_s)
  std::int64_t voxel_count = 0;  ///< sum of length times count (N_v)
  Distribution levels;           ///< shares of the levels in the runs
  Distribution lengths;          ///< shares of the lengths in the runs
};

/// Builds the matrices for all asked aggregations in one pass.
///
/// \param region  grey levels with a border of at least 1 voxel
/// \param asked   aggregations of kind directional
/// \return        for each asked aggregation its matrices, in the order of slices and of
///                `directions` (texture/directions.h); matrices without runs are left out
/// Cost: a comparison and two additions per voxel and direction, however long the runs are. Memory
/// is that of two slices and of the matrices.
/// \source        IBSI TP0I; Galloway 1975, doi:10.1016/S0146-664X(75)80008-6
std::map<Aggregation, std::vector<Glrlm>> glrlm_matrices(const GreyLevels& region,
                                                         std::span<const Aggregation> asked);

}  // namespace radiomics
