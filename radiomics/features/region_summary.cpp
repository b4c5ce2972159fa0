#include "radiomics/features/region_summary.h"

namespace radiomics {
namespace {

/// GLSZM and GLDZM, which share their zones.
void measure_zones(const Region& region, const std::vector<Aggregation>& asked,
                   RegionSummary& summary) {
  const auto distances = border_distances(region.morphological, summary.levels.border);
  const Zones zones = find_zones(summary.levels, distances, asked);
  summary.glszm = glszm_matrices(zones, asked);
  summary.gldzm = gldzm_matrices(zones, asked);
}

}  // namespace

RegionSummary summarise(const Region& region, const SummaryOptions& options) {
  const auto directional = aggregations_of(AggregationKind::directional, options.aggregations);
  const auto spatial = aggregations_of(AggregationKind::spatial, options.aggregations);
  RegionSummary summary{.shape = summarise_shape(region.morphological),
                        .sample = summarise_sample(intensities(region)),
                        .levels = discretise(region, options.texture_bins)};
  summary.glcm = glcm_matrices(summary.levels, directional);
  summary.glrlm = glrlm_matrices(summary.levels, directional);
  measure_zones(region, spatial, summary);
  summary.histogram = summarise_histogram(summary.levels);
  summary.ivh = summarise_ivh(summary.sample, region.range, options.ivh_bins);
  summary.ngtdm = ngtdm_matrices(summary.levels, spatial);
  summary.ngldm = ngldm_matrices(summary.levels, spatial);
  return summary;
}

}  // namespace radiomics
