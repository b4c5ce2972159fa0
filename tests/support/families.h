#pragma once

#include <map>
#include <string>
#include <string_view>

#include "radiomics/features/families.h"
#include "tests/support/regions.h"

namespace radiomics {

/// The summary of a region whose integer intensities are taken for grey levels.
inline RegionSummary summarise_levels(const Region& region, double lowest = 1) {
  return summarise(region, {.texture_bins = FixedBinSize{.width = 1, .first_edge = lowest}});
}

/// The values of a family by IBSI code; features that IBSI has not are left out.
inline std::map<std::string_view, double> values_of(const FeatureFamily& family,
                                                    const RegionSummary& summary,
                                                    Aggregation aggregation = Aggregation::none) {
  const auto values = family.compute(summary, aggregation);
  std::map<std::string_view, double> by_code;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (const auto code = family.definitions[i].ibsi; !code.empty()) by_code[code] = values[i];
  return by_code;
}

}  // namespace radiomics
