#pragma once

#include <vector>

namespace radiomics {

/// Voxels on either side of a point from which its value on a cubic spline is made. The weight of
/// those beyond falls by 0.27 a voxel and is below 1e-16 here.
inline constexpr int cubic_spline_radius = 28;

/// A value on a line as a weighted sum of neighbouring samples.
struct SampleWeights {
  int first = 0;                ///< index of the sample that the first weight belongs to
  std::vector<double> weights;  ///< their sum is 1
};

/// The weights of the interpolating cubic B-spline through `count` samples at 0, 1, .. count - 1,
/// evaluated at `index` between them. The samples are mirrored about the first and the last, which
/// are not repeated, as SciPy's and ITK's splines do. At a whole index the only weight is 1.
/// \source M. Unser, Splines: a perfect fit for signal and image processing, IEEE Signal Processing
///         Magazine 16(6), 1999: the cardinal spline as B-splines filtered by their inverse
SampleWeights cubic_spline_weights(double index, int count);

}  // namespace radiomics
