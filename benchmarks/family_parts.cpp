#include <cmath>

#include "benchmarks/parts.h"

#include "radiomics/features/families.h"

namespace radiomics::benchmarks {
namespace {

using Asked = std::vector<Aggregation>;

template <class Use>
void for_each_value(const FeatureFamily& family, const RegionSummary& summary,
                    std::span<const Aggregation> asked, Use use) {
  for (const Aggregation aggregation : aggregations_of(family.aggregation, asked))
    for (const double value : family.compute(summary, aggregation)) use(value);
}

SummaryOptions options_of(const Asked& asked) {
  SummaryOptions options = summary_options();
  options.aggregations = asked;
  return options;
}

Work prepare_work(const MeasuredRegion& region, const Asked&) {
  return [&] {
    const auto& [image, mask, options] = region.source;
    return double(prepare(image, mask, options).image.voxels().size());
  };
}

Work statistics_work(const MeasuredRegion& region, const Asked& asked) {
  return [&region, asked, family = statistics_family()] {
    RegionSummary summary{.sample = summarise_sample(intensities(region.cropped))};
    return sum_of_values(family, summary, asked);
  };
}

Work histogram_work(const MeasuredRegion& region, const Asked& asked) {
  return [&region, asked, family = histogram_family()] {
    RegionSummary summary{.histogram = summarise_histogram(region.levels)};
    return sum_of_values(family, summary, asked);
  };
}

Work ivh_work(const MeasuredRegion& region, const Asked& asked) {
  return [&region, asked, family = ivh_family()] {
    RegionSummary summary{
        .ivh = summarise_ivh(region.sample, region.cropped.range, summary_options().ivh_bins)};
    return sum_of_values(family, summary, asked);
  };
}

Work local_intensity_work(const MeasuredRegion& region, const Asked& asked) {
  return [&region, asked, family = local_intensity_family()] {
    RegionSummary summary{.local_intensity = summarise_local_intensity(region.in_image)};
    return sum_of_values(family, summary, asked);
  };
}

Work pair_sums_work(const MeasuredRegion& region, const Asked&) {
  return [&] { return pair_sums(region.cropped, region.sample).weights; };
}

/// As a peer's morphology: everything but Moran's I and Geary's C.
Work morphology_work(const MeasuredRegion& region, const Asked& asked) {
  return [&region, asked, family = morphology_family()] {
    RegionSummary summary{.morphology = {.shape = summarise_shape(region.cropped.morphological),
                                         .mass = mass_distribution(region.cropped, region.sample)}};
    return sum_of_values(family, summary, asked);
  };
}

Work all_work(const MeasuredRegion& region, const Asked& asked) {
  return [&region, asked] {
    const RegionSummary summary = summarise(region.in_image, options_of(asked));
    double sum = 0;
    for (const FeatureFamily& family : all_families()) sum += sum_of_values(family, summary, asked);
    return sum;
  };
}

}  // namespace

double sum_of_values(const FeatureFamily& family, const RegionSummary& summary,
                     std::span<const Aggregation> asked) {
  double sum = 0;
  for_each_value(family, summary, asked, [&](double value) {
    if (std::isfinite(value)) sum += value;
  });
  return sum;
}

ValueCounts count_values(const MeasuredRegion& region, const Asked& asked) {
  const RegionSummary summary = summarise(region.in_image, options_of(asked));
  ValueCounts counts;
  for (const FeatureFamily& family : all_families())
    for_each_value(family, summary, asked, [&](double value) {
      ++counts.values;
      counts.undefined += !std::isfinite(value);
    });
  return counts;
}

std::vector<Part> family_parts() {
  return {{"prepare", false, prepare_work},
          {"statistics", false, statistics_work},
          {"histogram", false, histogram_work},
          {"ivh", false, ivh_work},
          {"local_intensity", false, local_intensity_work},
          {"moran_geary", false, pair_sums_work},
          {"morphology", false, morphology_work},
          {"all", true, all_work}};
}

}  // namespace radiomics::benchmarks
