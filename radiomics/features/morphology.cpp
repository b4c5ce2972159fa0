// Morphology (IBSI HCUG): the size and shape of the morphological mask. Formulas: IBSI reference
// manual, section 3.1. A is the area and V the volume of the mesh; ratios use V, never the volume
// of the voxels. A region has at least one voxel, so that A and V are positive, as are those of its
// hull and of boxes and ellipsoids around it.

#include <cmath>
#include <limits>
#include <numbers>

#include "radiomics/features/families.h"

namespace radiomics {
namespace {

double volume_mesh(const Morphology& m) { return m.shape.mesh_volume_mm3; }

double volume_voxel_counting(const Morphology& m) {
  return double(m.shape.voxel_count) * m.shape.voxel_volume_mm3;
}

double surface_area_mesh(const Morphology& m) { return m.shape.mesh_area_mm2; }

double surface_to_volume_ratio(const Morphology& m) {
  return m.shape.mesh_area_mm2 / m.shape.mesh_volume_mm3;
}

double compactness_1(const Morphology& m) {
  return m.shape.mesh_volume_mm3 /
         (std::sqrt(std::numbers::pi) * std::pow(m.shape.mesh_area_mm2, 1.5));
}

/// The area of the sphere that has the volume of the mesh.
double sphere_area_mm2(const Morphology& m) {
  return std::cbrt(36 * std::numbers::pi * m.shape.mesh_volume_mm3 * m.shape.mesh_volume_mm3);
}

double sphericity(const Morphology& m) { return sphere_area_mm2(m) / m.shape.mesh_area_mm2; }

double compactness_2(const Morphology& m) { return std::pow(sphericity(m), 3); }

double spherical_disproportion(const Morphology& m) {
  return m.shape.mesh_area_mm2 / sphere_area_mm2(m);
}

double asphericity(const Morphology& m) { return spherical_disproportion(m) - 1; }

double centre_of_mass_shift(const Morphology& m) { return m.mass.centre_shift_mm; }

double maximum_3d_diameter(const Morphology& m) { return m.shape.maximum_diameter_mm; }

double major_axis_length(const Morphology& m) { return m.shape.axes.major_mm; }

double minor_axis_length(const Morphology& m) { return m.shape.axes.minor_mm; }

double least_axis_length(const Morphology& m) { return m.shape.axes.least_mm; }

double elongation(const Morphology& m) { return m.shape.axes.minor_mm / m.shape.axes.major_mm; }

double flatness(const Morphology& m) { return m.shape.axes.least_mm / m.shape.axes.major_mm; }

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

double volume_density(const Morphology& m, double volume_mm3) {
  return volume_mm3 > 0 ? m.shape.mesh_volume_mm3 / volume_mm3 : undefined;
}

double area_density(const Morphology& m, double area_mm2) {
  return area_mm2 > 0 ? m.shape.mesh_area_mm2 / area_mm2 : undefined;
}

double volume_density_aabb(const Morphology& m) {
  return volume_density(m, m.shape.aligned_box.volume_mm3());
}

double area_density_aabb(const Morphology& m) {
  return area_density(m, m.shape.aligned_box.area_mm2());
}

double volume_density_ombb(const Morphology& m) {
  return volume_density(m, m.shape.oriented_box.volume_mm3());
}

double area_density_ombb(const Morphology& m) {
  return area_density(m, m.shape.oriented_box.area_mm2());
}

/// An axis is half as long from the centre; NaN for a single voxel, 0 where the region is flat.
SemiAxes principal_semi_axes(const Morphology& m) {
  const PrincipalAxes& axes = m.shape.axes;
  return {axes.major_mm / 2, axes.minor_mm / 2, axes.least_mm / 2};
}

double volume_density_aee(const Morphology& m) {
  return volume_density(m, ellipsoid_volume(principal_semi_axes(m)));
}

double area_density_aee(const Morphology& m) {
  return area_density(m, ibsi_ellipsoid_area(principal_semi_axes(m)));
}

double volume_density_mvee(const Morphology& m) {
  return volume_density(m, ellipsoid_volume(m.shape.enclosing_ellipsoid_mm));
}

double area_density_mvee(const Morphology& m) {
  return area_density(m, ibsi_ellipsoid_area(m.shape.enclosing_ellipsoid_mm));
}

double volume_density_convex_hull(const Morphology& m) {
  return volume_density(m, m.shape.hull_volume_mm3);
}

double area_density_convex_hull(const Morphology& m) {
  return area_density(m, m.shape.hull_area_mm2);
}

double integrated_intensity(const Morphology& m) { return m.mass.mean * m.shape.mesh_volume_mm3; }

/// Without pairs, or if all intensities are equal, neither index is defined.
bool has_autocorrelation(const Morphology& m) { return m.pairs.weights > 0 && m.pairs.squares > 0; }

// The sum of squared z-scores is the number of voxels N.
double morans_i(const Morphology& m) {
  return has_autocorrelation(m) ? m.pairs.products / m.pairs.weights : undefined;
}

// Half of the sum of w (y_k - y_l)^2 is that of w y_k^2 less that of w y_k y_l.
double gearys_c(const Morphology& m) {
  if (!has_autocorrelation(m)) return undefined;
  const auto voxels = double(m.mass.voxel_count);
  return (voxels - 1) / voxels * (m.pairs.squares - m.pairs.products) / m.pairs.weights;
}

double maximum_axial_diameter(const Morphology& m) { return m.shape.axial.longest_mm; }

double maximum_axial_diameter_perpendicular(const Morphology& m) {
  return m.shape.axial.perpendicular_mm;
}

}  // namespace

FeatureFamily morphology_family() {
  return make_family(
      "morphology", "HCUG", "Morphology", &RegionSummary::morphology,
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
          {{"centre_of_mass_shift", "KLMA", "", "mm",
            "Distance between the centres of the outline and of the intensities"},
           centre_of_mass_shift},
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
          {{"volume_density_aabb", "PBX1", "", "1", "Volume over that of the box along the axes"},
           volume_density_aabb},
          {{"area_density_aabb", "R59B", "", "1", "Area over that of the box along the axes"},
           area_density_aabb},
          {{"volume_density_ombb", "ZH1A", "", "1",
            "Volume over that of the smallest box on a face of the convex hull"},
           volume_density_ombb},
          {{"area_density_ombb", "IQYR", "", "1",
            "Area over that of the smallest box on a face of the convex hull"},
           area_density_ombb},
          {{"volume_density_aee", "6BDE", "", "1",
            "Volume over that of the ellipsoid with the principal axes"},
           volume_density_aee},
          {{"area_density_aee", "RDD2", "", "1",
            "Area over that of the ellipsoid with the principal axes"},
           area_density_aee},
          {{"volume_density_mvee", "SWZ1", "", "1",
            "Volume over that of the smallest enclosing ellipsoid"},
           volume_density_mvee},
          {{"area_density_mvee", "BRI8", "", "1",
            "Area over that of the smallest enclosing ellipsoid"},
           area_density_mvee},
          {{"volume_density_convex_hull", "R3ER", "", "1", "Volume over that of the convex hull"},
           volume_density_convex_hull},
          {{"area_density_convex_hull", "7T7F", "", "1", "Area over that of the convex hull"},
           area_density_convex_hull},
          {{"integrated_intensity", "99N0", "", "intensity.mm3", "Volume times mean intensity"},
           integrated_intensity},
          {{"morans_i", "N365", "", "1",
            "Likeness of intensities that are near each other; about 0 if there is none"},
           morans_i},
          {{"gearys_c", "NPT7", "", "1",
            "Difference of intensities that are near each other; about 1 if they are independent"},
           gearys_c},
          {{"maximum_axial_diameter", "", "Maximum2DDiameterSlice", "mm",
            "Largest distance between two vertices of the mesh in the plane of one slice (RECIST)"},
           maximum_axial_diameter},
          {{"maximum_axial_diameter_perpendicular", "", "", "mm",
            "Longest line across the maximum axial diameter, in the same slice (WHO)"},
           maximum_axial_diameter_perpendicular},
      });
}

}  // namespace radiomics
