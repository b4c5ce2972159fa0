#pragma once

#include "radiomics/core/region.h"
#include "radiomics/features/sample.h"

namespace radiomics {

/// Sums over all ordered pairs k, l of different voxels of the intensity mask, w being 1 over the
/// distance of their centres in mm and y the intensity as a z-score: (x - mean) / standard
/// deviation, of the population.
struct PairSums {
  double weights = 0;   ///< of w
  double products = 0;  ///< of w * y_k * y_l
  double squares = 0;   ///< of w * y_k * y_k
};

/// The sums of Moran's I and Geary's C: all pairs, none is left out or sampled. All 0 for one
/// voxel; products and squares are 0 if all intensities are equal.
///
/// Few voxels in a large box are summed pair by pair, all others by transforms; both agree to 1e-12
/// of the sum of w. Only the bounding box of the intensity mask is looked at: values are equal to
/// the last bit however the region is cropped.
/// Cost: n log n in twice the bounding box along every axis; memory: seven numbers per voxel of the
/// box, four if it is large.
PairSums pair_sums(const Region& region, const Sample& sample);

/// The same by looking at every pair.
PairSums pair_sums_one_by_one(const Region& region, const Sample& sample);

/// The same by Fourier transforms: the sums are correlations with the even function 1/distance, and
/// the transform of what is summed adds up to the same value (Parseval).
PairSums pair_sums_by_fft(const Region& region, const Sample& sample);

}  // namespace radiomics
