#include "radiomics/features/families.h"

namespace radiomics {

std::span<const FeatureFamily> all_families() {
  static const std::vector<FeatureFamily> families{
      morphology_family(), local_intensity_family(),
      statistics_family(), histogram_family(),
      ivh_family(),        glcm_family(),
      glrlm_family(),      glszm_family(),
      gldzm_family(),      ngtdm_family(),
      ngldm_family(),
  };
  return families;
}

}  // namespace radiomics
