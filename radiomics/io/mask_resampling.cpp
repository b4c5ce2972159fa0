#include "radiomics/io/mask_resampling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "radiomics/core/mask_runs.h"

namespace radiomics {
namespace {

/// Rounds to the nearest voxel of a grid.
class NearestVoxel {
 public:
  explicit NearestVoxel(const Geometry& grid) {
    for (int axis = 0; axis < 3; ++axis) {
      double most = 0;  // the component in which the axis points most
      for (int row = 0; row < 3; ++row)
        if (const double value = grid.direction[3 * row + axis]; std::abs(value) > std::abs(most))
          most = value;
      forwards_[axis] = most > 0;
    }
  }

  Index3 operator()(const Vector3& index) const {
    Index3 voxel{};
    for (int axis = 0; axis < 3; ++axis) {
      const double near = std::clamp(index[axis], -farthest, farthest);
      voxel[axis] =
          int(forwards_[axis] ? std::floor(near + 0.5 + halfway) : std::ceil(near - 0.5 - halfway));
    }
    return voxel;
  }

 private:
  static constexpr double halfway = 1e-6;
  static constexpr double farthest = 1e9;  // in no grid, and an int
  std::array<bool, 3> forwards_{};
};

/// The voxels of the grid whose centres may lie in a box of another one.
Box box_around(const MaskWindow& mask, const Geometry& grid) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Vector3 low{infinity, infinity, infinity}, high{-infinity, -infinity, -infinity};
  for (int corner = 0; corner < 8; ++corner) {
    Vector3 point{};
    for (int axis = 0; axis < 3; ++axis)
      point[axis] = (corner >> axis & 1) ? mask.box.last[axis] + 0.5 : mask.box.first[axis] - 0.5;
    const Vector3 there = index_at(grid, position_mm(mask.grid, point));
    for (int axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], there[axis]);
      high[axis] = std::max(high[axis], there[axis]);
    }
  }
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    const double end = grid.size[axis];
    box.first[axis] = int(std::clamp(std::floor(low[axis]), 0.0, end));
    box.last[axis] = int(std::clamp(std::ceil(high[axis]), -1.0, end - 1));
  }
  return box;
}

bool is_inside(const MaskWindow& mask, const Index3& voxel) {
  for (int axis = 0; axis < 3; ++axis)
    if (voxel[axis] < mask.box.first[axis] || voxel[axis] > mask.box.last[axis]) return false;
  const Index3& first = mask.box.first;
  return mask.volume(voxel[0] - first[0], voxel[1] - first[1], voxel[2] - first[2]) != 0;
}

/// The voxels of a mask whose centres lie in no voxel of the grid.
std::size_t count_outside(const MaskWindow& mask, const Geometry& grid) {
  const NearestVoxel nearest(grid);
  const Index3& first = mask.box.first;
  std::size_t count = 0;
  for_each_run(mask.volume, [&](const MaskRun& run) {
    for (int x = run.first; x <= run.last; ++x) {
      const Index3 voxel{first[0] + x, first[1] + run.y, first[2] + run.z};
      count += !contains(grid, nearest(index_at(grid, position_mm(mask.grid, voxel))));
    }
  });
  return count;
}

}  // namespace

MovedMask resample_mask(const MaskWindow& mask, const Geometry& grid) {
  MovedMask moved{{grid, box_around(mask, grid), {}}, count_outside(mask, grid)};
  MaskWindow& there = moved.mask;
  if (there.box.empty()) return {{grid, {}, {}}, moved.outside};
  there.volume = Mask(window(grid, there.box));
  const NearestVoxel nearest(mask.grid);
  const Index3 size = there.box.size();
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x) {
        const Index3 voxel{there.box.first[0] + x, there.box.first[1] + y, there.box.first[2] + z};
        there.volume(x, y, z) =
            is_inside(mask, nearest(index_at(mask.grid, position_mm(grid, voxel))));
      }
  there = cut_to_bounding_box(std::move(there));
  return moved;
}

}  // namespace radiomics
