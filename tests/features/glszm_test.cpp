#include <gtest/gtest.h>

#include "tests/support/spatial.h"

namespace radiomics {
namespace {

// Source: IBSI reference manual, section 5.1, digital phantom: 2D, 2.5D, 3D.
TEST(Glszm, MatchesIbsiOnTheDigitalPhantom) {
  const SpatialValues published[] = {
      {"5QRC", 0.363, 0.368, 0.255},    {"48P8", 43.9, 34.2, 550},
      {"XMSY", 0.371, 0.368, 0.253},    {"5GN9", 16.4, 16.2, 15.6},
      {"5RAI", 0.0259, 0.0295, 0.0256}, {"HW1V", 10.3, 9.87, 2.76},
      {"YH51", 40.4, 30.6, 503},        {"J17V", 113, 107, 1490},
      {"JNSA", 1.41, 5.44, 1.4},        {"Y1RO", 0.323, 0.302, 0.28},
      {"4JP3", 1.49, 3.44, 1},          {"VB3A", 0.333, 0.191, 0.2},
      {"P30P", 0.24, 0.243, 0.0676},    {"BYLV", 3.97, 3.92, 2.64},
      {"3NSA", 21, 17.3, 331},          {"GU8N", 1.93, 3.08, 2.32},
  };
  expect_on_digital_phantom(glszm_family(), published);
}

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
