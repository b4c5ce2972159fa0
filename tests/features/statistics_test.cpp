#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/families.h"
#include "tests/support/ibsi.h"

namespace radiomics {
namespace {

auto statistics(const Region& region) {
  return values_of(statistics_family(), summarise_levels(region));
}

// Source: IBSI reference manual, section 5.1, digital phantom; consensus "very strong" for all.
TEST(Statistics, MatchesIbsiOnTheDigitalPhantom) {
  const auto values = statistics(digital_phantom());
  const std::pair<const char*, double> published[] = {
      {"Q4LE", 2.15}, {"ECT3", 3.05}, {"KE2A", 1.08}, {"IPH6", -0.355}, {"Y12H", 1},
      {"1GSF", 1},    {"QG58", 1},    {"8DWT", 4},    {"84IY", 6},      {"SALO", 3},
      {"2OJQ", 5},    {"4FUA", 1.55}, {"1128", 1.11}, {"N72L", 1.15},   {"7TET", 0.812},
      {"9S40", 0.6},  {"N8CA", 567},  {"5ZWQ", 2.77}};
  EXPECT_EQ(std::size(published), values.size());
  for (const auto& [code, value] : published) {
    SCOPED_TRACE(code);
    expect_ibsi(values.at(code), value, 0);
  }
}

TEST(Statistics, OfEqualIntensities) {
  const auto values = statistics(uniform_region(3, 7.1));
  EXPECT_EQ(values.at("Q4LE"), 7.1);
  for (const char* code : {"ECT3", "KE2A", "IPH6", "SALO", "2OJQ", "4FUA", "1128", "N72L", "7TET"})
    EXPECT_EQ(values.at(code), 0) << code;
}

TEST(Statistics, OfZerosHaveNoRatios) {
  const auto values = values_of(statistics_family(), summarise_levels(uniform_region(2, 0), 0));
  EXPECT_TRUE(std::isnan(values.at("7TET")));
  EXPECT_TRUE(std::isnan(values.at("9S40")));
  EXPECT_EQ(values.at("5ZWQ"), 0);
}

// A constant added to all intensities moves positions and leaves spreads alone. Intensities and
// shift are small whole numbers: only means are rounded.
TEST(Statistics, FollowAShiftOfIntensities) {
  Region shifted = digital_phantom();
  for (double& value : shifted.image.voxels()) value += 1000;
  const auto before = statistics(digital_phantom()), after = statistics(shifted);
  for (const char* code : {"Q4LE", "Y12H", "1GSF", "QG58", "8DWT", "84IY"})
    EXPECT_NEAR(after.at(code), before.at(code) + 1000, 1e-12 * 1000) << code;
  for (const char* code : {"ECT3", "KE2A", "IPH6", "SALO", "2OJQ", "4FUA", "1128", "N72L"})
    EXPECT_NEAR(after.at(code), before.at(code), 1e-11) << code;
}

TEST(Statistics, LookOnlyInsideTheIntensityMask) {
  Region region = digital_phantom();
  const auto before = statistics(region);
  for (std::size_t i = 0; i < region.image.voxels().size(); ++i)
    if (!region.intensity.voxels()[i]) region.image.voxels()[i] = 1e6;
  EXPECT_EQ(statistics(region), before);
}

}  // namespace
}  // namespace radiomics
