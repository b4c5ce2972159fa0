#include "radiomics/texture/gldzm.h"

#include <algorithm>

namespace radiomics {
namespace {

constexpr int most_cells = 255;  // voxels deeper than that are found in very large regions only

int largest_distance(const std::vector<Zone>& zones) {
  int largest = 0;
  for (const Zone& zone : zones) largest = std::max(largest, int(zone.distance));
  return largest;
}

int largest_distance(const Zones& zones) {
  int largest = largest_distance(zones.volume);
  for (const auto& slice : zones.slices) largest = std::max(largest, largest_distance(slice));
  return largest;
}

}  // namespace

std::map<Aggregation, std::vector<Gldzm>> gldzm_matrices(const Zones& zones,
                                                         std::span<const Aggregation> asked) {
  SpatialCounter counter(zones.level_count, std::min(largest_distance(zones), most_cells), asked);
  for (const auto& slice : zones.slices) {
    for (const Zone& zone : slice) counter.slice().add(zone.level, zone.distance, zone.size);
    counter.end_slice();
  }
  for (const Zone& zone : zones.volume) counter.volume().add(zone.level, zone.distance, zone.size);
  return counter.take();
}

}  // namespace radiomics
