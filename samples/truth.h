#pragma once

#include <string>
#include <vector>

#include "samples/patients.h"

namespace radiomics::samples {

/// Elongation and flatness of IBSI: the square roots of the ratios of the middle and of the least
/// to the largest eigenvalue of the covariance of a solid's points. For a solid ellipsoid the
/// eigenvalues are the squared semi-axes / 5, hence the ratios of the semi-axes.
double elongation(const Ellipsoid& ellipsoid);
double flatness(const Ellipsoid& ellipsoid);

/// The area of the surface by Knud Thomsen's formula with p = 1.6075, at most 1.061 % off.
double surface_mm2(const Ellipsoid& ellipsoid);

/// How far the measures of the voxels with their centres inside may be from the ellipsoid's. With
/// h the cube root of the voxel's volume, S the surface and V the volume:
/// Cut into rows of voxels, the ellipsoid has S / (2 h^2) ends of rows (its mean shadow is S / 4).
/// An end is rounded to whole voxels: an error of standard deviation h / sqrt(12), independent from
/// row to row. The volume is the sum of ends times h^2, hence
///   sd(volume) = h^2 sqrt(S / 24) = 0.204 h^2 sqrt(S).
/// An end at the position x along an axis changes the variance along it in proportion to
/// x^2 / variance - 1, and over the surface x^2 / variance has mean 5/3, mean square 5, mean
/// product of two axes 5/3; a ratio of two axes, being a root, has therefore the standard deviation
///   sd(ratio) = ratio / 2 * sqrt(20 / 3) * sd(volume) / V = 1.29 ratio sd(volume) / V.
/// The tolerances are four standard deviations, the volume's with what the contours' polygons lose
/// (contour_area_ratio). They concern sums over voxels: a mesh that cuts corners loses more volume.
double volume_tolerance_mm3(const Ellipsoid& ellipsoid, const Geometry& grid);
double ratio_tolerance(double ratio, const Ellipsoid& ellipsoid, const Geometry& grid);

/// How far the largest distance between points of the voxelised surface may be from the largest
/// diameter: half a voxel's diagonal at either end.
double diameter_tolerance_mm(const Geometry& grid);

/// The truth about all lesions as CSV, one row per lesion. Lengths are in mm, volumes in mm3.
/// The axial diameters are those of the largest axial section: the longest, and the longest
/// perpendicular to it (RECIST, WHO).
std::string truth_csv(const std::vector<Patient>& patients);

}  // namespace radiomics::samples
