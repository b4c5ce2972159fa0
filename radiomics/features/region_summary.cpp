#include "radiomics/features/region_summary.h"

namespace radiomics {

RegionSummary summarise(const Region& region, const SummaryOptions& options) {
  const auto directional = aggregations_of(AggregationKind::directional, options.aggregations);
  const auto spatial = aggregations_of(AggregationKind::spatial, options.aggregations);
  RegionSummary summary{.shape = summarise_shape(region.morphological),
                        .sample = summarise_sample(intensities(region)),
                        .levels = discretise(region, options.texture_bins)};
  summary.glcm = glcm_matrices(summary.levels, directional);
  summary.glrlm = glrlm_matrices(summary.levels, directional);
  summary.ngtdm = ngtdm_matrices(summary.levels, spatial);
  return summary;
}

}  // namespace radiomics
