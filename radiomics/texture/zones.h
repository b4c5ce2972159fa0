#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/region.h"
#include "radiomics/texture/border_distance.h"

namespace radiomics {

/// Connected voxels of one grey level, as many as there are.
struct Zone {
  std::uint16_t level;
  std::uint16_t distance;  ///< the smallest border distance of its voxels
  std::uint32_t size;      ///< in voxels
};

/// The zones of a region, of which both GLSZM and GLDZM are made.
struct Zones {
  int level_count = 0;  ///< highest level of the region (N_g)
  /// Zones within slices: 8 neighbours, distances in the slice. One list per slice that has voxels;
  /// none if only volume_3d was asked.
  std::vector<std::vector<Zone>> slices;
  /// Zones in the volume: 26 neighbours, distances in the volume. Empty if not asked.
  std::vector<Zone> volume;
};

/// Labels the zones in one pass over the region, for all asked aggregations.
///
/// \param region     grey levels with a border of at least 1 voxel
/// \param distances  of the morphological mask, with the same border; the mask holds every voxel
///                   that has a level. Those that `asked` does not need may be empty
/// \param asked      aggregations of kind spatial
///
/// Zones are in the order of their first voxels, x fastest.
///
/// Time: proportional to the voxels in practice, whatever the shape of the zones (union-find).
/// Memory, besides the result: 16 bytes per voxel of a slice, and up to 24 per piece of a zone that
/// was begun on its own before it met the others; there are never more pieces than voxels. There is
/// no recursion.
/// \source IBSI 9SAK, VMDZ; Thibault et al. 2014, doi:10.1109/TBME.2013.2284600
Zones find_zones(const GreyLevels& region, const BorderDistances& distances,
                 std::span<const Aggregation> asked);

}  // namespace radiomics
