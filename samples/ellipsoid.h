#pragma once

#include <array>
#include <optional>
#include <vector>

#include "radiomics/core/volume.h"

namespace radiomics::samples {

using Vector2 = std::array<double, 2>;

/// A solid whose measures are known exactly: { centre + axes u : |u / semi_axes| <= 1 }.
/// Positions are in the patient frame (LPS, mm). Uses no function but the square root, so that
/// results are the same on every machine with IEEE 754 arithmetic.
struct Ellipsoid {
  Vector3 centre_mm{};
  Vector3 semi_axes_mm{1, 1, 1};                          ///< falling for tumours
  std::array<double, 9> axes{1, 0, 0, 0, 1, 0, 0, 0, 1};  ///< rows; columns are the unit axes
};

/// The rotation matrix of a quaternion (w, x, y, z), which need not have length 1.
std::array<double, 9> rotation(const std::array<double, 4>& quaternion);

bool contains(const Ellipsoid& ellipsoid, const Vector3& position_mm);

double volume_mm3(const Ellipsoid& ellipsoid);  ///< 4/3 pi a b c

/// Half the size of the box around it, along the patient's x, y and z.
Vector3 half_extent_mm(const Ellipsoid& ellipsoid);

/// An ellipse in an axial plane: centre + from_circle * (point of the unit circle).
struct EllipticSection {
  Vector2 centre_mm{};
  std::array<double, 4> from_circle{};  ///< rows
};

/// What an axial plane cuts out of the ellipsoid; nothing if it misses it. All sections have one
/// shape; the one through the centre is the largest.
std::optional<EllipticSection> section(const Ellipsoid& ellipsoid, double z_mm);

double area_mm2(const EllipticSection& section);

/// The longest diameter and the longest one perpendicular to it.
std::array<double, 2> diameters_mm(const EllipticSection& section);

/// How many points a contour has, and the part of the ellipse's area that the polygon holds:
/// sin(2 pi / n) / (2 pi / n), for every ellipse.
constexpr int contour_points = 128;
constexpr double contour_area_ratio = 0.999598;

/// The outline as a polygon, corners on the ellipse: the polygon lies inside it.
std::vector<Vector2> polygon(const EllipticSection& section);

/// 1 for the voxels whose centre lies inside, 0 for the others.
Mask voxelised(const Ellipsoid& ellipsoid, const Geometry& grid);

/// The voxels around it: none of the grid outside this box has its centre inside. May be empty.
Box box_around(const Ellipsoid& ellipsoid, const Geometry& grid);

}  // namespace radiomics::samples
