#include "benchmarks/parts.h"

#include "radiomics/features/families.h"
#include "radiomics/texture/border_distance.h"
#include "radiomics/texture/zones.h"

namespace radiomics::benchmarks {
namespace {

using Asked = std::vector<Aggregation>;

Asked directional(const Asked& asked) {
  return aggregations_of(AggregationKind::directional, asked);
}
Asked spatial(const Asked& asked) { return aggregations_of(AggregationKind::spatial, asked); }

Zones zones_of(const MeasuredRegion& region, const GreyLevels& levels, const Asked& asked) {
  const Asked needed = spatial(asked);
  return find_zones(levels, border_distances(region.cropped.morphological, levels.border, needed),
                    needed);
}

Work discretise_work(const MeasuredRegion& region, const Asked&) {
  return [&] {
    return double(discretise(region.cropped, summary_options().texture_bins).level_count);
  };
}

Work glcm_work(const MeasuredRegion& region, const Asked& asked) {
  return [&levels = region.levels, asked, family = glcm_family()] {
    const RegionSummary summary{.glcm = glcm_matrices(levels, directional(asked))};
    return sum_of_values(family, summary, asked);
  };
}

Work glrlm_work(const MeasuredRegion& region, const Asked& asked) {
  return [&levels = region.levels, asked, family = glrlm_family()] {
    const RegionSummary summary{.glrlm = glrlm_matrices(levels, directional(asked))};
    return sum_of_values(family, summary, asked);
  };
}

Work zones_work(const MeasuredRegion& region, const Asked& asked) {
  return [&region, asked] {
    const Zones zones = zones_of(region, region.levels, asked);
    return double(zones.volume.size() + zones.slices.size());
  };
}

Work glszm_work(const MeasuredRegion& region, const Asked& asked) {
  return [zones = zones_of(region, region.levels, asked), asked, family = glszm_family()] {
    const RegionSummary summary{.glszm = glszm_matrices(zones, spatial(asked))};
    return sum_of_values(family, summary, asked);
  };
}

Work gldzm_work(const MeasuredRegion& region, const Asked& asked) {
  return [zones = zones_of(region, region.levels, asked), asked, family = gldzm_family()] {
    const RegionSummary summary{.gldzm = gldzm_matrices(zones, spatial(asked))};
    return sum_of_values(family, summary, asked);
  };
}

Work ngtdm_work(const MeasuredRegion& region, const Asked& asked) {
  return [&levels = region.levels, asked, family = ngtdm_family()] {
    const RegionSummary summary{.ngtdm = ngtdm_matrices(levels, spatial(asked))};
    return sum_of_values(family, summary, asked);
  };
}

Work ngldm_work(const MeasuredRegion& region, const Asked& asked) {
  return [&levels = region.levels, asked, family = ngldm_family()] {
    const RegionSummary summary{.ngldm = ngldm_matrices(levels, spatial(asked))};
    return sum_of_values(family, summary, asked);
  };
}

/// As a peer's texture: from intensities to the values of all six families.
Work texture_work(const MeasuredRegion& region, const Asked& asked) {
  const std::vector families{glcm_family(),  glrlm_family(), glszm_family(),
                             gldzm_family(), ngtdm_family(), ngldm_family()};
  return [&region, asked, families] {
    RegionSummary summary{.levels = discretise(region.cropped, summary_options().texture_bins)};
    summary.glcm = glcm_matrices(summary.levels, directional(asked));
    summary.glrlm = glrlm_matrices(summary.levels, directional(asked));
    const Zones zones = zones_of(region, summary.levels, asked);
    summary.glszm = glszm_matrices(zones, spatial(asked));
    summary.gldzm = gldzm_matrices(zones, spatial(asked));
    summary.ngtdm = ngtdm_matrices(summary.levels, spatial(asked));
    summary.ngldm = ngldm_matrices(summary.levels, spatial(asked));
    double sum = 0;
    for (const FeatureFamily& family : families) sum += sum_of_values(family, summary, asked);
    return sum;
  };
}

}  // namespace

std::vector<Part> texture_parts() {
  return {{"discretise", false, discretise_work},
          {"glcm", true, glcm_work},
          {"glrlm", true, glrlm_work},
          {"zones", true, zones_work},
          {"glszm", true, glszm_work},
          {"gldzm", true, gldzm_work},
          {"ngtdm", true, ngtdm_work},
          {"ngldm", true, ngldm_work},
          {"texture", true, texture_work}};
}

}  // namespace radiomics::benchmarks
