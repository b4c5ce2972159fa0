#pragma once

#include <cstring>

#include "radiomics/core/volume.h"

namespace radiomics {

/// The voxels first .. last of row (y, z), all inside a mask; those beside them are not.
struct MaskRun {
  int first, last, y, z;

  int size() const { return last - first + 1; }
};

/// The first voxel from `from` on that is inside; `end` if there is none.
inline const std::uint8_t* first_inside(const std::uint8_t* from, const std::uint8_t* end) {
  for (std::uint64_t eight; end - from >= 8; from += 8) {
    std::memcpy(&eight, from, 8);
    if (eight != 0) break;
  }
  while (from != end && *from == 0) ++from;
  return from;
}

/// Calls visit(run) for all voxels inside a mask, run by run, x fastest and z slowest. A pass over
/// a mask costs little more than the voxels inside.
template <class Visit>
void for_each_run(const Mask& mask, Visit visit) {
  const auto [width, height, depth] = mask.geometry().size;
  for (int z = 0; z < depth; ++z)
    for (int y = 0; y < height; ++y) {
      const std::uint8_t* row = &mask(0, y, z);
      const std::uint8_t* end = row + width;
      for (const std::uint8_t* x = first_inside(row, end); x != end; x = first_inside(x, end)) {
        const auto first = int(x - row);
        const void* outside = std::memchr(x, 0, std::size_t(end - x));
        x = outside ? static_cast<const std::uint8_t*>(outside) : end;
        visit(MaskRun{first, int(x - row) - 1, y, z});
      }
    }
}

inline std::size_t voxels_inside(const Mask& mask) {
  std::size_t voxels = 0;
  for_each_run(mask, [&](const MaskRun& run) { voxels += std::size_t(run.size()); });
  return voxels;
}

/// The smallest box that holds all voxels inside; empty if there are none.
inline Box bounding_box(const Mask& mask) {
  Box box{mask.geometry().size, {-1, -1, -1}};
  for_each_run(mask, [&](const MaskRun& run) {
    const Index3 low{run.first, run.y, run.z}, high{run.last, run.y, run.z};
    for (int axis = 0; axis < 3; ++axis) {
      box.first[axis] = std::min(box.first[axis], low[axis]);
      box.last[axis] = std::max(box.last[axis], high[axis]);
    }
  });
  return box;
}

}  // namespace radiomics
