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

/// How far the volume of the voxels with their centres inside may be from the ellipsoid's:
///   0.05 * surface * mean voxel edge (the cube root of the voxel's volume).
/// A voxel that the surface cuts is wrong by at most half its volume, one way or the other, and the
/// errors of voxels far apart have nothing to do with each other: the total grows with the root of
/// the number of voxels on the surface only. The cohort's largest error is a third of the bound.
double volume_bound_mm3(const Ellipsoid& ellipsoid, const Geometry& grid);

/// The truth about all lesions as CSV, one row per lesion. Lengths are in mm, volumes in mm3.
/// The axial diameters are those of the largest axial section: the longest, and the longest
/// perpendicular to it (RECIST, WHO).
std::string truth_csv(const std::vector<Patient>& patients);

}  // namespace radiomics::samples
