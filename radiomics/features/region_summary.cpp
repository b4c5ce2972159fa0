#include "radiomics/features/region_summary.h"

namespace radiomics {
namespace {

/// The region without the image around it, which is for local intensity alone.
Region without_margin(const Region& region) {
  const Box box = bounding_box(region.morphological);
  return {crop(region.image, box), crop(region.morphological, box), crop(region.intensity, box),
          region.grid};
}

}  // namespace

double needed_margin_mm(const SummaryOptions&) { return local_intensity_radius_mm; }

RegionSummary summarise(const Region& region_in_image, const SummaryOptions& options) {
  const Region region = without_margin(region_in_image);
  const auto spatial = aggregations_of(AggregationKind::spatial, options.aggregations);
  RegionSummary summary{.local_intensity = summarise_local_intensity(region_in_image),
                        .sample = summarise_sample(intensities(region)),
                        .levels = discretise(region, options.texture_bins)};
  summary.morphology = summarise_morphology(region, summary.sample);
  summary.ngtdm = ngtdm_matrices(summary.levels, spatial);
  return summary;
}

}  // namespace radiomics
