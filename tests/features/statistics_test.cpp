#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/families.h"

namespace radiomics {
namespace {

auto statistics(const Region& region) {
  return values_of(statistics_family(), summarise_levels(region));
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
