#include "benchmarks/synthetic_regions.h"

#include <cmath>
#include <utility>

#include "samples/ellipsoid.h"
#include "samples/random.h"

namespace radiomics::benchmarks {
namespace {

constexpr double lung_hu = -850;

/// A grid of 1 mm around an ellipsoid at its centre, with the margin that features look at.
Geometry grid_around(const Vector3& semi_axes_mm) {
  Geometry grid;
  for (int axis = 0; axis < 3; ++axis)
    grid.size[axis] = 2 * int(std::ceil(semi_axes_mm[axis] + local_intensity_radius_mm)) + 1;
  grid.spacing_mm = {1, 1, 1};
  return grid;
}

/// Fills the ellipsoid; lung is around it.
/// \param intensity  of the voxel x, y, z, which has the number i
template <class Intensity>
Source filled_ellipsoid(const Vector3& semi_axes_mm, Intensity intensity) {
  const Geometry grid = grid_around(semi_axes_mm);
  const auto [nx, ny, nz] = grid.size;
  const Mask mask = samples::voxelised(
      {.centre_mm = {0.5 * (nx - 1), 0.5 * (ny - 1), 0.5 * (nz - 1)}, .semi_axes_mm = semi_axes_mm},
      grid);
  Image image(grid, lung_hu);
  for (int z = 0; z < nz; ++z)
    for (int y = 0; y < ny; ++y)
      for (int x = 0; x < nx; ++x)
        if (mask(x, y, z)) image(x, y, z) = std::round(intensity(x, y, z, mask.index(x, y, z)));
  return {.image = {grid, whole(grid), std::move(image)},
          .mask = {grid, whole(grid), mask},
          .options = {.margin_mm = needed_margin_mm(summary_options())}};
}

}  // namespace

Source ellipsoid_source(double scale) {
  // Waves of 40, 25 and 16 voxels: neighbours are alike, as in tissue.
  const auto tissue = [](int x, int y, int z, std::size_t i) {
    const double waves = std::sin(x / 6.4) + std::sin(y / 4.0) + std::sin(z / 2.5);
    return 40 + 30 * waves + 25 * samples::noise(1, i);
  };
  return filled_ellipsoid({120 * scale, 102 * scale, 85.62 * scale}, tissue);
}

Source many_levels_source() {
  const auto any_level = [](int, int, int, std::size_t i) {
    return -1000 + 25 * std::floor(400 * samples::uniform(2, i)) + 12;
  };
  return filled_ellipsoid({9.85, 9.85, 9.85}, any_level);
}

}  // namespace radiomics::benchmarks
