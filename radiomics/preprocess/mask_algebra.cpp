#include "radiomics/preprocess/mask_algebra.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

#include "radiomics/core/mask_runs.h"

namespace radiomics {
namespace {

Box common(const Box& a, const Box& b) {
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    box.first[axis] = std::max(a.first[axis], b.first[axis]);
    box.last[axis] = std::min(a.last[axis], b.last[axis]);
  }
  return box;
}

Box around(const Box& a, const Box& b) {
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    box.first[axis] = std::min(a.first[axis], b.first[axis]);
    box.last[axis] = std::max(a.last[axis], b.last[axis]);
  }
  return box;
}

/// Calls combine(voxel of mask, voxel of other) for all voxels that lie in both boxes.
template <class Combine>
void combine(MaskWindow& mask, const MaskWindow& other, Combine combine_voxels) {
  const Box box = common(mask.box, other.box);
  if (box.empty()) return;
  const auto width = std::size_t(box.size()[0]);
  const auto row = [&](auto& window, int y, int z) {
    return &window.volume(box.first[0] - window.box.first[0], y - window.box.first[1],
                          z - window.box.first[2]);
  };
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y) {
      std::uint8_t* to = row(mask, y, z);
      const std::uint8_t* from = row(other, y, z);
      for (std::size_t x = 0; x < width; ++x) combine_voxels(to[x], from[x]);
    }
}

void add(MaskWindow& mask, const MaskWindow& other) {
  combine(mask, other, [](std::uint8_t& to, std::uint8_t from) { to |= from; });
}

}  // namespace

void unite(MaskWindow& mask, const MaskWindow& other) {
  if (other.box.empty()) return;
  if (mask.box.empty()) {
    mask = other;
    return;
  }
  assert(mask.grid == other.grid);
  const Box box = around(mask.box, other.box);
  if (box != mask.box) {
    MaskWindow larger{mask.grid, box, Mask(window(mask.grid, box))};
    add(larger, mask);
    mask = std::move(larger);
  }
  add(mask, other);
}

void subtract(MaskWindow& mask, const MaskWindow& other) {
  combine(mask, other, [](std::uint8_t& to, std::uint8_t from) { to &= std::uint8_t(from ^ 1); });
}

void trim(MaskWindow& mask) {
  const Box inside = bounding_box(mask.volume);
  if (inside.empty()) {
    mask.box = {};
    mask.volume = {};
    return;
  }
  if (inside == whole(mask.volume.geometry())) return;
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    box.first[axis] = mask.box.first[axis] + inside.first[axis];
    box.last[axis] = mask.box.first[axis] + inside.last[axis];
  }
  MaskWindow smaller{mask.grid, box, Mask(window(mask.grid, box))};
  add(smaller, mask);
  mask = std::move(smaller);
}

}  // namespace radiomics
