#pragma once

#include <vector>

#include "radiomics/core/region.h"
#include "radiomics/features/sample.h"
#include "radiomics/preprocess/discretise.h"

namespace radiomics {

/// More bins than this are refused.
inline constexpr int max_ivh_bins = 1'000'000;

/// The intensity-volume histogram of a region: which part of it has at least an intensity i, for
/// i = first, first + interval, first + 2 interval, .. up to first + span * interval.
struct Ivh {
  double first = 0;     ///< lowest intensity of the curve (min G)
  double interval = 1;  ///< between its points
  double span = 0;      ///< intervals from the lowest to the highest intensity (max G); 0: a point
  /// For every voxel the last point of the curve that it reaches, as a number of intervals from the
  /// first: whole, between 0 and span, in increasing order.
  std::vector<double> reached;
};

/// The curve of the intensities in a region, in bins of its own:
///
/// * NoBins: of the intensities, in steps of one image unit. Meant for whole numbers such as HU;
///   other intensities count where they are, between two points of the curve.
/// * FixedBinSize: of the centres of the bins, in steps of their width. Unlike grey levels, bins go
///   on below the first edge.
/// * FixedBinNumber: of the numbers of the bins, 1 .. count; a region of one intensity has bin 1.
///
/// The curve spans the range to which resegmentation limited the region (for bins of equal width:
/// the bins that it touches); where it is open, the lowest and the highest intensity that occur.
/// Bin numbers always span 1 .. count.
///
/// \param sample  of the region
/// \param range   of the region
/// \throws Error  invalid_settings if the bins are not valid
/// \source        IBSI reference manual, section 3.5 "Intensity-volume histogram"
Ivh summarise_ivh(const Sample& sample, const IntensityRange& range, const Bins& bins);

}  // namespace radiomics
