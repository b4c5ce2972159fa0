// Neighbouring grey level dependence matrix (IBSI REK0): how many neighbours of a voxel share its
// grey level. Formulas: IBSI reference manual, section 3.11.

#include "radiomics/features/families.h"
#include "radiomics/features/level_counts.h"

namespace radiomics {

FeatureFamily ngldm_family() {
  return make_texture_family(
      "ngldm", "REK0", "Neighbouring grey level dependence matrix", AggregationKind::spatial,
      &RegionSummary::ngldm,
      {
          {{"low_dependence_emphasis", "SODN", "SmallDependenceEmphasis", "1",
            "Weight of voxels with few alike neighbours"},
           low_value_emphasis},
          {{"high_dependence_emphasis", "IMOQ", "LargeDependenceEmphasis", "1",
            "Weight of voxels with many alike neighbours"},
           high_value_emphasis},
          {{"low_grey_level_count_emphasis", "TL9H", "LowGrayLevelEmphasis", "1",
            "Weight of voxels of low levels"},
           low_level_emphasis},
          {{"high_grey_level_count_emphasis", "OAE7", "HighGrayLevelEmphasis", "1",
            "Weight of voxels of high levels"},
           high_level_emphasis},
          {{"low_dependence_low_grey_level_emphasis", "EQ3F", "SmallDependenceLowGrayLevelEmphasis",
            "1", "Weight of voxels of low levels with few alike neighbours"},
           low_value_low_level_emphasis},
          {{"low_dependence_high_grey_level_emphasis", "JA6D",
            "SmallDependenceHighGrayLevelEmphasis", "1",
            "Weight of voxels of high levels with few alike neighbours"},
           low_value_high_level_emphasis},
          {{"high_dependence_low_grey_level_emphasis", "NBZI",
            "LargeDependenceLowGrayLevelEmphasis", "1",
            "Weight of voxels of low levels with many alike neighbours"},
           high_value_low_level_emphasis},
          {{"high_dependence_high_grey_level_emphasis", "9QMG",
            "LargeDependenceHighGrayLevelEmphasis", "1",
            "Weight of voxels of high levels with many alike neighbours"},
           high_value_high_level_emphasis},
          {{"grey_level_non_uniformity", "FP8K", "GrayLevelNonUniformity", "1",
            "Unevenness of the number of voxels over levels; grows with their number"},
           level_non_uniformity},
          {{"normalised_grey_level_non_uniformity", "5SPA", "GrayLevelNonUniformityNormalized", "1",
            "Unevenness of the share of voxels over levels"},
           normalised_level_non_uniformity},
          {{"dependence_count_non_uniformity", "Z87G", "DependenceNonUniformity", "1",
            "Unevenness of the number of voxels over dependences; grows with their number"},
           value_non_uniformity},
          {{"normalised_dependence_count_non_uniformity", "OKJI",
            "DependenceNonUniformityNormalized", "1",
            "Unevenness of the share of voxels over dependences"},
           normalised_value_non_uniformity},
          {{"dependence_count_percentage", "6XV8", "DependencePercentage", "1",
            "Neighbourhoods per voxel; always 1"},
           percentage},
          {{"grey_level_variance", "1PFV", "GrayLevelVariance", "1",
            "Variance of the levels of voxels"},
           level_variance},
          {{"dependence_count_variance", "DNX2", "DependenceVariance", "1",
            "Variance of the dependences"},
           value_variance},
          {{"dependence_count_entropy", "FCBV", "DependenceEntropy", "1",
            "Disorder of levels and dependences, in bits"},
           entropy},
          {{"dependence_count_energy", "CAS9", "", "1", "Order of levels and dependences"}, energy},
      });
}

}  // namespace radiomics
