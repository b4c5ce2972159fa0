#pragma once

#include <span>

#include "radiomics/features/feature_family.h"

namespace radiomics {

/// Every feature family, in the column order of feature tables.
std::span<const FeatureFamily> all_families();

FeatureFamily morphology_family();
FeatureFamily local_intensity_family();
FeatureFamily statistics_family();
FeatureFamily histogram_family();
FeatureFamily ivh_family();
FeatureFamily glcm_family();
FeatureFamily glrlm_family();
FeatureFamily glszm_family();
FeatureFamily gldzm_family();
FeatureFamily ngtdm_family();
FeatureFamily ngldm_family();

}  // namespace radiomics
