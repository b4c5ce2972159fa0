#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// A cell is the cube between 8 neighbouring voxel centres. Corner (dx, dy, dz) has the number
/// 4 dx + 2 dz + dy; a case is the byte whose bit c says that corner c is inside the region.
constexpr int cell_corner(const Index3& corner) {
  return 4 * corner[0] + 2 * corner[2] + corner[1];
}

/// One of the 12 edges of a cell: from `start` one step along `axis`. Edge 4 axis + 3 is the one
/// that ends in corner (1, 1, 1).
struct CellEdge {
  int axis;
  Index3 start;
};
constexpr CellEdge cell_edge(int edge) {
  CellEdge result{edge / 4, {}};
  result.start[(result.axis + 1) % 3] = edge % 2;
  result.start[(result.axis + 2) % 3] = edge / 2 % 2;
  return result;
}

/// A piece of surface: its corners are the middles of three edges of the cell, counter-clockwise
/// seen from outside the region.
using CellTriangle = std::array<std::uint8_t, 3>;
using CellSurfaces = std::array<std::vector<CellTriangle>, 256>;

/// The surface inside a cell for each of the 256 cases, derived from these rules:
/// - on a face of the cell, the surface cuts off every run of neighbouring inside corners by
/// itself.
///   A face with two inside corners on a diagonal, which marching cubes leaves open, therefore
///   keeps them apart: voxels that only share an edge or a corner are not joined. Both cells at a
///   face follow the same rule, so the surface of a region is closed;
/// - a loop of cuts around the cell is filled with triangles that give the largest volume to the
/// side
///   that has fewer of the 8 corners: a few corners are cut off by a convex piece of surface. Then,
///   and with four corners each, the smallest area decides, at last the larger volume inside. No
///   inner side of a triangle lies on a face of the cell, where it could meet one of the next cell.
/// Nothing depends on numbering: area and volume of a region do not change when it is mirrored or
/// its axes are exchanged. With the second rule the published values of IBSI are met; with the
/// largest or smallest volume, or the smallest area, throughout they are not.
///
/// \source  Lorensen & Cline 1987, doi:10.1145/37401.37422, for the idea; the rules are our own
const CellSurfaces& cell_surfaces();

}  // namespace radiomics
