// The squared distance is a sum over the axes. The nearest voxel along z is found by counting, then
// along x and along y by the lower envelope of parabolas. Rounding is monotone, so that the least
// of the sums is the sum with the least: the result is that of the definition to the last bit.

#include "radiomics/preprocess/distance_slices.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

namespace radiomics {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr int none = std::numeric_limits<int>::max();

/// Heights above a line of points i = 0, 1, ..., and what is lowest at any q of
/// height(i) + ((q - i) step)².
class LowerEnvelope {
 public:
  LowerEnvelope(std::span<const double> heights, double step) : heights_(heights), step_(step) {}

  /// The lowest values at first, first + 1, ...
  void write(int first, std::span<double> values) {
    const int end = first + int(values.size());
    find_parabolas(first, end);
    if (parabolas_.empty()) std::ranges::fill(values, infinite);
    for (std::size_t i = 0; i < parabolas_.size(); ++i) {
      const int next = i + 1 < parabolas_.size() ? parabolas_[i + 1].from : end;
      for (int q = parabolas_[i].from; q < next; ++q)
        values[std::size_t(q - first)] = at(parabolas_[i].vertex, q);
    }
  }

 private:
  struct Parabola {
    int vertex;
    int from;  ///< where it begins to be the lowest
  };

  double at(int vertex, int q) const {
    const double along = (q - vertex) * step_;
    return heights_[std::size_t(vertex)] + along * along;
  }

  void find_parabolas(int first, int end) {
    parabolas_.clear();
    for (int vertex = 0; vertex < int(heights_.size()); ++vertex) {
      if (heights_[std::size_t(vertex)] == infinite) continue;
      while (!parabolas_.empty() && is_lower(vertex, parabolas_.back())) parabolas_.pop_back();
      const int from = parabolas_.empty() ? first : end_of(parabolas_.back(), vertex, end);
      if (from < end) parabolas_.push_back({vertex, from});
    }
  }

  bool is_lower(int vertex, const Parabola& other) const {
    return at(vertex, other.from) < at(other.vertex, other.from);
  }

  /// The first q from which the parabola of a later vertex is lower. The crossing is rounded, so
  /// the values themselves decide.
  int end_of(const Parabola& low, int vertex, int end) const {
    const double i = low.vertex, j = vertex;
    const double rise = heights_[std::size_t(vertex)] - heights_[std::size_t(low.vertex)];
    const double crossing = (i + j) / 2 + rise / (2 * (j - i) * step_ * step_);
    int q = int(std::clamp(std::ceil(crossing), double(low.from), double(end)));
    while (q < end && at(vertex, q) >= at(low.vertex, q)) ++q;
    while (q > low.from + 1 && at(vertex, q - 1) < at(low.vertex, q - 1)) --q;
    return q;
  }

  std::span<const double> heights_;
  double step_;
  std::vector<Parabola> parabolas_;
};

/// How many slices every voxel of a mask is away from the nearest inside in its column.
std::vector<int> steps_along_z(const Mask& mask) {
  const auto [width, height, depth] = mask.geometry().size;
  const std::size_t area = std::size_t(width) * height;
  std::vector<int> steps(mask.voxels().size());
  const auto limit = [&](std::size_t i, int neighbour) {
    if (neighbour != none) steps[i] = std::min(steps[i], neighbour + 1);
  };
  for (std::size_t i = 0; i < steps.size(); ++i) {
    steps[i] = mask.voxels()[i] ? 0 : none;
    if (i >= area) limit(i, steps[i - area]);
  }
  for (std::size_t i = steps.size() - area; i-- > 0;) limit(i, steps[i + area]);
  return steps;
}

}  // namespace

DistanceSlices::DistanceSlices(const MaskWindow& region, const Box& box, double limit_mm)
    : spacing_mm_(region.grid.spacing_mm),
      region_(region.box),
      box_(box),
      limit_mm2_(limit_mm * limit_mm),
      steps_(radiomics::steps_along_z(region.volume)),
      rows_(std::size_t(box.size()[0]) * region.box.size()[1]),
      slice_(std::size_t(box.size()[0]) * box.size()[1]) {
  assert(!box.empty() && !region.box.empty());
}

std::span<const double> DistanceSlices::slice(int z) {
  for (int y = 0; y < region_.size()[1]; ++y) measure_row(y, z);
  measure_columns();
  return slice_;
}

/// Above and below the window the nearest voxel is that of its last slice, and further away.
int DistanceSlices::steps_along_z(std::size_t column, int z) const {
  const int inside = std::clamp(z, region_.first[2], region_.last[2]);
  const std::size_t area = std::size_t(region_.size()[0]) * region_.size()[1];
  const int steps = steps_[std::size_t(inside - region_.first[2]) * area + column];
  return steps == none ? none : steps + std::abs(z - inside);
}

void DistanceSlices::measure_row(int y, int z) {
  const int width = region_.size()[0];
  std::vector<double> heights(std::size_t(width), infinite);
  for (int x = 0; x < width; ++x) {
    const int steps = steps_along_z(std::size_t(y) * width + x, z);
    const double along = steps * spacing_mm_[2];
    if (steps != none && along * along <= limit_mm2_) heights[std::size_t(x)] = along * along;
  }
  const auto out = std::size_t(box_.size()[0]);
  LowerEnvelope(heights, spacing_mm_[0])
      .write(box_.first[0] - region_.first[0], std::span(rows_).subspan(y * out, out));
}

void DistanceSlices::measure_columns() {
  const auto width = std::size_t(box_.size()[0]);
  std::vector<double> heights(std::size_t(region_.size()[1]));
  std::vector<double> column(std::size_t(box_.size()[1]));
  LowerEnvelope envelope(heights, spacing_mm_[1]);
  for (std::size_t x = 0; x < width; ++x) {
    for (std::size_t y = 0; y < heights.size(); ++y) {
      const double height = rows_[y * width + x];
      heights[y] = height <= limit_mm2_ ? height : infinite;
    }
    envelope.write(box_.first[1] - region_.first[1], column);
    for (std::size_t y = 0; y < column.size(); ++y) slice_[y * width + x] = column[y];
  }
}

}  // namespace radiomics
