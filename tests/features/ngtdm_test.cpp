#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/families.h"
#include "tests/support/ibsi.h"

namespace radiomics {
namespace {

struct Published {
  const char* code;
  double slices_2d, slices_merged_25d, volume_3d;
};

// Source: IBSI reference manual, section 5.1, digital phantom; tolerance 0 for all.
TEST(Ngtdm, MatchesIbsiOnTheDigitalPhantom) {
  const RegionSummary summary = summarise_levels(digital_phantom());
  const auto in = [&](Aggregation aggregation) {
    return values_of(ngtdm_family(), summary, aggregation);
  };
  const Published published[] = {{"QCDE", 0.121, 0.0285, 0.0296},
                                 {"65HE", 0.925, 0.601, 0.584},
                                 {"NQ30", 2.99, 6.8, 6.54},
                                 {"HDEZ", 10.4, 14.1, 13.5},
                                 {"1X9X", 2.88, 0.741, 0.763}};
  EXPECT_EQ(std::size(published), ngtdm_family().definitions.size());
  for (const auto& [code, slices_2d, slices_merged_25d, volume_3d] : published) {
    SCOPED_TRACE(code);
    expect_ibsi(in(Aggregation::slices_2d).at(code), slices_2d, 0);
    expect_ibsi(in(Aggregation::slices_merged_25d).at(code), slices_merged_25d, 0);
    expect_ibsi(in(Aggregation::volume_3d).at(code), volume_3d, 0);
  }
}

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
