#include "radiomics/preprocess/largest_part.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace radiomics {
namespace {

using Part = std::vector<Index3>;

/// Takes the voxels around one that are still in `rest` out of it and appends them to `part`.
void take_neighbours(const Index3& voxel, Mask& rest, Part& part) {
  const Index3 size = rest.geometry().size;
  Index3 first{}, last{};
  for (int axis = 0; axis < 3; ++axis) {
    first[axis] = std::max(voxel[axis] - 1, 0);
    last[axis] = std::min(voxel[axis] + 1, size[axis] - 1);
  }
  for (int z = first[2]; z <= last[2]; ++z)
    for (int y = first[1]; y <= last[1]; ++y)
      for (int x = first[0]; x <= last[0]; ++x)
        if (auto& inside = rest(x, y, z); inside) {
          inside = 0;
          part.push_back({x, y, z});
        }
}

/// Takes everything connected to a voxel out of `rest`.
Part take_part(const Index3& seed, Mask& rest) {
  Part part{seed};
  rest(seed[0], seed[1], seed[2]) = 0;
  for (std::size_t i = 0; i < part.size(); ++i) take_neighbours(Index3(part[i]), rest, part);
  return part;
}

}  // namespace

Mask largest_part(const Mask& mask) {
  Mask rest = mask;
  Part largest;
  const auto [nx, ny, nz] = mask.geometry().size;
  for (int z = 0; z < nz; ++z)
    for (int y = 0; y < ny; ++y)
      for (int x = 0; x < nx; ++x) {
        if (!rest(x, y, z)) continue;
        if (Part part = take_part({x, y, z}, rest); part.size() > largest.size())
          largest = std::move(part);
      }
  Mask result(mask.geometry());
  for (const auto& [x, y, z] : largest) result(x, y, z) = 1;
  return result;
}

}  // namespace radiomics
