#include "radiomics/shape/shape.h"

#include <algorithm>
#include <cassert>

#include "radiomics/shape/convex_hull.h"

namespace radiomics {

Shape summarise_shape(const Mask& mask) {
  Shape shape;
  shape.voxel_volume_mm3 = mask.geometry().voxel_volume_mm3();
  shape.box = bounding_box(mask);
  assert(!shape.box.empty());
  const Mask region = crop(mask, shape.box);
  shape.voxel_count = region.voxels().size() - std::size_t(std::ranges::count(region.voxels(), 0));
  shape.mesh = surface_mesh(region);
  shape.mesh_volume_mm3 = volume_mm3(shape.mesh);
  shape.mesh_area_mm2 = area_mm2(shape.mesh);
  shape.hull = convex_hull(region);
  shape.maximum_diameter_mm = maximum_distance_mm(shape.hull.vertices_mm);
  shape.axes = principal_axes(region);
  return shape;
}

}  // namespace radiomics
