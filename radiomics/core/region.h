#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "radiomics/core/volume.h"

namespace radiomics {

/// Limits of intensities, both included, in image units; open where there is none.
struct IntensityRange {
  std::optional<double> lowest{};
  std::optional<double> highest{};

  bool operator==(const IntensityRange&) const = default;
};

/// The part of an image that features describe. The three volumes share one geometry, a window of
/// `grid`; both masks contain at least one voxel; intensities inside the masks are finite.
/// The masks differ only after resegmentation (IBSI reference manual, section 2.5).
struct Region {
  Image image;
  Mask morphological;      ///< the outline: used by shape features
  Mask intensity;          ///< the outline without outliers: used by all other features
  Geometry grid;           ///< of the whole image after resampling
  IntensityRange range{};  ///< to which resegmentation limited the intensity mask
};

/// Grey levels 1..level_count inside a region and 0 outside.
///
/// The volume has a border of `border` zero voxels on every side, so that every voxel of the region
/// has all its neighbours up to that distance: texture code needs no bounds checks.
struct GreyLevels {
  Volume<std::uint16_t> levels;
  int level_count = 0;               ///< the highest level of the region (N_g)
  int border = 1;                    ///< the largest neighbour distance that it allows
  std::size_t below_first_edge = 0;  ///< voxels that lay below the first bin and were put into it
};

}  // namespace radiomics
