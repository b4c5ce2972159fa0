#pragma once

#include <vector>

#include "radiomics/features/feature_family.h"
#include "radiomics/shape/shape.h"

namespace radiomics {

/// The features of the shape of a region (IBSI HCUG), in the order of their columns.
std::vector<Feature<Shape>> morphology_features();

}  // namespace radiomics
