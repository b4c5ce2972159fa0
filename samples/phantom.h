#pragma once

#include <cstdint>
#include <vector>

#include "samples/ellipsoid.h"

namespace radiomics::samples {

/// What a lesion is filled with. At a position p (mm, from the lesion's centre)
///   HU = mean + wave_sd * (w1 + w2 + w3) / sqrt(3) + noise_sd * e,   rounded to a whole number,
/// where w1, w2, w3 are waves of standard deviation 1 and the given wavelength along three axes at
/// right angles (skew to the voxels), and e is noise of standard deviation 1 that is independent
/// from voxel to voxel. Over many wavelengths the standard deviation is therefore
/// sqrt(wave_sd^2 + noise_sd^2), and the noise-free part is anticorrelated at half a wavelength.
struct Texture {
  double mean_hu = 0;
  double wave_sd_hu = 0;
  double wavelength_mm = 1;
  double noise_sd_hu = 0;
};

struct Lesion {
  Ellipsoid ellipsoid;
  Texture texture;
};

/// A thorax: fat, chest wall, ribs, spine, two lungs with vessels, heart, aorta and trachea around
/// `centre_mm`, all of them simple solids, and lesions that replace whatever is where they are.
struct Phantom {
  std::uint64_t seed = 0;  ///< of noise, vessels and the phases of the waves
  Vector3 centre_mm{};     ///< the body's axis, at the height of the hila
  std::vector<Lesion> lesions;
};

/// The left and the right lung without what lies in them (heart, spine, mediastinum, lesions).
Ellipsoid left_lung(const Phantom& phantom);
Ellipsoid right_lung(const Phantom& phantom);

/// The phantom at the centres of the voxels, in whole HU between -1024 and 3071. There is no
/// partial volume effect: a voxel is lesion if and only if its centre lies in the lesion.
/// Cost: about 50 ns per voxel.
Volume<std::int16_t> scanned(const Phantom& phantom, const Geometry& grid);

}  // namespace radiomics::samples
