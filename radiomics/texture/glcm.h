#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/region.h"
#include "radiomics/texture/distribution.h"

namespace radiomics {

/// Grey level co-occurrence matrix: how often two levels are neighbours along a direction or its
/// opposite. It is symmetric; entries above the diagonal stand for those below as well.
///
/// A matrix carries all that its features need, so that a feature value can be the mean over
/// matrices: the level count of the whole region, also in the matrix of one slice, and what several
/// features share.
struct Glcm {
  struct Entry {
    int i, j;            ///< grey levels, i <= j
    std::int64_t count;  ///< of (i, j), which is that of (j, i); > 0
  };
  std::vector<Entry> entries;   ///< the pairs that occur, by i, then j
  int level_count = 0;          ///< highest level of the region (N_g)
  std::int64_t pair_count = 0;  ///< sum of the whole matrix
  Distribution levels;          ///< p_i. = p_.j, the marginal distribution
  Distribution sums;            ///< p_i+j
  Distribution differences;     ///< p_|i-j|
  double level_mean = 0;        ///< mean of `levels`
  double level_entropy = 0;     ///< of `levels`, in bits (HX)
  double joint_entropy = 0;     ///< of the matrix, in bits (HXY)
};

/// Builds the symmetric matrices at Chebyshev distance 1, without weights, for all asked
/// aggregations in one pass.
///
/// \param region  grey levels with a border of at least 1 voxel
/// \param asked   aggregations of kind directional
/// \return        for each asked aggregation its matrices, in the order of slices and of
///                `directions` (texture/directions.h); matrices without pairs are left out
/// Cost: two additions per voxel and direction, and a logarithm per entry of a matrix. Memory is
/// proportional to the number of voxels and of entries, whatever the number of levels.
/// \source        IBSI LFYI; Haralick et al. 1973, doi:10.1109/TSMC.1973.4309314
std::map<Aggregation, std::vector<Glcm>> glcm_matrices(const GreyLevels& region,
                                                       std::span<const Aggregation> asked);

}  // namespace radiomics
