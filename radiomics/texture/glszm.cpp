#include "radiomics/texture/glszm.h"

namespace radiomics {
namespace {

constexpr int small_zone = 31;  // voxels; nearly all zones of noisy images

}  // namespace

std::map<Aggregation, std::vector<Glszm>> glszm_matrices(const Zones& zones,
                                                         std::span<const Aggregation> asked) {
  SpatialCounter counter(zones.level_count, small_zone, asked);
  for (const auto& slice : zones.slices) {
    for (const Zone& zone : slice) counter.slice().add(zone.level, zone.size, zone.size);
    counter.end_slice();
  }
  for (const Zone& zone : zones.volume) counter.volume().add(zone.level, zone.size, zone.size);
  return counter.take();
}

}  // namespace radiomics
