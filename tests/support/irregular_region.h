#pragma once

#include <cmath>
#include <random>

#include "radiomics/features/region_summary.h"
#include "radiomics/preprocess/prepare.h"
#include "tests/support/regions.h"

namespace radiomics {

/// What is measured in practice, small: an image of whole numbers with slow changes, noise and a
/// few bright voxels, whose voxels are longer along every axis than along the one before, and a
/// mask of three parts with holes and a ragged outline. Always the same.
struct IrregularCase {
  Image image;
  Mask mask;
  /// Leaves the bright voxels out of the intensity mask.
  PrepareOptions options{.resegment = {.lowest = -40, .highest = 160}};
};

namespace irregular {

inline double squared_distance(const Vector3& voxel, const Vector3& centre, const Vector3& radii) {
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis)
    sum += std::pow((voxel[axis] - centre[axis]) / radii[axis], 2);
  return sum;
}

inline bool is_drawn(const Vector3& voxel, unsigned chance) {
  if (squared_distance(voxel, {11, 9, 6}, {8, 6, 4}) <= 1) return chance % 16 != 0;
  if (squared_distance(voxel, {21, 15, 9}, {3, 4, 2}) <= 1) return chance % 4 != 0;
  return voxel == Vector3{3, 17, 2};
}

}  // namespace irregular

inline IrregularCase irregular_case() {
  const Geometry grid{.size = {28, 22, 14}, .spacing_mm = {0.8, 1.1, 2.5}};
  IrregularCase result{Image(grid), Mask(grid)};
  std::mt19937 random(5);
  for (int z = 0; z < grid.size[2]; ++z)
    for (int y = 0; y < grid.size[1]; ++y)
      for (int x = 0; x < grid.size[0]; ++x) {
        const double slow = 40 + 30 * std::sin(x / 3.0) * std::cos(y / 4.0) + 3 * z;
        const double noise = double(random() % 61) - 30;
        const double bright = random() % 20 == 0 ? 200 : 0;
        result.image(x, y, z) = std::round(slow + noise + bright);
        result.mask(x, y, z) =
            irregular::is_drawn({double(x), double(y), double(z)}, unsigned(random()));
      }
  return result;
}

/// With the part of the image around it that features look at.
inline Region irregular_region() {
  IrregularCase input = irregular_case();
  input.options.margin_mm = needed_margin_mm(SummaryOptions{});
  return prepare(as_window(input.image), cut_to_its_box(input.mask), input.options);
}

}  // namespace radiomics
