// Grey level distance zone matrix (IBSI VMDZ): how far from the border the zones of one grey level
// lie. Formulas: IBSI reference manual, section 3.9.

#include "radiomics/features/families.h"
#include "radiomics/features/level_counts.h"

namespace radiomics {

FeatureFamily gldzm_family() {
  return make_texture_family(
      "gldzm", "VMDZ", "Grey level distance zone matrix", AggregationKind::spatial,
      &RegionSummary::gldzm,
      {
          {{"small_distance_emphasis", "0GBI", "", "1", "Weight of zones near the border"},
           low_value_emphasis},
          {{"large_distance_emphasis", "MB4I", "", "1", "Weight of zones far from the border"},
           high_value_emphasis},
          {{"low_grey_level_emphasis", "S1RA", "", "1", "Weight of zones of low levels"},
           low_level_emphasis},
          {{"high_grey_level_emphasis", "K26C", "", "1", "Weight of zones of high levels"},
           high_level_emphasis},
          {{"small_distance_low_grey_level_emphasis", "RUVG", "", "1",
            "Weight of zones of low levels near the border"},
           low_value_low_level_emphasis},
          {{"small_distance_high_grey_level_emphasis", "DKNJ", "", "1",
            "Weight of zones of high levels near the border"},
           low_value_high_level_emphasis},
          {{"large_distance_low_grey_level_emphasis", "A7WM", "", "1",
            "Weight of zones of low levels far from the border"},
           high_value_low_level_emphasis},
          {{"large_distance_high_grey_level_emphasis", "KLTH", "", "1",
            "Weight of zones of high levels far from the border"},
           high_value_high_level_emphasis},
          {{"grey_level_non_uniformity", "VFT7", "", "1",
            "Unevenness of the number of zones over levels; grows with their number"},
           level_non_uniformity},
          {{"normalised_grey_level_non_uniformity", "7HP3", "", "1",
            "Unevenness of the share of zones over levels"},
           normalised_level_non_uniformity},
          {{"zone_distance_non_uniformity", "V294", "", "1",
            "Unevenness of the number of zones over distances; grows with their number"},
           value_non_uniformity},
          {{"normalised_zone_distance_non_uniformity", "IATH", "", "1",
            "Unevenness of the share of zones over distances"},
           normalised_value_non_uniformity},
          {{"zone_percentage", "VIWW", "", "1", "Zones per voxel"}, percentage},
          {{"grey_level_variance", "QK93", "", "1", "Variance of the levels of zones"},
           level_variance},
          {{"zone_distance_variance", "7WT1", "", "1", "Variance of the distances of zones"},
           value_variance},
          {{"zone_distance_entropy", "GBDU", "", "1",
            "Disorder of the levels and distances of zones, in bits"},
           entropy},
      });
}

}  // namespace radiomics
