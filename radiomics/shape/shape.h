#pragma once

#include <cstddef>

#include "radiomics/core/volume.h"
#include "radiomics/shape/axial_diameters.h"
#include "radiomics/shape/enclosing_ellipsoid.h"
#include "radiomics/shape/mesh.h"
#include "radiomics/shape/oriented_box.h"
#include "radiomics/shape/principal_axes.h"

namespace radiomics {

/// All that morphology needs of a mask, each part computed once.
struct Shape {
  std::size_t voxel_count = 0;
  double voxel_volume_mm3 = 0;  ///< of one voxel
  Box box;                      ///< around the region, in voxels of the mask
  Mesh mesh;                    ///< from the centre of the first voxel of `box`
  double mesh_volume_mm3 = 0;
  double mesh_area_mm2 = 0;
  Mesh hull;  ///< the convex hull of the mesh, in the same frame
  double hull_volume_mm3 = 0;
  double hull_area_mm2 = 0;
  BoxSides aligned_box;               ///< around the vertices of the mesh, along the axes
  BoxSides oriented_box;              ///< around the hull, with a face on one of its faces
  SemiAxes enclosing_ellipsoid_mm{};  ///< the smallest around the hull
  double maximum_diameter_mm = 0;     ///< between any two vertices of the mesh
  AxialDiameters axial{};
  PrincipalAxes axes{};
};

/// Measures a mask with at least one voxel. All is done inside the bounding box: values are equal
/// to the last bit however the grid is cropped, padded or placed.
///
/// Time: proportional to the voxels of the bounding box and to the surface.
Shape summarise_shape(const Mask& mask);

}  // namespace radiomics
