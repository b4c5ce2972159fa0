#include "radiomics/texture/gldzm.h"

namespace radiomics {

std::map<Aggregation, std::vector<Gldzm>> gldzm_matrices(const Zones& zones,
                                                         std::span<const Aggregation> asked) {
  SpatialCounter counter(zones.level_count, asked);
  for (const auto& slice : zones.slices) {
    for (const Zone& zone : slice) counter.slice().add(zone.level, zone.distance, zone.size);
    counter.end_slice();
  }
  for (const Zone& zone : zones.volume) counter.volume().add(zone.level, zone.distance, zone.size);
  return counter.take();
}

}  // namespace radiomics
