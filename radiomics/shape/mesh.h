#pragma once

#include <array>
#include <vector>

#include "radiomics/core/volume.h"

namespace radiomics {

/// A closed surface of triangles. The viewer draws the one that is measured.
struct Mesh {
  /// In the grid's own axes, mm, from the centre of voxel (0, 0, 0) of the mask: x along the rows.
  std::vector<Vector3> vertices_mm;
  std::vector<std::array<int, 3>> triangles;  ///< counter-clockwise seen from outside
};

/// The surface of a mask.
Mesh surface_mesh(const Mask& mask);

}  // namespace radiomics
