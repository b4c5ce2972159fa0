// The city-block distance is a sum over the axes, so that the nearest voxel outside is found along
// x, then among the results along y, then along z; after y the distance within slices is done.

#include "radiomics/texture/border_distance.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

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
/// \param out     their distances; the one before and the one behind them are 0
void measure_along_x(const std::uint8_t* inside, int count, std::uint16_t* out) {
  for (int x = 0; x < count; ++x) out[x] = inside[x] ? std::uint16_t(out[x - 1] + 1) : 0;
  for (int x = count - 1; x >= 0; --x) limit(out[x], out[x + 1]);
}

void limit_along_y(Distances& distances, int z) {
  const auto [width, height, depth] = distances.geometry().size;
  for (int y = 1; y < height; ++y) limit(&distances(0, y, z), &distances(0, y - 1, z), width);
  for (int y = height - 2; y >= 0; --y) limit(&distances(0, y, z), &distances(0, y + 1, z), width);
}

void limit_along_z(Distances& distances) {
  const auto [width, height, depth] = distances.geometry().size;
  const std::size_t slice = std::size_t(width) * height;
  for (int z = 1; z < depth; ++z) limit(&distances(0, 0, z), &distances(0, 0, z - 1), slice);
  for (int z = depth - 2; z >= 0; --z) limit(&distances(0, 0, z), &distances(0, 0, z + 1), slice);
}

}  // namespace

BorderDistances border_distances(const Mask& mask, int border) {
  assert(border >= 1);
  const auto [width, height, depth] = mask.geometry().size;
  BorderDistances result;
  result.in_slice = Distances(with_border(mask.geometry(), border));
  for (int z = 0; z < depth; ++z) {
    for (int y = 0; y < height; ++y)
      measure_along_x(&mask(0, y, z), width, &result.in_slice(border, y + border, z + border));
    limit_along_y(result.in_slice, z + border);
  }
  result.in_volume = result.in_slice;
  limit_along_z(result.in_volume);
  return result;
}

}  // namespace radiomics
