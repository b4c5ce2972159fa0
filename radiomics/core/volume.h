#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// A dense 3D array on a grid. x varies fastest, z slowest.
template <class T>
class Volume {
 public:
  Volume() = default;
  explicit Volume(const Geometry& geometry, T fill = T{})
      : geometry_(geometry), voxels_(geometry.voxel_count(), fill) {}

  const Geometry& geometry() const { return geometry_; }
  std::span<T> voxels() { return voxels_; }
  std::span<const T> voxels() const { return voxels_; }

  std::size_t index(int x, int y, int z) const {
    return (std::size_t(z) * geometry_.size[1] + y) * geometry_.size[0] + x;
  }
  T& operator()(int x, int y, int z) { return voxels_[index(x, y, z)]; }
  const T& operator()(int x, int y, int z) const { return voxels_[index(x, y, z)]; }

 private:
  Geometry geometry_;
  std::vector<T> voxels_;
};

using Image = Volume<double>;       ///< intensities (HU for CT)
using Mask = Volume<std::uint8_t>;  ///< 1 inside, 0 outside

/// A part of a larger volume, and where it lies in it: volume.geometry() == window(grid, box).
template <class T>
struct Window {
  Geometry grid;  ///< of the larger volume
  Box box;        ///< in voxels of `grid`
  Volume<T> volume;
};

using ImageWindow = Window<double>;
using MaskWindow = Window<std::uint8_t>;

/// Cuts a box out of a volume. The box must lie inside it.
template <class T>
Volume<T> crop(const Volume<T>& source, const Box& box) {
  assert(!box.empty());
  Volume<T> result(window(source.geometry(), box));
  const Index3 size = box.size();
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      std::copy_n(&source(box.first[0], box.first[1] + y, box.first[2] + z), size[0],
                  &result(0, y, z));
  return result;
}

}  // namespace radiomics
