#include "radiomics/io/grid_placement.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "radiomics/core/mask_runs.h"

namespace radiomics {
namespace {

// So far off that no image reaches it, and safe to round: the number of a voxel is an int.
constexpr double farthest_voxel = 1e6;

Index3 rounded(const Vector3& index) {
  Index3 result{};
  for (int axis = 0; axis < 3; ++axis)
    result[axis] = int(std::round(std::clamp(index[axis], -farthest_voxel, farthest_voxel)));
  return result;
}

/// One step along one axis each, and no axis twice.
bool is_order_of_axes(const std::array<Index3, 3>& steps) {
  Index3 used{};
  for (const Index3& step : steps) {
    if (std::abs(step[0]) + std::abs(step[1]) + std::abs(step[2]) != 1) return false;
    for (int axis = 0; axis < 3; ++axis) used[axis] += std::abs(step[axis]);
  }
  return used == Index3{1, 1, 1};
}

bool is_near(const Vector3& exact, const Index3& voxel) {
  for (int axis = 0; axis < 3; ++axis)
    if (!(std::abs(exact[axis] - voxel[axis]) <= same_voxel_tolerance)) return false;
  return true;
}

/// Calls use(x, y, z) for all voxels inside, in voxels of the mask's grid.
template <class Use>
void for_each_voxel(const MaskWindow& mask, Use use) {
  const Index3& first = mask.box.first;
  for_each_run(mask.volume, [&](const MaskRun& run) {
    for (int x = run.first; x <= run.last; ++x)
      use(Index3{first[0] + x, first[1] + run.y, first[2] + run.z});
  });
}

Box common(const Box& a, const Box& b) {
  Box result;
  for (int axis = 0; axis < 3; ++axis) {
    result.first[axis] = std::max(a.first[axis], b.first[axis]);
    result.last[axis] = std::min(a.last[axis], b.last[axis]);
  }
  return result;
}

}  // namespace

Index3 GridPlacement::voxel(const Index3& from) const {
  Index3 result = first;
  for (int axis = 0; axis < 3; ++axis)
    for (int to = 0; to < 3; ++to) result[to] += from[axis] * steps[axis][to];
  return result;
}

Box GridPlacement::box(const Box& from) const {
  const Index3 a = voxel(from.first), b = voxel(from.last);
  Box result;
  for (int axis = 0; axis < 3; ++axis) {
    result.first[axis] = std::min(a[axis], b[axis]);
    result.last[axis] = std::max(a[axis], b[axis]);
  }
  return result;
}

std::optional<GridPlacement> place_grid(const Geometry& part, const Geometry& grid) {
  const auto index_of = [&](const Index3& voxel) {
    return index_at(grid, position_mm(part, voxel));
  };
  const Vector3 origin = index_of({0, 0, 0});
  GridPlacement placement{rounded(origin), {}};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Index3 next{};
    next[axis] = 1;
    const Vector3 there = index_of(next);
    placement.steps[axis] =
        rounded({there[0] - origin[0], there[1] - origin[1], there[2] - origin[2]});
  }
  if (!is_order_of_axes(placement.steps)) return {};
  for (const int z : {0, part.size[2] - 1})
    for (const int y : {0, part.size[1] - 1})
      for (const int x : {0, part.size[0] - 1})
        if (!is_near(index_of({x, y, z}), placement.voxel({x, y, z}))) return {};
  return placement;
}

bool contains(const Geometry& grid, const Index3& voxel) {
  for (int axis = 0; axis < 3; ++axis)
    if (voxel[axis] < 0 || voxel[axis] >= grid.size[axis]) return false;
  return true;
}

MaskWindow cut_to_bounding_box(MaskWindow mask) {
  const Box inner = bounding_box(mask.volume);
  if (inner.empty()) return {mask.grid, {}, {}};
  Box box = inner;
  for (int axis = 0; axis < 3; ++axis) {
    box.first[axis] += mask.box.first[axis];
    box.last[axis] += mask.box.first[axis];
  }
  if (box == mask.box) return mask;
  Mask cut = crop(mask.volume, inner);
  MaskWindow result{mask.grid, box, Mask(window(mask.grid, box))};
  std::ranges::copy(cut.voxels(), result.volume.voxels().begin());
  return result;
}

MovedMask place_mask(const MaskWindow& mask, const GridPlacement& placement, const Geometry& grid) {
  MovedMask moved{{grid, common(placement.box(mask.box), whole(grid)), {}}, 0};
  MaskWindow& there = moved.mask;
  if (!there.box.empty()) there.volume = Mask(window(grid, there.box));
  for_each_voxel(mask, [&](const Index3& from) {
    const Index3 to = placement.voxel(from);
    if (contains(grid, to))
      there.volume(to[0] - there.box.first[0], to[1] - there.box.first[1],
                   to[2] - there.box.first[2]) = 1;
    else
      ++moved.outside;
  });
  if (!there.box.empty()) there = cut_to_bounding_box(std::move(there));
  return moved;
}

}  // namespace radiomics
