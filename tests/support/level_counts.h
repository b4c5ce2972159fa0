#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "radiomics/core/region.h"
#include "radiomics/preprocess/discretise.h"
#include "radiomics/texture/gldzm.h"
#include "radiomics/texture/glszm.h"
#include "radiomics/texture/ngldm.h"
#include "tests/support/masks.h"
#include "tests/support/spatial.h"

namespace radiomics {

using MatricesByAggregation = std::map<Aggregation, std::vector<LevelCounts>>;

/// (level, value) to count.
using Cells = std::map<std::pair<int, std::int64_t>, std::int64_t>;

inline Cells cells(const LevelCounts& matrix) {
  Cells result;
  for (const auto& [level, value, count] : matrix.entries) result[{level, value}] = count;
  return result;
}

/// A region whose integer intensities are its grey levels.
inline GreyLevels levels_of(const Region& region) {
  return discretise(region, FixedBinSize{.width = 1, .first_edge = 1});
}

inline Zones zones_of(const Region& region,
                      std::span<const Aggregation> asked = spatial_aggregations) {
  return find_zones(levels_of(region), border_distances(region.morphological), asked);
}

inline MatricesByAggregation glszm_of(const Region& region) {
  return glszm_matrices(zones_of(region), spatial_aggregations);
}

inline MatricesByAggregation gldzm_of(const Region& region) {
  return gldzm_matrices(zones_of(region), spatial_aggregations);
}

inline MatricesByAggregation ngldm_of(const Region& region, int alpha = 0) {
  return ngldm_matrices(levels_of(region), spatial_aggregations, {.alpha = alpha});
}

/// A region of random levels 1 to `level_count` in a random outline; some of its voxels are left
/// out of the intensity mask.
inline Region ragged_region(const Index3& size, int level_count, double probability,
                            unsigned seed) {
  Region region{Image(Geometry{.size = size}), random_mask(size, probability, seed),
                random_mask(size, 0.9, seed + 1), Geometry{.size = size}};
  std::mt19937 random(seed + 2);
  for (auto& intensity : region.image.voxels()) intensity = 1 + random() % level_count;
  const auto outline = region.morphological.voxels();
  for (std::size_t i = 0; i < outline.size(); ++i) region.intensity.voxels()[i] &= outline[i];
  region.image.voxels()[0] = level_count;
  region.morphological.voxels()[0] = region.intensity.voxels()[0] = 1;
  return region;
}

}  // namespace radiomics
