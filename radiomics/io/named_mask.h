#pragma once

#include <string>

#include "radiomics/core/volume.h"

namespace radiomics {

/// A region that is to be written: its name, and its voxels on the grid of its image.
struct NamedMask {
  std::string name;
  MaskWindow mask;  ///< at least one voxel
};

}  // namespace radiomics
