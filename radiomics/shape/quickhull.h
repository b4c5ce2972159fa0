#pragma once

#include <array>
#include <span>
#include <vector>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// The convex hull of points: a closed surface of triangles. Every corner of the hull is among the
/// vertices; so may be a point that lies on a side or a face of it.
struct PointHull {
  std::vector<Index3> vertices;               ///< each once, all used by triangles
  std::vector<std::array<int, 3>> triangles;  ///< counter-clockwise seen from outside; none is flat
};

/// The convex hull of points with whole coordinates that differ by less than 2^20 along each axis.
/// Exact: on which side of a plane a point lies is decided in integers, so that points in one plane
/// or on one line, of which voxel grids have many, need no tolerance. Points may be repeated. Empty
/// if all points lie in one plane: there is no volume.
///
/// Cost: about n log n.
/// \source Barber, Dobkin & Huhdanpaa 1996, doi:10.1145/235815.235821
PointHull convex_hull(std::span<const Index3> points);

}  // namespace radiomics
