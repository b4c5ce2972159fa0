#include <utility>

#include "benchmarks/parts.h"

#include "radiomics/shape/convex_hull.h"
#include "radiomics/shape/shape.h"

namespace radiomics::benchmarks {
namespace {

using Asked = std::vector<Aggregation>;

Work mesh_work(const MeasuredRegion& region, const Asked&) {
  return [&mask = region.cropped.morphological] {
    const Mesh mesh = surface_mesh(mask);
    return volume_mm3(mesh) + area_mm2(mesh);
  };
}

Work hull_work(const MeasuredRegion& region, const Asked&) {
  return [&mask = region.cropped.morphological] { return volume_mm3(convex_hull(mask)); };
}

Work oriented_box_work(const MeasuredRegion& region, const Asked&) {
  return [hull = convex_hull(region.cropped.morphological)] {
    return smallest_box_on_a_face(hull).volume_mm3();
  };
}

Work ellipsoid_work(const MeasuredRegion& region, const Asked&) {
  return [hull = convex_hull(region.cropped.morphological)] {
    return ellipsoid_volume(smallest_enclosing_ellipsoid(hull.vertices_mm));
  };
}

Work diameter_work(const MeasuredRegion& region, const Asked&) {
  return [hull = convex_hull(region.cropped.morphological)] {
    return maximum_distance_mm(hull.vertices_mm);
  };
}

Work axial_diameters_work(const MeasuredRegion& region, const Asked&) {
  return [&mask = region.cropped.morphological] { return axial_diameters(mask).longest_mm; };
}

Work principal_axes_work(const MeasuredRegion& region, const Asked&) {
  return [&mask = region.cropped.morphological] { return principal_axes(mask).major_mm; };
}

Work shape_work(const MeasuredRegion& region, const Asked&) {
  return [&mask = region.cropped.morphological] { return summarise_shape(mask).mesh_volume_mm3; };
}

}  // namespace

std::vector<Part> shape_parts() {
  return {{"mesh", false, mesh_work},
          {"convex_hull", false, hull_work},
          {"oriented_box", false, oriented_box_work},
          {"enclosing_ellipsoid", false, ellipsoid_work},
          {"maximum_diameter", false, diameter_work},
          {"axial_diameters", false, axial_diameters_work},
          {"principal_axes", false, principal_axes_work},
          {"shape", false, shape_work}};
}

}  // namespace radiomics::benchmarks
