#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "radiomics/core/volume.h"

namespace radiomics {

/// Which voxels of a grid those of another are, where all of its centres are centres of the grid:
/// axes may be stored in another order or backwards, and it may be a part or larger.
struct GridPlacement {
  Index3 first{};                 ///< of voxel (0, 0, 0); may lie outside the grid
  std::array<Index3, 3> steps{};  ///< for each axis one step along one axis of the grid

  Index3 voxel(const Index3& from) const;
  Box box(const Box& from) const;  ///< where a box comes to lie
};

/// Finds the place of `part` by geometry. Internal to io.
/// \return nothing unless every voxel centre of `part` is that of a voxel of the grid extended to
///         all sides (same_voxel_tolerance)
std::optional<GridPlacement> place_grid(const Geometry& part, const Geometry& grid);

/// A mask on another grid. Internal to io.
struct MovedMask {
  MaskWindow mask;          ///< cut to its bounding box; empty box: no voxel lies on the grid
  std::size_t outside = 0;  ///< voxels of the mask that do not
};

/// Puts every voxel of a mask to its place on the grid: exact.
MovedMask place_mask(const MaskWindow& mask, const GridPlacement& placement, const Geometry& grid);

/// Whether the grid has a voxel.
bool contains(const Geometry& grid, const Index3& voxel);

/// The mask without the slices, rows and columns at its sides in which no voxel is inside.
MaskWindow cut_to_bounding_box(MaskWindow mask);

}  // namespace radiomics
