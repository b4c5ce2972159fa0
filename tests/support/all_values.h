#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/features/families.h"

namespace radiomics {

/// A value among those of all families and all nine aggregations.
struct Value {
  std::string_view family, feature;
  Aggregation aggregation;
  double value;

  /// The end of its column name: "glcm_contrast_3d_v_mrg".
  std::string name() const {
    return std::string(family) + "_" + std::string(feature) +
           std::string(column_suffix(aggregation));
  }
};

/// In the order of feature tables.
inline std::vector<Value> all_values(const Region& region, const SummaryOptions& options = {},
                                     int threads = 1) {
  const RegionSummary summary = summarise(region, options, threads);
  std::vector<Value> all;
  for (const FeatureFamily& family : all_families())
    for (const Aggregation aggregation : aggregations_of(family.aggregation, all_aggregations())) {
      const std::vector<double> values = family.compute(summary, aggregation);
      for (std::size_t i = 0; i < values.size(); ++i)
        all.push_back({family.name, family.definitions[i].name, aggregation, values[i]});
    }
  return all;
}

/// An undefined value equals itself.
inline void expect_same_bits(const std::vector<Value>& found, const std::vector<Value>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_EQ(std::bit_cast<std::uint64_t>(found[i].value),
              std::bit_cast<std::uint64_t>(expected[i].value))
        << found[i].name() << ": " << found[i].value << " and " << expected[i].value;
}

/// \param tolerance  relative; absolute for values below 1
inline void expect_near(const Value& found, double expected, double tolerance) {
  if (std::isnan(expected))
    EXPECT_TRUE(std::isnan(found.value)) << found.name() << ": " << found.value;
  else
    EXPECT_NEAR(found.value, expected, tolerance * std::max(1.0, std::abs(expected)))
        << found.name();
}

}  // namespace radiomics
