#pragma once

#include "radiomics/core/volume.h"

namespace radiomics {

/// The two diameters by which tumours are measured by hand: RECIST takes the longest one, WHO its
/// product with the longest one across.
struct AxialDiameters {
  double longest_mm = 0;
  double perpendicular_mm = 0;
};

/// Diameters within one slice (z) of a mask with at least one voxel, over all slices.
///
/// They are measured as the maximum 3D diameter is: from vertex to vertex of the surface mesh, half
/// a voxel from the centres of voxels, here of those in the plane of the slice, and through what
/// lies between, inside the region or not. The perpendicular one is the longest line across the
/// first, at a right angle, in the same slice, inside the convex hull of the vertices. Where
/// several lines are equally long (to 1e-12), it is the longest of any.
///
/// "Axial" is what the slices of the grid are: sagittal or coronal acquisitions are measured in
/// their own slices. Cost: the rows of the bounding box, then the corners of each slice squared.
AxialDiameters axial_diameters(const Mask& mask);

}  // namespace radiomics
