#include <gtest/gtest.h>

#include "tests/support/spatial.h"

namespace radiomics {
namespace {

// A cube of one level is one zone.
TEST(Glszm, OfOneZone) {
  const RegionSummary summary = summarise_levels(uniform_region(3, 2));
  const auto values = values_of(glszm_family(), summary, Aggregation::volume_3d);
  EXPECT_DOUBLE_EQ(values.at("5QRC"), 1.0 / (27 * 27));
  EXPECT_EQ(values.at("48P8"), 27 * 27);
  EXPECT_EQ(values.at("XMSY"), 0.25);
  EXPECT_EQ(values.at("J17V"), 4 * 27 * 27);
  EXPECT_DOUBLE_EQ(values.at("P30P"), 1.0 / 27);
  for (const char* code : {"JNSA", "Y1RO", "4JP3", "VB3A"}) EXPECT_EQ(values.at(code), 1) << code;
  for (const char* code : {"BYLV", "3NSA", "GU8N"}) EXPECT_EQ(values.at(code), 0) << code;
}

}  // namespace
}  // namespace radiomics
