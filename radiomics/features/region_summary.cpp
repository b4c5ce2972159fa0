#include "radiomics/features/region_summary.h"

#include <functional>

#include "radiomics/core/mask_runs.h"
#include "radiomics/core/parallel_for.h"
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
  const auto distances = border_distances(region.morphological, summary.levels.border, asked);
  const Zones zones = find_zones(summary.levels, distances, asked);
  summary.glszm = glszm_matrices(zones, asked);
  summary.gldzm = gldzm_matrices(zones, asked);
}

/// Computes parts that do not depend on each other, on up to `threads` threads. The longest come
/// first: a short one then fills the time until the last is done.
void compute(const std::vector<std::function<void()>>& parts, int threads) {
  parallel_for(parts.size(), threads, [&](std::size_t i) { parts[i](); });
}

}  // namespace

double needed_margin_mm(const SummaryOptions&) { return local_intensity_radius_mm; }

RegionSummary summarise(const Region& region_in_image, const SummaryOptions& options, int threads) {
  const Region region = without_margin(region_in_image);
  const auto directional = aggregations_of(AggregationKind::directional, options.aggregations);
  const auto spatial = aggregations_of(AggregationKind::spatial, options.aggregations);
  RegionSummary summary;
  const Sample& sample = summary.sample;
  const GreyLevels& levels = summary.levels;
  compute({[&] { summary.sample = summarise_sample(intensities(region)); },
           [&] { summary.levels = discretise(region, options.texture_bins); }},
          threads);
  compute({[&] { summary.morphology.pairs = pair_sums(region, sample); },
           [&] { summary.local_intensity = summarise_local_intensity(region_in_image); },
           [&] { summary.glrlm = glrlm_matrices(levels, directional); },
           [&] { summary.glcm = glcm_matrices(levels, directional); },
           [&] { summary.morphology.shape = summarise_shape(region.morphological); },
           [&] { measure_zones(region, spatial, summary); },
           [&] { summary.ngldm = ngldm_matrices(levels, spatial); },
           [&] { summary.ngtdm = ngtdm_matrices(levels, spatial); },
           [&] { summary.ivh = summarise_ivh(sample, region.range, options.ivh_bins); },
           [&] { summary.morphology.mass = mass_distribution(region, sample); },
           [&] { summary.histogram = summarise_histogram(levels); }},
          threads);
  return summary;
}

}  // namespace radiomics
