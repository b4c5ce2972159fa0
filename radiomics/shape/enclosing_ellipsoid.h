#pragma once

#include <array>
#include <span>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// Semi-axes of an ellipsoid, the longest first.
using SemiAxes = std::array<double, 3>;

double ellipsoid_volume(const SemiAxes& axes);

/// What IBSI calls the area of an ellipsoid, and its reference values need: 4 pi a b times the sum
/// over v = 0 .. 20 of (alpha beta)^v / (1 - 4 v^2) P_v((alpha^2 + beta^2) / (2 alpha beta)), P
/// being Legendre polynomials, alpha^2 = 1 - b^2 / a^2 and beta^2 = 1 - c^2 / a^2.
///
/// It is the area of a sphere, but not of other ellipsoids: one of 3 x 2 x 2 has 14 % more. (The
/// area itself follows from the same series with 1 - c^2 / a^2 and 1 - c^2 / b^2.) \source IBSI
/// RDD2 (reference manual, section 3.1)
double ibsi_ellipsoid_area(const SemiAxes& axes);

/// The ellipsoid of the smallest volume that encloses all points, which do not lie in one plane.
/// All points are inside; the volume is above the smallest possible one by less than a factor of
/// 1 + 1e-7.
///
/// Cost: some tens of passes over all points, and of steps over the few that matter.
/// \source Khachiyan 1996, doi:10.1287/moor.21.2.307; steps away from points: Todd & Yildirim 2007,
///         doi:10.1016/j.dam.2007.02.013; steps of Newton's method: Sun & Freund 2004,
///         doi:10.1287/opre.1040.0115
SemiAxes smallest_enclosing_ellipsoid(std::span<const Vector3> points);

}  // namespace radiomics
