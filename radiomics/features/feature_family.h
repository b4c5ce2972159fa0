#pragma once

#include "radiomics/core/feature_definition.h"

namespace radiomics {

/// A row of a family's table: a definition and the function that computes it from one part of the
/// summary. The function never throws; it returns NaN where the feature is undefined.
template <class Part>
struct Feature {
  FeatureDefinition definition;
  double (*compute)(const Part&);
};

}  // namespace radiomics
