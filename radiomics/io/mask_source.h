#pragma once

#include <functional>
#include <string>
#include <vector>

#include "radiomics/core/volume.h"

namespace radiomics {

/// The voxels of one region on the grid of an image, and what is to be said about them.
struct RegionMask {
  MaskWindow mask;                    ///< cut to its bounding box; at least one voxel
  std::vector<std::string> warnings;  ///< one line each, without file names
};

/// The named regions of one mask object: contours, segments or labels.
struct MaskSource {
  std::string kind;                      ///< "RTSTRUCT", "SEG" or "labels"
  std::vector<std::string> names;        ///< in file order; of plain label images the values
  std::vector<std::string> series_uids;  ///< the image series that it refers to; empty: none named
  std::string frame_of_reference_uid;    ///< "" where it names none
  std::vector<std::string> warnings;     ///< one line each, without file names

  /// The voxels of a region on a grid. A name is refused, never guessed. May be called from several
  /// threads. Messages name the file.
  /// \throws Error  unknown_region; ambiguous_input if two regions have the name; geometry_mismatch
  ///                if it does not lie on the grid; invalid_region; empty_region
  std::function<RegionMask(const std::string& name, const Geometry& grid)> mask;

  /// As mask(), but a region of voxels on another grid is brought onto this one by nearest
  /// neighbour, with a warning that says so: only on the user's explicit demand. Empty where there
  /// is nothing to resample: contours are always drawn on the image's grid, and the frames of a
  /// DICOM SEG have to lie on its voxels.
  /// \throws Error  as mask() but geometry_mismatch; empty_region if no voxel of the image remains
  std::function<RegionMask(const std::string& name, const Geometry& grid)> resampled;
};

}  // namespace radiomics
