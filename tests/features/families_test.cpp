#include "radiomics/features/families.h"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/families.h"

namespace radiomics {
namespace {

TEST(Families, HaveDistinctNamesAndCodes) {
  std::set<std::string_view> families, codes;
  for (const FeatureFamily& family : all_families()) {
    EXPECT_TRUE(families.insert(family.name).second) << family.name;
    std::set<std::string_view> names;
    for (const auto& definition : family.definitions) {
      EXPECT_TRUE(names.insert(definition.name).second) << definition.name;
      EXPECT_TRUE(definition.ibsi.empty() || codes.insert(definition.ibsi).second)
          << definition.ibsi;
      EXPECT_FALSE(definition.unit.empty()) << definition.name;
      EXPECT_FALSE(definition.summary.empty()) << definition.name;
    }
  }
}

TEST(Families, GiveOneValuePerDefinition) {
  const RegionSummary summary = summarise_levels(digital_phantom());
  for (const FeatureFamily& family : all_families())
    for (const Aggregation aggregation : aggregations_of(family.aggregation, all_aggregations()))
      EXPECT_EQ(family.compute(summary, aggregation).size(), family.definitions.size())
          << family.name;
}

double identity(const double& value) { return value; }

TEST(MeanOver, IsUndefinedWithoutMatricesOrIfOneIsUndefined) {
  EXPECT_TRUE(std::isnan(mean_over<double>({}, identity)));
  EXPECT_TRUE(std::isnan(mean_over<double>({1, std::nan("")}, identity)));
  EXPECT_EQ(mean_over<double>({1, 3}, identity), 2);
}

}  // namespace
}  // namespace radiomics
