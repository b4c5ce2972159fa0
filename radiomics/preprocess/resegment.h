#pragma once

#include <optional>

#include "radiomics/core/volume.h"

namespace radiomics {

/// Which intensities count. Both limits are closed intervals; a voxel has to lie in both.
struct ResegmentOptions {
  std::optional<double> lowest{};   ///< in image units (HU for CT)
  std::optional<double> highest{};  ///< in image units
  /// Keep mean +- this many standard deviations (of the population) of the whole region; none: all.
  std::optional<double> sigma{};

  bool operator==(const ResegmentOptions&) const = default;
};

/// The voxels of a mask whose intensity counts. May be empty.
/// \param image, mask  on one grid
/// \source IBSI reference manual, section 2.5 "Re-segmentation"
Mask resegment(const Image& image, const Mask& mask, const ResegmentOptions& options);

}  // namespace radiomics
