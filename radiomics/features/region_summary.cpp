#include "radiomics/features/region_summary.h"

#include "radiomics/texture/border_distance.h"
#include "radiomics/texture/zones.h"

namespace radiomics {
namespace {

/// The region without the image around it, which is for local intensity alone.
Region without_margin(const Region& region) {
  const Box box = bounding_box(region.morphological);
  return {.image = crop(region.image, box),
          .morphological = crop(region.morphological, box),
          .intensity = crop(region.intensity, box),
          .grid = region.grid,
          .range = region.range};
}

/// GLSZM and GLDZM, which share their zones.
void measure_zones(const Region& region, const std::vector<Aggregation>& asked,
                   RegionSummary& summary) {
  const auto distances = border_distances(region.morphological, summary.levels.border);
  const Zones zones = find_zones(summary.levels, distances, asked);
  summary.glszm = glszm_matrices(zones, asked);
  summary.gldzm = gldzm_matrices(zones, asked);
}

}  // namespace

double needed_margin_mm(const SummaryOptions&) { return local_intensity_radius_mm; }

RegionSummary summarise(const Region& region_in_image, const SummaryOptions& options) {
  const Region region = without_margin(region_in_image);
  const auto directional = aggregations_of(AggregationKind::directional, options.aggregations);
  const auto spatial = aggregations_of(AggregationKind::spatial, options.aggregations);
  RegionSummary summary{.local_intensity = summarise_local_intensity(region_in_image),
                        .sample = summarise_sample(intensities(region)),
                        .levels = discretise(region, options.texture_bins)};
  summary.morphology = summarise_morphology(region, summary.sample);
  summary.histogram = summarise_histogram(summary.levels);
  summary.ivh = summarise_ivh(summary.sample, region.range, options.ivh_bins);
  summary.glcm = glcm_matrices(summary.levels, directional);
  summary.glrlm = glrlm_matrices(summary.levels, directional);
  measure_zones(region, spatial, summary);
  summary.ngtdm = ngtdm_matrices(summary.levels, spatial);
  summary.ngldm = ngldm_matrices(summary.levels, spatial);
  return summary;
}

}  // namespace radiomics
