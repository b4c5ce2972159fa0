#pragma once

#include <functional>
#include <string>
#include <vector>

#include "radiomics/core/volume.h"
#include "radiomics/io/mask_references.h"

namespace radiomics {

/// Where on the grid something lies that names the image it was drawn on.
struct NamedSlice {
  int z = 0;
  std::string instance_uid;
};

/// The voxels of one region on the grid of an image, and what is to be said about them.
struct RegionMask {
  MaskWindow mask;                          ///< cut to its bounding box; at least one voxel
  std::vector<std::string> warnings;        ///< one line each, without file names
  std::string frame_of_reference_uid = {};  ///< its own, where regions name different ones
  std::vector<NamedSlice> drawn_on = {};    ///< of contours that name their image
};

/// The named regions of one mask object: contours, segments or labels.
struct MaskSource {
  std::string kind;                   ///< "RTSTRUCT", "SEG" or "labels"
  std::vector<std::string> names;     ///< in the order of the file; in a label image the values
  MaskReferences references;          ///< the images that it was drawn on; check_references()
  std::vector<std::string> warnings;  ///< one line each, without file names

  /// The voxels of a region on a grid. A name is refused, never guessed. May be called from several
  /// threads. Messages name the file.
  /// \throws Error  unknown_region; ambiguous_input if two regions have the name; geometry_mismatch
  ///                if it does not lie on the grid; invalid_region; empty_region
  std::function<RegionMask(const std::string& name, const Geometry& grid)> mask;
};

}  // namespace radiomics
