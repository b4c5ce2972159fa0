#include "radiomics/features/region_summary.h"

namespace radiomics {

RegionSummary summarise(const Region& region, const SummaryOptions& options) {
  const auto spatial = aggregations_of(AggregationKind::spatial, options.aggregations);
  RegionSummary summary{.shape = summarise_shape(region.morphological),
                        .sample = summarise_sample(intensities(region)),
                        .levels = discretise(region, options.texture_bins)};
  summary.histogram = summarise_histogram(summary.levels);
  summary.ivh = summarise_ivh(summary.sample, region.range, options.ivh_bins);
  summary.ngtdm = ngtdm_matrices(summary.levels, spatial);
  return summary;
}

}  // namespace radiomics
