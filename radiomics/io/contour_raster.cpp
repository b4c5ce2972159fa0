// A scan over the rows: an edge toggles inside and outside at the first voxel centre that is not
// left of it. Toggles at one place cancel in pairs, which is what makes sets of them easy to join.

#include "radiomics/io/contour_raster.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace radiomics {
namespace {

struct Toggle {
  int y = 0;
  int x = 0;
  int winding = 0;  ///< +1 where the edge runs towards +y, -1 towards -y

  bool same_place(const Toggle& other) const { return y == other.y && x == other.x; }
};

bool before(const Toggle& a, const Toggle& b) { return a.y != b.y ? a.y < b.y : a.x < b.x; }

/// The lowest whole number >= value, within [0, limit].
int first_centre(double value, int limit) {
  return int(std::ceil(std::clamp(value, 0.0, double(limit))));
}

void add_edge(SlicePoint from, SlicePoint to, int columns, int rows, std::vector<Toggle>& toggles) {
  const int winding = from[1] < to[1] ? 1 : -1;
  if (winding < 0) std::swap(from, to);  // one formula for both directions: the same rounding
  const int end = first_centre(to[1], rows);
  for (int y = first_centre(from[1], rows); y < end; ++y) {
    const double x = from[0] + (y - from[1]) / (to[1] - from[1]) * (to[0] - from[0]);
    toggles.push_back({y, first_centre(x, columns), winding});
  }
}

std::vector<Toggle> sorted_toggles(std::span<const SlicePoint> polygon, int columns, int rows) {
  std::vector<Toggle> toggles;
  for (std::size_t i = 0; i < polygon.size(); ++i)
    add_edge(polygon[i], polygon[(i + 1) % polygon.size()], columns, rows, toggles);
  std::ranges::sort(toggles, before);
  return toggles;
}

std::vector<Toggle> toggles_of(const Runs& runs) {
  std::vector<Toggle> toggles;
  for (const VoxelRun& run : runs) {
    toggles.push_back({run.y, run.first, 0});
    toggles.push_back({run.y, run.end, 0});
  }
  return toggles;
}

/// Pairs of toggles make runs; two at one place cancel.
Runs runs_of(const std::vector<Toggle>& toggles) {
  std::vector<Toggle> left;
  for (const Toggle& toggle : toggles) {
    if (!left.empty() && left.back().same_place(toggle))
      left.pop_back();
    else
      left.push_back(toggle);
  }
  Runs runs;
  for (std::size_t i = 0; i + 1 < left.size(); i += 2)
    runs.push_back({left[i].y, left[i].x, left[i + 1].x});
  return runs;
}

// The winding number is 0 outside and, all over a polygon that does not cross itself, either 1 or
// -1 inside.
std::size_t crossed_voxels(const std::vector<Toggle>& toggles) {
  std::size_t forwards = 0, backwards = 0, repeatedly = 0;
  int winding = 0;
  for (std::size_t i = 0; i + 1 < toggles.size(); ++i) {
    winding += toggles[i].winding;
    if (winding == 0) continue;  // also between rows: a polygon is closed
    const auto count = std::size_t(toggles[i + 1].x - toggles[i].x);
    (std::abs(winding) > 1 ? repeatedly : winding > 0 ? forwards : backwards) += count;
  }
  return repeatedly + std::min(forwards, backwards);
}

}  // namespace

ContourRaster rasterise(std::span<const SlicePoint> polygon, int columns, int rows) {
  const std::vector<Toggle> toggles = sorted_toggles(polygon, columns, rows);
  return {runs_of(toggles), crossed_voxels(toggles)};
}

std::size_t voxel_count(const Runs& runs) {
  std::size_t count = 0;
  for (const VoxelRun& run : runs) count += std::size_t(run.end - run.first);
  return count;
}

Runs exclusive_or(const Runs& a, const Runs& b) {
  const std::vector<Toggle> in_a = toggles_of(a), in_b = toggles_of(b);
  std::vector<Toggle> both;
  std::ranges::merge(in_a, in_b, std::back_inserter(both), before);
  return runs_of(both);
}

}  // namespace radiomics
