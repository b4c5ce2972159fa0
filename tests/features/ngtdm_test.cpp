#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/families.h"

namespace radiomics {
namespace {

// Source: IBSI reference manual, section 3.10: values for a single grey level.
TEST(Ngtdm, OfOneGreyLevel) {
  const auto values =
      values_of(ngtdm_family(), summarise_levels(uniform_region(3)), Aggregation::volume_3d);
  EXPECT_EQ(values.at("QCDE"), 1e6);
  for (const char* code : {"65HE", "NQ30", "HDEZ", "1X9X"}) EXPECT_EQ(values.at(code), 0) << code;
}

TEST(Ngtdm, OfOneVoxelIsUndefined) {
  for (const auto& [code, value] :
       values_of(ngtdm_family(), summarise_levels(uniform_region(1)), Aggregation::volume_3d))
    EXPECT_TRUE(std::isnan(value)) << code;
}

}  // namespace
}  // namespace radiomics
