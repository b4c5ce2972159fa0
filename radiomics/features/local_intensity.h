#pragma once

#include "radiomics/core/region.h"

namespace radiomics {

/// Radius of the sphere of 1 cm3, (3 / (4 pi))^(1/3) cm: how far beyond the region its local
/// intensity looks.
inline constexpr double local_intensity_radius_mm = 6.2035049089940001667;

/// Means of the image in spheres of 1 cm3 around voxels.
struct LocalIntensity {
  double local_peak = 0;   ///< the largest around a voxel of the highest intensity
  double global_peak = 0;  ///< the largest around any voxel
};

/// Looks at the sphere around every voxel of the intensity mask. Voxels whose centres are at most
/// the radius away count, inside the region or not, but for those that do not exist: beyond the
/// border of the image, or not finite (NaN stands for "no measurement" in some formats).
///
/// The image has to reach local_intensity_radius_mm beyond the intensity mask, or to the border of
/// the whole image. More of it changes nothing, to the last bit.
/// Cost: voxels times rows of the sphere. Memory: the slices of the box that a sphere reaches.
/// \source IBSI VJGA and 0F91 (reference manual, section 3.2)
LocalIntensity summarise_local_intensity(const Region& region);

}  // namespace radiomics
