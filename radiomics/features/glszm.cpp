// Grey level size zone matrix (IBSI 9SAK): how large the zones of one grey level are.
// Formulas: IBSI reference manual, section 3.8.

#include "radiomics/features/families.h"
#include "radiomics/features/level_counts.h"

namespace radiomics {

FeatureFamily glszm_family() {
  return make_texture_family(
      "glszm", "9SAK", "Grey level size zone matrix", AggregationKind::spatial,
      &RegionSummary::glszm,
      {
          {{"small_zone_emphasis", "5QRC", "SmallAreaEmphasis", "1", "Weight of small zones"},
           low_value_emphasis},
          {{"large_zone_emphasis", "48P8", "LargeAreaEmphasis", "1", "Weight of large zones"},
           high_value_emphasis},
          {{"low_grey_level_emphasis", "XMSY", "LowGrayLevelZoneEmphasis", "1",
            "Weight of zones of low levels"},
           low_level_emphasis},
          {{"high_grey_level_emphasis", "5GN9", "HighGrayLevelZoneEmphasis", "1",
            "Weight of zones of high levels"},
           high_level_emphasis},
          {{"small_zone_low_grey_level_emphasis", "5RAI", "SmallAreaLowGrayLevelEmphasis", "1",
            "Weight of small zones of low levels"},
           low_value_low_level_emphasis},
          {{"small_zone_high_grey_level_emphasis", "HW1V", "SmallAreaHighGrayLevelEmphasis", "1",
            "Weight of small zones of high levels"},
           low_value_high_level_emphasis},
          {{"large_zone_low_grey_level_emphasis", "YH51", "LargeAreaLowGrayLevelEmphasis", "1",
            "Weight of large zones of low levels"},
           high_value_low_level_emphasis},
          {{"large_zone_high_grey_level_emphasis", "J17V", "LargeAreaHighGrayLevelEmphasis", "1",
            "Weight of large zones of high levels"},
           high_value_high_level_emphasis},
          {{"grey_level_non_uniformity", "JNSA", "GrayLevelNonUniformity", "1",
            "Unevenness of the number of zones over levels; grows with their number"},
           level_non_uniformity},
          {{"normalised_grey_level_non_uniformity", "Y1RO", "GrayLevelNonUniformityNormalized", "1",
            "Unevenness of the share of zones over levels"},
           normalised_level_non_uniformity},
          {{"zone_size_non_uniformity", "4JP3", "SizeZoneNonUniformity", "1",
            "Unevenness of the number of zones over sizes; grows with their number"},
           value_non_uniformity},
          {{"normalised_zone_size_non_uniformity", "VB3A", "SizeZoneNonUniformityNormalized", "1",
            "Unevenness of the share of zones over sizes"},
           normalised_value_non_uniformity},
          {{"zone_percentage", "P30P", "ZonePercentage", "1", "Zones per voxel"}, percentage},
          {{"grey_level_variance", "BYLV", "GrayLevelVariance", "1",
            "Variance of the levels of zones"},
           level_variance},
          {{"zone_size_variance", "3NSA", "ZoneVariance", "1", "Variance of the sizes of zones"},
           value_variance},
          {{"zone_size_entropy", "GU8N", "ZoneEntropy", "1",
            "Disorder of the levels and sizes of zones, in bits"},
           entropy},
      });
}

}  // namespace radiomics
