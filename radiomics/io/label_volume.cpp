#include "radiomics/io/label_volume.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr double label_tolerance = 1e-3;
constexpr double most_exact_float = 1 << 24;

void include(const Index3& voxel, Box& box) {
  for (int axis = 0; axis < 3; ++axis) {
    box.first[axis] = std::min(box.first[axis], voxel[axis]);
    box.last[axis] = std::max(box.last[axis], voxel[axis]);
  }
}

}  // namespace

LabelVolume::LabelVolume(const std::filesystem::path& file) : file_(file) {
  const Box all = whole(geometry());
  for (int layer = 0; layer < file_.layers(); ++layer)
    for (int z = 0; z <= all.last[2]; ++z)
      find_labels(file_.read({{0, 0, z}, {all.last[0], all.last[1], z}}, layer).volume, z, layer);
}

int LabelVolume::label_of(double value, const Index3& voxel) const {
  const double label = std::round(value);
  const double highest = file_.holds_floats() ? most_exact_float : std::numeric_limits<int>::max();
  if (!(std::abs(value - label) <= label_tolerance && label >= 0 && label <= highest))
    throw Error(ErrorKind::unsupported_data,
                file_.name() + ": the value " + to_text(value) + " of voxel (" + join(voxel, ", ") +
                    ") is no label; give a mask of whole numbers from 0 on");
  return int(label);
}

void LabelVolume::require_labels_only(std::size_t count) const {
  require(count <= most_labels, ErrorKind::unsupported_data,
          file_.name() + ": looks like an image, with more than " + to_text(most_labels) +
              " different values; give a mask");
}

// Neighbours mostly have one label: its box is looked up once.
void LabelVolume::find_labels(const Image& slice, int z, int layer) {
  const Index3 size = slice.geometry().size;
  double last_value = 0;
  Box* box = nullptr;
  for (int y = 0; y < size[1]; ++y)
    for (int x = 0; x < size[0]; ++x) {
      const Index3 voxel{x, y, z};
      if (const double value = slice(x, y, 0); value != last_value) {
        const int label = label_of(value, voxel);
        rounded_ = rounded_ || label != value;
        last_value = value;
        box = label == 0 ? nullptr
                         : &boxes_.try_emplace({layer, label}, Box{voxel, voxel}).first->second;
        require_labels_only(boxes_.size());
      }
      if (box) include(voxel, *box);
    }
}

MaskWindow LabelVolume::mask(const LabelKey& key) const {
  const Box& box = boxes_.at(key);
  const ImageWindow values = file_.read(box, key.layer);
  MaskWindow result{geometry(), box, Mask(values.volume.geometry())};
  std::ranges::transform(values.volume.voxels(), result.volume.voxels().begin(),
                         [&](double value) { return std::round(value) == key.label; });
  return result;
}

}  // namespace radiomics
