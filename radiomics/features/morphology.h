#pragma once

#include "radiomics/core/region.h"
#include "radiomics/features/sample.h"
#include "radiomics/features/spatial_autocorrelation.h"
#include "radiomics/shape/shape.h"

namespace radiomics {

/// Where the intensities of a region lie.
struct MassDistribution {
  std::size_t voxel_count = 0;  ///< of the intensity mask
  double mean = 0;              ///< intensity
  double centre_shift_mm = 0;   ///< from the centre of the outline to that of the intensities
};

/// What morphology measures: the outline, and how intensities are spread over it.
struct Morphology {
  Shape shape{};  ///< of the morphological mask
  MassDistribution mass{};
  PairSums pairs{};  ///< of the intensity mask
};

/// The shift is NaN if the intensities add up to 0: they have no centre then. (Where they almost
/// do, as in CT, the centre can lie far outside the region: IBSI's definition.) Values are equal to
/// the last bit however the region is cropped.
/// \param sample  of the intensity mask of the region
/// \source IBSI KLMA
MassDistribution mass_distribution(const Region& region, const Sample& sample);

}  // namespace radiomics
