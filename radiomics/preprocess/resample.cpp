// Both grids have the same axes, so that interpolation is done along one axis after the other.

#include "radiomics/preprocess/resample.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "radiomics/preprocess/cubic_spline.h"

namespace radiomics {
namespace {

/// Along one axis, where a voxel of the resampled grid lies in voxels of the old one.
struct AxisMap {
  double step, middle, old_middle;

  AxisMap(const Geometry& from, const Geometry& to, int axis)
      : step(to.spacing_mm[axis] / from.spacing_mm[axis]),
        middle(0.5 * (to.size[axis] - 1)),
        old_middle(0.5 * (from.size[axis] - 1)) {}

  double old_index(int index) const { return (index - middle) * step + old_middle; }
  double new_index(double old_index) const { return (old_index - old_middle) / step + middle; }
};

// Rounding must not make a voxel out of a coordinate like 3.0000000000000004: indices closer than
// this to a whole number are whole.
constexpr double index_noise = 1e-9;

double without_noise(double index) {
  const double whole = std::round(index);
  return std::abs(index - whole) < index_noise ? whole : index;
}

/// Where the voxels of a box lie along one axis, in voxels of the old grid and kept inside it.
std::vector<double> old_indices(const Geometry& grid, const Geometry& resampled, const Box& box,
                                int axis) {
  const AxisMap map(grid, resampled, axis);
  std::vector<double> result;
  for (int i = box.first[axis]; i <= box.last[axis]; ++i)
    result.push_back(std::clamp(without_noise(map.old_index(i)), 0.0, double(grid.size[axis] - 1)));
  return result;
}

double nearest_whole(double index) { return std::floor(index + 0.5 + index_noise); }

/// Of the two samples between which an index lies, or of the one that it is.
SampleWeights linear_weights(double index) {
  const int below = int(index);
  const double fraction = index - below;
  if (fraction > 0) return {below, {1 - fraction, fraction}};
  return {below, {1}};
}

SampleWeights weights_at(double index, int count, Interpolation interpolation) {
  switch (interpolation) {
    case Interpolation::nearest:
      return {int(nearest_whole(index)), {1}};
    case Interpolation::linear:
      return linear_weights(index);
    case Interpolation::cubic:
      return cubic_spline_weights(index, count);
  }
  return {};
}

/// For the voxels of a box along one axis: of which voxels of the source they are made.
std::vector<SampleWeights> weights_along(const ImageWindow& source, const Geometry& resampled,
                                         const Box& box, int axis, Interpolation interpolation) {
  std::vector<SampleWeights> result;
  for (const double index : old_indices(source.grid, resampled, box, axis)) {
    result.push_back(weights_at(index, source.grid.size[axis], interpolation));
    auto& [first, weights] = result.back();
    first -= source.box.first[axis];
    assert(first >= 0 && first + int(weights.size()) <= source.box.size()[axis]);
  }
  return result;
}

/// The weights add up to 1. Distances from the first sample are summed, so that a value between
/// equal samples is exact.
double weighted_sum(const double* samples, const std::vector<double>& weights) {
  double sum = 0;
  for (std::size_t i = 1; i < weights.size(); ++i) sum += weights[i] * (samples[i] - samples[0]);
  return samples[0] + sum;
}

/// The same for `count` neighbouring values at once, whose samples are `stride` apart.
void weighted_sums(const double* samples, std::size_t stride, const std::vector<double>& weights,
                   int count, double* out) {
  std::fill_n(out, count, 0.0);
  for (std::size_t i = 1; i < weights.size(); ++i) {
    const double weight = weights[i];
    const double* row = samples + i * stride;
    for (int x = 0; x < count; ++x) out[x] += weight * (row[x] - samples[x]);
  }
  for (int x = 0; x < count; ++x) out[x] += samples[x];
}

/// The volume with the voxels of one axis replaced by weighted sums along it, which fill the grid.
Image resample_along(const Image& source, const Geometry& grid, int axis,
                     const std::vector<SampleWeights>& along) {
  const Index3& size = source.geometry().size;
  const auto row = std::size_t(size[0]), slice = row * std::size_t(size[1]);
  Image result(grid);
  const auto [nx, ny, nz] = grid.size;
  for (int z = 0; z < nz; ++z)
    for (int y = 0; y < ny; ++y) {
      double* out = &result(0, y, z);
      if (axis == 0) {
        const double* samples = &source(0, y, z);
        for (int x = 0; x < nx; ++x)
          out[x] = weighted_sum(samples + along[x].first, along[x].weights);
        continue;
      }
      const auto& [first, weights] = along[axis == 1 ? y : z];
      const double* samples = axis == 1 ? &source(0, first, z) : &source(0, y, first);
      weighted_sums(samples, axis == 1 ? row : slice, weights, nx, out);
    }
  return result;
}

}  // namespace

Geometry resampled_grid(const Geometry& grid, const Vector3& spacing_mm) {
  Geometry result = grid;
  Vector3 first_voxel{};
  for (int axis = 0; axis < 3; ++axis) {
    if (!(spacing_mm[axis] > 0) || spacing_mm[axis] == grid.spacing_mm[axis]) continue;
    const double size = grid.size[axis] * grid.spacing_mm[axis] / spacing_mm[axis];
    result.size[axis] = std::max(1, int(std::ceil(without_noise(size))));
    result.spacing_mm[axis] = spacing_mm[axis];
    first_voxel[axis] = AxisMap(grid, result, axis).old_index(0);
  }
  result.origin_mm = position_mm(grid, first_voxel);
  return result;
}

Box resampled_box(const Geometry& grid, const Box& box, const Geometry& resampled) {
  Box result;
  for (int axis = 0; axis < 3; ++axis) {
    const AxisMap map(grid, resampled, axis);
    const bool same = grid.spacing_mm[axis] == resampled.spacing_mm[axis];
    const int reach = same ? 0 : 1;
    const double first = without_noise(map.new_index(box.first[axis] - reach));
    const double last = without_noise(map.new_index(box.last[axis] + reach));
    const int end = resampled.size[axis] - 1;
    // What touches the border of the image is continued beyond it.
    const bool at_start = box.first[axis] == 0, at_end = box.last[axis] == grid.size[axis] - 1;
    result.first[axis] = at_start ? 0 : std::clamp(int(std::ceil(first)), 0, end);
    result.last[axis] = at_end ? end : std::clamp(int(std::floor(last)), 0, end);
  }
  return result;
}

Box support_of(const Geometry& resampled, const Box& box, const Geometry& grid,
               Interpolation interpolation) {
  Box result;
  for (int axis = 0; axis < 3; ++axis) {
    const AxisMap map(grid, resampled, axis);
    const int end = grid.size[axis] - 1;
    const bool wide = interpolation == Interpolation::cubic &&
                      grid.spacing_mm[axis] != resampled.spacing_mm[axis];
    const int reach = wide ? cubic_spline_radius : 0;
    // Points beyond the border are moved onto it before their neighbours are looked up.
    const double low = std::clamp(map.old_index(box.first[axis]), 0.0, double(end));
    const double high = std::clamp(map.old_index(box.last[axis]), 0.0, double(end));
    result.first[axis] = std::clamp(int(std::floor(without_noise(low))) - reach, 0, end);
    result.last[axis] = std::clamp(int(std::ceil(without_noise(high))) + reach, 0, end);
  }
  return result;
}

Image resample(const ImageWindow& source, const Geometry& resampled, const Box& box,
               Interpolation interpolation) {
  Geometry grid = window(resampled, box);  // of the size of the source along axes to come
  grid.size = source.volume.geometry().size;
  Image result;
  const Image* image = &source.volume;
  for (int axis = 0; axis < 3; ++axis) {
    const bool kept = source.grid.spacing_mm[axis] == resampled.spacing_mm[axis] &&
                      source.box.first[axis] == box.first[axis] &&
                      source.box.last[axis] == box.last[axis];
    if (kept) continue;
    grid.size[axis] = box.size()[axis];
    result = resample_along(*image, grid, axis,
                            weights_along(source, resampled, box, axis, interpolation));
    image = &result;
  }
  if (image == &result) return result;
  result = Image(grid);
  std::ranges::copy(source.volume.voxels(), result.voxels().begin());
  return result;
}

}  // namespace radiomics
