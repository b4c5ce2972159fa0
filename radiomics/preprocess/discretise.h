#pragma once

#include <string>
#include <variant>

#include "radiomics/core/region.h"

namespace radiomics {

/// More levels than this are refused: a grey level is kept in 16 bits.
inline constexpr int max_level_count = 65535;

/// Bins of equal width (IBSI fixed bin size, Q3RU).
struct FixedBinSize {
  double width = 25;          ///< in image units (HU for CT); > 0
  double first_edge = -1000;  ///< lower edge of level 1, in image units; what lies below is put in

  bool operator==(const FixedBinSize&) const = default;
};

/// A given number of bins between the lowest and the highest intensity of the region (IBSI fixed
/// bin number, K15C). A region of one intensity has one level.
struct FixedBinNumber {
  int count = 32;  ///< 1 .. max_level_count

  bool operator==(const FixedBinNumber&) const = default;
};

/// The intensities are grey levels already: whole numbers from 1.
struct NoBins {
  bool operator==(const NoBins&) const = default;
};

using Bins = std::variant<FixedBinSize, FixedBinNumber, NoBins>;

/// Turns the intensities inside the intensity mask into grey levels, with a border of one voxel.
/// \throws Error   invalid_settings if the bins are not valid or there would be more than
///                 max_level_count levels; unsupported_data if intensities are to be taken for
///                 levels and are none
/// \source         IBSI reference manual, section 2.7 "Intensity discretisation"
GreyLevels discretise(const Region& region, const Bins& bins);

}  // namespace radiomics
