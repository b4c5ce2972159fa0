#pragma once

#include <span>

#include "radiomics/core/volume.h"
#include "radiomics/shape/mesh.h"

namespace radiomics {

/// The convex hull of the vertices of surface_mesh(mask), in the same frame; computed exactly, in
/// half voxels. Every corner of the hull is among its vertices; so may be points on its sides and
/// faces. Empty for an empty mask.
///
/// Cost: one look at the voxels of the bounding box that lie before or after all others of their
/// row, then n log n in the few voxels that are extreme in their slice.
Mesh convex_hull(const Mask& mask);

/// The largest distance between two points; 0 if there are not two. Pairs that cannot be further
/// apart than the best so far are left out, but in the worst case, points on a sphere, all are
/// looked at: meant for the vertices of a convex hull, which include the ends of every diameter.
double maximum_distance_mm(std::span<const Vector3> points_mm);

}  // namespace radiomics
