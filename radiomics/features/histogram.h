#pragma once

#include <cstddef>
#include <vector>

#include "radiomics/core/region.h"

namespace radiomics {

/// How many voxels have which grey level, and the moments of the levels. Never empty.
struct Histogram {
  std::vector<std::size_t> counts;  ///< of the levels 1, 2, .. N_g; levels that do not occur have 0
  std::size_t voxel_count = 0;
  double mean = 0;
  double moment_2 = 0;  ///< central moments of the population: mean of (level - mean)^k
  double moment_3 = 0;
  double moment_4 = 0;
};

/// One pass over the levels.
Histogram summarise_histogram(const GreyLevels& grey);

}  // namespace radiomics
