#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "radiomics/features/region_summary.h"
#include "radiomics/settings/settings.h"

namespace radiomics {

/// What a user should know of a region whose intensities do not suit the settings, one line each:
///
/// * bins of one width that count for Hounsfield units (they begin below 0) in an image of another
///   modality than CT; for any image: that make one or two grey levels or more than
///   many_grey_levels of unequal intensities;
/// * rounding to whole numbers, or an intensity-volume histogram in steps of one unit, of
///   intensities that span less than small_range units, unless the image is known to be CT;
/// * voxels below the first bin.
///
/// Values are given all the same. Nothing is said where intensities are declared to be grey levels
/// (NoBins), nor, but for the last, where all are equal.
///
/// \param modality  of the image in DICOM's words ("CT", "MR", "PT"), empty if the format names
///                  none: nothing is guessed from intensities then
std::vector<std::string> intensity_warnings(const RegionSummary& summary, const Settings& settings,
                                            std::string_view modality);

/// Noise alone spreads the HU of most regions over more units than this.
inline constexpr double small_range = 32;

/// More than CT has in bins of 8 HU: most pairs of levels occur once at most.
inline constexpr int many_grey_levels = 512;

}  // namespace radiomics
