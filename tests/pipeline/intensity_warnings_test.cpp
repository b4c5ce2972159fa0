#include "radiomics/pipeline/intensity_warnings.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/settings/presets.h"

namespace radiomics {
namespace {

using Warnings = std::vector<std::string>;

/// The warnings for a row of voxels that have these intensities, without any texture.
Warnings warnings_of(const std::vector<double>& values, std::string_view modality,
                     Settings settings = preset("default")) {
  const Geometry grid{.size = {int(values.size()), 1, 1}};
  Region region{Image(grid), Mask(grid, 1), Mask(grid, 1), grid};
  std::ranges::copy(values, region.image.voxels().begin());
  settings.summary.aggregations.clear();
  return intensity_warnings(summarise(region, settings.summary), settings, modality);
}

const std::vector<double> tumour_hu{-120, -30, 10, 35, 60, 85, 140};
const std::vector<double> uptake_suv{0, 1, 1, 2, 3, 9};
const std::string of_bins = "texture.bins of 25 from -1000 ";

TEST(IntensityWarnings, SayNothingOfCt) {
  for (const char* modality : {"CT", ""}) EXPECT_EQ(warnings_of(tumour_hu, modality), Warnings{});
}

TEST(IntensityWarnings, NameBinsThatAreMeantForHounsfieldUnits) {
  EXPECT_EQ(warnings_of({10, 240, 813}, "MR"),
            (Warnings{of_bins + "suit the HU of CT, and this image is MR: the intensities from 10 "
                                "to 813 are 3 grey levels (choose others, such as {number: 32})"}));
  Settings settings = preset("default");
  settings.summary.texture_bins = FixedBinNumber{32};
  EXPECT_EQ(warnings_of({10, 240, 813}, "MR", settings), Warnings{});
  settings.summary.texture_bins = FixedBinSize{.width = 100, .first_edge = 0};
  EXPECT_EQ(warnings_of({10, 240, 813}, "MR", settings), Warnings{}) << "chosen for this image";
}

TEST(IntensityWarnings, NameBinsThatAreTooWideOrTooNarrow) {
  Settings settings;  // nothing is rounded, and the histogram has bins of its own
  settings.summary.ivh_bins = FixedBinNumber{100};
  EXPECT_EQ(warnings_of(uptake_suv, "", settings),
            (Warnings{of_bins + "are too wide: the intensities from 0 to 9 are 1 grey level "
                                "(choose others, such as {number: 32})"}));
  EXPECT_EQ(warnings_of({-1, 1}, "CT", settings).size(), 1u) << "two levels, whatever the image";
  EXPECT_EQ(warnings_of({-1, 30, 60}, "CT", settings), Warnings{});
  std::vector<double> becquerel;
  for (int i = 0; i < many_grey_levels; ++i) becquerel.push_back(25.0 * i);
  EXPECT_EQ(warnings_of(becquerel, "", settings), Warnings{});
  becquerel.push_back(50'000);
  EXPECT_EQ(warnings_of(becquerel, "", settings),
            (Warnings{of_bins + "are too narrow: the intensities from 0 to 50000 are 513 grey "
                                "levels (choose others, such as {number: 32})"}));
}

TEST(IntensityWarnings, NameStepsOfOneUnitWhereTheyAreCoarse) {
  Settings settings = preset("default");
  settings.summary.texture_bins = FixedBinNumber{32};
  for (const char* modality : {"PT", ""})
    EXPECT_EQ(warnings_of(uptake_suv, modality, settings),
              (Warnings{"the intensities from 0 to 9 are too close for steps of 1, which suit the "
                        "HU of CT: resample.round_intensities: true (choose false), ivh.bins: none "
                        "(choose {number: 1000})"}));
  EXPECT_EQ(warnings_of(uptake_suv, "CT", settings), Warnings{});
  EXPECT_EQ(warnings_of({0, small_range}, "PT", settings), Warnings{});
  settings.prepare.resample.round_intensities = false;
  EXPECT_EQ(warnings_of(uptake_suv, "PT", settings).at(0).find("round"), std::string::npos);
  settings.summary.ivh_bins = FixedBinNumber{1000};
  EXPECT_EQ(warnings_of(uptake_suv, "PT", settings), Warnings{});
}

TEST(IntensityWarnings, CountVoxelsBelowTheFirstBin) {
  EXPECT_EQ(warnings_of({-1024, -1001, -1000, 40, 90}, "CT"),
            (Warnings{"2 of 5 voxels lie below the first bin and were counted as grey level 1"}));
}

TEST(IntensityWarnings, AreNotForEqualIntensitiesOrGreyLevels) {
  EXPECT_EQ(warnings_of({7, 7, 7}, ""), Warnings{});
  EXPECT_EQ(warnings_of({1, 2, 6}, "", preset("ibsi1-digital")), Warnings{});
}

}  // namespace
}  // namespace radiomics
