#include "radiomics/shape/shape.h"

#include <cassert>

#include "radiomics/core/mask_runs.h"
#include "radiomics/shape/convex_hull.h"

namespace radiomics {
namespace {

/// The outermost vertices of the mesh lie half a voxel beyond the outermost voxels of the region.
BoxSides box_of_vertices(const Geometry& box) {
  return {box.size[0] * box.spacing_mm[0], box.size[1] * box.spacing_mm[1],
          box.size[2] * box.spacing_mm[2]};
}

}  // namespace

Shape summarise_shape(const Mask& mask) {
  Shape shape;
  shape.voxel_volume_mm3 = mask.geometry().voxel_volume_mm3();
  shape.box = bounding_box(mask);
  assert(!shape.box.empty());
  const Mask region = crop(mask, shape.box);
  shape.voxel_count = voxels_inside(region);
  shape.mesh = surface_mesh(region);
  shape.mesh_volume_mm3 = volume_mm3(shape.mesh);
  shape.mesh_area_mm2 = area_mm2(shape.mesh);
  shape.hull = convex_hull(region);
  shape.hull_volume_mm3 = volume_mm3(shape.hull);
  shape.hull_area_mm2 = area_mm2(shape.hull);
  shape.aligned_box = box_of_vertices(region.geometry());
  shape.oriented_box = smallest_box_on_a_face(shape.hull);
  shape.enclosing_ellipsoid_mm = smallest_enclosing_ellipsoid(shape.hull.vertices_mm);
  shape.maximum_diameter_mm = maximum_distance_mm(shape.hull.vertices_mm);
  shape.axial = axial_diameters(region);
  shape.axes = principal_axes(region);
  return shape;
}

}  // namespace radiomics
