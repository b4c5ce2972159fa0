#pragma once

#include <span>
#include <string_view>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/region.h"

namespace radiomics {

/// A published value: what a feature has to be, rounded to three significant digits.
struct IbsiReference {
  std::string_view code;  ///< of the feature
  Aggregation aggregation = Aggregation::none;
  double value = 0;
  double tolerance = 0;
};

/// The digital phantom of IBSI 1: 5 x 4 x 4 voxels of 2 mm with the intensities 1, 3, 4, 6, and 1
/// or 9 in the six voxels outside the region, which only local intensity may look at. \source IBSI
/// reference manual, section 5.1
Region digital_phantom();

/// All 482 reference values of the digital phantom.
std::span<const IbsiReference> digital_phantom_references();

}  // namespace radiomics
