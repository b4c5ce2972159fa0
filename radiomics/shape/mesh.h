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

/// The surface of a mask: marching cubes at 0.5 between 0 and 1. Vertices lie in the middle between
/// a voxel inside and a neighbour outside (along x, y or z; all is outside beyond the grid), each
/// once. Every side of a triangle belongs to exactly one other triangle, which runs along it in the
/// opposite direction. Voxels that share a face are joined; those that share an edge or a corner
/// only are not (marching_cubes.h states the rules). Empty for an empty mask.
///
/// Time: one look at every voxel of the bounding box, most of them eight at a time, and the
/// surface. Memory: two slices of the box and the surface. \source IBSI reference manual,
/// section 3.1 (mesh of the morphological mask, isovalue 0.5)
Mesh surface_mesh(const Mask& mask);

/// The volume inside; 0 for an empty mesh.
double volume_mm3(const Mesh& mesh);

/// The area of all triangles.
double area_mm2(const Mesh& mesh);

}  // namespace radiomics
