// The city-block distance is a sum over the axes, so that the nearest voxel outside is found along
// x, then among the results along y, then along z; after y the distance within slices is done.

#include "radiomics/texture/border_distance.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

namespace radiomics {
namespace {

using Distances = Volume<std::uint16_t>;

Geometry with_border(const Geometry& grid, int border) {
  Box box = whole(grid);
  for (int axis = 0; axis < 3; ++axis) {
    box.first[axis] -= border;
    box.last[axis] += border;
  }
  return window(grid, box);
}

/// No voxel is farther than one more than its neighbour.
void limit(std::uint16_t& distance, std::uint16_t neighbour) {
  distance = std::min(distance, std::uint16_t(neighbour + 1));
}

void limit(std::uint16_t* distances, const std::uint16_t* neighbours, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) limit(distances[i], neighbours[i]);
}

/// \param inside  `count` voxels of the mask
/// \param out     their distances; 0 when called
void measure_along_x(const std::uint8_t* inside, int count, std::uint16_t* out) {
  for (int x = 0; x < count; ++x) {
    if (!inside[x]) continue;
    const int before = x - 1;
    while (x < count && inside[x]) ++x;
    for (int i = before + 1; i < x; ++i) out[i] = std::uint16_t(std::min(i - before, x - i));
  }
}

void limit_along_y(Distances& distances, int z) {
  const auto [width, height, depth] = distances.geometry().size;
  for (int y = 1; y < height; ++y) limit(&distances(0, y, z), &distances(0, y - 1, z), width);
  for (int y = height - 2; y >= 0; --y) limit(&distances(0, y, z), &distances(0, y + 1, z), width);
}

/// Distances in slice z, but for the zeros around it.
void measure_in_slice(const Mask& mask, int border, int z, Distances& distances) {
  const auto [width, height, depth] = mask.geometry().size;
  for (int y = 0; y < height; ++y)
    measure_along_x(&mask(0, y, z), width, &distances(border, y + border, z + border));
  limit_along_y(distances, z + border);
}

void limit_along_z(Distances& distances) {
  const auto [width, height, depth] = distances.geometry().size;
  const std::size_t slice = std::size_t(width) * height;
  for (int z = 1; z < depth; ++z) limit(&distances(0, 0, z), &distances(0, 0, z - 1), slice);
  for (int z = depth - 2; z >= 0; --z) limit(&distances(0, 0, z), &distances(0, 0, z + 1), slice);
}

}  // namespace

BorderDistances border_distances(const Mask& mask, int border, std::span<const Aggregation> asked) {
  assert(border >= 1);
  const bool slices = needs_slices(asked), volume = needs_volume(asked);
  if (!slices && !volume) return {};
  Distances distances(with_border(mask.geometry(), border));
  for (int z = 0; z < mask.geometry().size[2]; ++z) measure_in_slice(mask, border, z, distances);
  if (!volume) return {.in_slice = std::move(distances), .in_volume = {}};
  BorderDistances result;
  if (slices) result.in_slice = distances;
  limit_along_z(distances);
  result.in_volume = std::move(distances);
  return result;
}

}  // namespace radiomics
