#pragma once

#include <span>

#include <gtest/gtest.h>

#include "tests/support/families.h"
#include "tests/support/ibsi.h"
#include "tests/support/regions.h"

namespace radiomics {

inline constexpr Aggregation spatial_aggregations[] = {
    Aggregation::slices_2d, Aggregation::slices_merged_25d, Aggregation::volume_3d};

/// The published values of a feature in the three aggregations of kind spatial.
struct SpatialValues {
  const char* code;
  double slices_2d, slices_merged_25d, volume_3d;
};

/// Compares a family with all its values for the digital phantom, whose tolerance is 0.
inline void expect_on_digital_phantom(const FeatureFamily& family,
                                      std::span<const SpatialValues> published) {
  EXPECT_EQ(published.size(), family.definitions.size());
  const RegionSummary summary = summarise_levels(digital_phantom());
  const auto in = [&](Aggregation aggregation) { return values_of(family, summary, aggregation); };
  const auto slices = in(Aggregation::slices_2d), merged = in(Aggregation::slices_merged_25d),
             volume = in(Aggregation::volume_3d);
  for (const SpatialValues& row : published) {
    SCOPED_TRACE(row.code);
    expect_ibsi(slices.at(row.code), row.slices_2d, 0);
    expect_ibsi(merged.at(row.code), row.slices_merged_25d, 0);
    expect_ibsi(volume.at(row.code), row.volume_3d, 0);
  }
}

}  // namespace radiomics
