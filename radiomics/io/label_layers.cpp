#include "radiomics/io/label_layers.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <set>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr int highest_label = 65535;

Box common_part(const Box& a, const Box& b) {
  Box part;
  for (int axis = 0; axis < 3; ++axis) {
    part.first[axis] = std::max(a.first[axis], b.first[axis]);
    part.last[axis] = std::min(a.last[axis], b.last[axis]);
  }
  return part;
}

/// The row of a window that starts at a voxel of the grid.
const std::uint8_t* row_at(const MaskWindow& mask, int x, int y, int z) {
  const Index3& first = mask.box.first;
  return &mask.volume(x - first[0], y - first[1], z - first[2]);
}

}  // namespace

std::size_t shared_voxels(const MaskWindow& a, const MaskWindow& b) {
  assert(a.grid == b.grid);
  const Box part = common_part(a.box, b.box);
  if (part.empty()) return 0;
  std::size_t shared = 0;
  for (int z = part.first[2]; z <= part.last[2]; ++z)
    for (int y = part.first[1]; y <= part.last[1]; ++y) {
      const std::uint8_t* in_a = row_at(a, part.first[0], y, z);
      const std::uint8_t* in_b = row_at(b, part.first[0], y, z);
      for (int i = 0; i < part.size()[0]; ++i) shared += in_a[i] && in_b[i];
    }
  return shared;
}

std::vector<int> labels_of(std::span<const NamedMask> regions) {
  std::vector<int> labels;
  for (const NamedMask& region : regions) labels.push_back(to_integer(region.name).value_or(0));
  const bool usable =
      std::ranges::all_of(labels, [](int label) { return label >= 1 && label <= highest_label; });
  if (!usable || std::set(labels.begin(), labels.end()).size() < labels.size())
    std::iota(labels.begin(), labels.end(), 1);
  return labels;
}

std::vector<int> layers_of(std::span<const NamedMask> regions) {
  std::vector<int> layers;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    std::set<int> taken;
    for (std::size_t j = 0; j < i; ++j)
      if (!taken.contains(layers[j]) && shared_voxels(regions[j].mask, regions[i].mask) > 0)
        taken.insert(layers[j]);
    int layer = 0;
    while (taken.contains(layer)) ++layer;
    layers.push_back(layer);
  }
  return layers;
}

LabelLayers::LabelLayers(std::span<const NamedMask> regions, std::vector<int> layers)
    : regions_(regions),
      labels_(labels_of(regions)),
      layers_(std::move(layers)),
      layer_count_(std::ranges::max(layers_) + 1),
      bytes_per_label_(std::ranges::max(labels_) > 255 ? 2 : 1) {}

std::string LabelLayers::slice(int z) const {
  const auto [width, height, depth] = grid().size;
  const std::size_t step = std::size_t(layer_count_) * bytes_per_label_;
  std::string bytes(step * width * height, '\0');
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    const MaskWindow& mask = regions_[i].mask;
    if (z < mask.box.first[2] || z > mask.box.last[2]) continue;
    for (int y = mask.box.first[1]; y <= mask.box.last[1]; ++y) {
      const std::uint8_t* inside = row_at(mask, mask.box.first[0], y, z);
      char* target = &bytes[(std::size_t(y) * width + mask.box.first[0]) * step +
                            std::size_t(layers_[i]) * bytes_per_label_];
      for (int x = mask.box.first[0]; x <= mask.box.last[0]; ++x, ++inside, target += step) {
        if (!*inside) continue;
        target[0] = char(labels_[i] & 0xff);
        if (bytes_per_label_ == 2) target[1] = char(labels_[i] >> 8);
      }
    }
  }
  return bytes;
}

}  // namespace radiomics
