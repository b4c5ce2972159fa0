// Morphology (IBSI HCUG): the size and shape of the morphological mask. Formulas: IBSI reference
// manual, section 3.1. A is the area and V the volume of the mesh; ratios use V, never the volume
// of the voxels. A region has at least one voxel, so that A and V are positive.

#include <cmath>
#include <numbers>

#include "radiomics/features/families.h"

namespace radiomics {
namespace {

double volume_mesh(const Shape& shape) { return shape.mesh_volume_mm3; }

double volume_voxel_counting(const Shape& shape) {
  return double(shape.voxel_count) * shape.voxel_volume_mm3;
}

double surface_area_mesh(const Shape& shape) { return shape.mesh_area_mm2; }

double surface_to_volume_ratio(const Shape& shape) {
  return shape.mesh_area_mm2 / shape.mesh_volume_mm3;
}

double compactness_1(const Shape& shape) {
  return shape.mesh_volume_mm3 / (std::sqrt(std::numbers::pi) * std::pow(shape.mesh_area_mm2, 1.5));
}

/// The area of the sphere that has the volume of the mesh.
double sphere_area_mm2(const Shape& shape) {
  return std::cbrt(36 * std::numbers::pi * shape.mesh_volume_mm3 * shape.mesh_volume_mm3);
}

double sphericity(const Shape& shape) { return sphere_area_mm2(shape) / shape.mesh_area_mm2; }

double compactness_2(const Shape& shape) { return std::pow(sphericity(shape), 3); }

double spherical_disproportion(const Shape& shape) {
  return shape.mesh_area_mm2 / sphere_area_mm2(shape);
}

double asphericity(const Shape& shape) { return spherical_disproportion(shape) - 1; }

double maximum_3d_diameter(const Shape& shape) { return shape.maximum_diameter_mm; }

double major_axis_length(const Shape& shape) { return shape.axes.major_mm; }

double minor_axis_length(const Shape& shape) { return shape.axes.minor_mm; }

double least_axis_length(const Shape& shape) { return shape.axes.least_mm; }

double elongation(const Shape& shape) { return shape.axes.minor_mm / shape.axes.major_mm; }

double flatness(const Shape& shape) { return shape.axes.least_mm / shape.axes.major_mm; }

}  // namespace

FeatureFamily morphology_family() {
  return make_family(
      "morphology", "HCUG", "Morphology", &RegionSummary::shape,
      {
          {{"volume_mesh", "RNU0", "MeshVolume", "mm3", "Volume inside the surface mesh"},
           volume_mesh},
          {{"volume_voxel_counting", "YEKZ", "VoxelVolume", "mm3", "Volume of all voxels"},
           volume_voxel_counting},
          {{"surface_area_mesh", "C0JK", "SurfaceArea", "mm2", "Area of the surface mesh"},
           surface_area_mesh},
          {{"surface_to_volume_ratio", "2PR5", "SurfaceVolumeRatio", "mm-1",
            "Area over volume of the mesh"},
           surface_to_volume_ratio},
          {{"compactness_1", "SKGS", "Compactness1", "1",
            "Likeness to a sphere, from the volume over the area to the power of 3/2"},
           compactness_1},
          {{"compactness_2", "BQWJ", "Compactness2", "1", "Cube of the sphericity; 1 if a sphere"},
           compactness_2},
          {{"spherical_disproportion", "KRCK", "SphericalDisproportion", "1",
            "Area over that of a sphere of the same volume"},
           spherical_disproportion},
          {{"sphericity", "QCFX", "Sphericity", "1",
            "Area of a sphere of the same volume over the area; 1 if a sphere"},
           sphericity},
          {{"asphericity", "25C7", "", "1", "Spherical disproportion minus 1; 0 if a sphere"},
           asphericity},
          {{"maximum_3d_diameter", "L0JK", "Maximum3DDiameter", "mm",
            "Largest distance between two vertices of the mesh"},
           maximum_3d_diameter},
          {{"major_axis_length", "TDIC", "MajorAxisLength", "mm",
            "Four standard deviations of the voxels along the axis of their largest variance"},
           major_axis_length},
          {{"minor_axis_length", "P9VJ", "MinorAxisLength", "mm",
            "Four standard deviations of the voxels along the axis of their second variance"},
           minor_axis_length},
          {{"least_axis_length", "7J51", "LeastAxisLength", "mm",
            "Four standard deviations of the voxels along the axis of their smallest variance"},
           least_axis_length},
          {{"elongation", "Q3CK", "Elongation", "1", "Minor over major axis length; 1 if round"},
           elongation},
          {{"flatness", "N17B", "Flatness", "1", "Least over major axis length; 1 if round"},
           flatness},
      });
}

}  // namespace radiomics
