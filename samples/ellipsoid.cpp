#include "samples/ellipsoid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace radiomics::samples {
namespace {

/// The symmetric matrix Q with contains(p) = (p - centre)' Q (p - centre) <= 1.
std::array<double, 9> quadratic_form(const Ellipsoid& ellipsoid) {
  std::array<double, 9> form{};
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      for (int axis = 0; axis < 3; ++axis) {
        const double length = ellipsoid.semi_axes_mm[axis];
        form[3 * row + column] +=
            ellipsoid.axes[3 * row + axis] * ellipsoid.axes[3 * column + axis] / (length * length);
      }
  return form;
}

}  // namespace

std::array<double, 9> rotation(const std::array<double, 4>& quaternion) {
  const auto [w, x, y, z] = quaternion;
  const double square = w * w + x * x + y * y + z * z;
  std::array<double, 9> matrix{
      w * w + x * x - y * y - z * z, 2 * (x * y - w * z),           2 * (x * z + w * y),
      2 * (x * y + w * z),           w * w - x * x + y * y - z * z, 2 * (y * z - w * x),
      2 * (x * z - w * y),           2 * (y * z + w * x),           w * w - x * x - y * y + z * z};
  for (double& element : matrix) element /= square;
  return matrix;
}

bool contains(const Ellipsoid& ellipsoid, const Vector3& position_mm) {
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis) {
    double along = 0;
    for (int row = 0; row < 3; ++row)
      along += ellipsoid.axes[3 * row + axis] * (position_mm[row] - ellipsoid.centre_mm[row]);
    along /= ellipsoid.semi_axes_mm[axis];
    sum += along * along;
    if (sum > 1) return false;
  }
  return true;
}

double volume_mm3(const Ellipsoid& ellipsoid) {
  const auto [a, b, c] = ellipsoid.semi_axes_mm;
  return 4 * std::numbers::pi / 3 * a * b * c;
}

Vector3 half_extent_mm(const Ellipsoid& ellipsoid) {
  Vector3 extent{};
  for (int row = 0; row < 3; ++row) {
    for (int axis = 0; axis < 3; ++axis) {
      const double part = ellipsoid.axes[3 * row + axis] * ellipsoid.semi_axes_mm[axis];
      extent[row] += part * part;
    }
    extent[row] = std::sqrt(extent[row]);
  }
  return extent;
}

// With Q = [[A, b], [b', c]] and d the distance of the plane from the centre, the section is
// (q - m)' A (q - m) <= 1 - (d / h)^2, m = -d A^-1 b, h the half extent along z. A = L L' makes the
// unit circle u into q = m + sqrt(1 - (d / h)^2) L'^-1 u.
std::optional<EllipticSection> section(const Ellipsoid& ellipsoid, double z_mm) {
  const double d = z_mm - ellipsoid.centre_mm[2];
  const double height = half_extent_mm(ellipsoid)[2];
  const double level = 1 - d * d / (height * height);
  if (!(level > 0)) return {};
  const auto form = quadratic_form(ellipsoid);
  const double xx = form[0], xy = form[1], yy = form[4], xz = form[2], yz = form[5];
  const double determinant = xx * yy - xy * xy;
  EllipticSection result;
  result.centre_mm = {ellipsoid.centre_mm[0] - d * (yy * xz - xy * yz) / determinant,
                      ellipsoid.centre_mm[1] - d * (xx * yz - xy * xz) / determinant};
  const double l00 = std::sqrt(xx), l10 = xy / l00, l11 = std::sqrt(determinant) / l00;
  const double scale = std::sqrt(level);
  result.from_circle = {scale / l00, -scale * l10 / (l00 * l11), 0, scale / l11};
  return result;
}

double area_mm2(const EllipticSection& section) {
  const auto& m = section.from_circle;
  return std::numbers::pi * std::abs(m[0] * m[3] - m[1] * m[2]);
}

// The semi-axes are the singular values s >= t of the matrix: s^2 + t^2 is the sum of its squared
// elements, s t its determinant.
std::array<double, 2> diameters_mm(const EllipticSection& section) {
  const auto& m = section.from_circle;
  const double squares = m[0] * m[0] + m[1] * m[1] + m[2] * m[2] + m[3] * m[3];
  const double product = std::abs(m[0] * m[3] - m[1] * m[2]);
  const double sum = std::sqrt(squares + 2 * product);
  const double difference = std::sqrt(std::max(squares - 2 * product, 0.0));
  return {sum + difference, sum - difference};
}

std::vector<Vector2> polygon(const EllipticSection& section) {
  // cos and sin of 2 pi / 128: written out, because libraries round them differently
  constexpr double step_cos = 0.99879545620517239271, step_sin = 0.04906767432741801426;
  static_assert(contour_points == 128);
  const auto& m = section.from_circle;
  std::vector<Vector2> points;
  points.reserve(contour_points);
  double x = 1, y = 0;
  for (int i = 0; i < contour_points; ++i) {
    points.push_back(
        {section.centre_mm[0] + m[0] * x + m[1] * y, section.centre_mm[1] + m[2] * x + m[3] * y});
    const double next_x = step_cos * x - step_sin * y;
    y = step_sin * x + step_cos * y;
    x = next_x;
  }
  return points;
}

Box box_around(const Ellipsoid& ellipsoid, const Geometry& grid) {
  const Vector3 extent = half_extent_mm(ellipsoid);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Vector3 low{infinity, infinity, infinity}, high{-infinity, -infinity, -infinity};
  for (int corner = 0; corner < 8; ++corner) {
    Vector3 position = ellipsoid.centre_mm;
    for (int axis = 0; axis < 3; ++axis)
      position[axis] += (corner >> axis & 1) ? extent[axis] : -extent[axis];
    const Vector3 index = index_at(grid, position);
    for (int axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], index[axis]);
      high[axis] = std::max(high[axis], index[axis]);
    }
  }
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    box.first[axis] = std::max(int(std::floor(low[axis])), 0);
    box.last[axis] = std::min(int(std::ceil(high[axis])), grid.size[axis] - 1);
  }
  return box;
}

Mask voxelised(const Ellipsoid& ellipsoid, const Geometry& grid) {
  Mask mask(grid);
  const Box box = box_around(ellipsoid, grid);
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x)
        mask(x, y, z) = contains(ellipsoid, position_mm(grid, Index3{x, y, z}));
  return mask;
}

}  // namespace radiomics::samples
