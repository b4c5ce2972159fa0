#include "radiomics/preprocess/negative_control.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>
#include <vector>

namespace radiomics {
namespace {

using Transform = NegativeControl::Transform;
using Extent = NegativeControl::Extent;

template <class Value>
struct Name {
  Value value;
  std::string_view ours, readii;
};

constexpr std::array<Name<Transform>, 3> transform_names{
    {{Transform::shuffle, "shuffle", "shuffled"},
     {Transform::sample, "sample", "randomized_sampled"},
     {Transform::random, "random", "randomized"}}};
constexpr std::array<Name<Extent>, 3> extent_names{{{Extent::roi, "roi", "roi"},
                                                    {Extent::full, "full", "full"},
                                                    {Extent::non_roi, "non-roi", "non_roi"}}};

/// Calls visit(intensity) for the voxels of the extent, x fastest and z slowest.
template <class Visit>
void for_each_voxel(Extent extent, ImageWindow& image, const MaskWindow& mask, Visit visit) {
  const Box& drawn = mask.box;
  const Box& part = extent == Extent::roi ? drawn : image.box;
  const auto inside = [&](int x, int y, int z) {
    return x >= drawn.first[0] && x <= drawn.last[0] && y >= drawn.first[1] && y <= drawn.last[1] &&
           z >= drawn.first[2] && z <= drawn.last[2] &&
           mask.volume(x - drawn.first[0], y - drawn.first[1], z - drawn.first[2]) != 0;
  };
  for (int z = part.first[2]; z <= part.last[2]; ++z)
    for (int y = part.first[1]; y <= part.last[1]; ++y)
      for (int x = part.first[0]; x <= part.last[0]; ++x)
        if (extent == Extent::full || inside(x, y, z) == (extent == Extent::roi))
          visit(
              image.volume(x - image.box.first[0], y - image.box.first[1], z - image.box.first[2]));
}

void shuffle(std::vector<double>& values, RandomStream& random) {
  for (std::size_t left = values.size(); left > 1; --left)
    std::swap(values[left - 1], values[random.below(left)]);
}

void draw_from_themselves(std::vector<double>& values, RandomStream& random) {
  const std::vector<double> source = values;
  for (double& value : values) value = source[random.below(source.size())];
}

void draw_from_range(std::vector<double>& values, RandomStream& random) {
  const auto is_finite = [](double value) { return std::isfinite(value); };
  const auto first = std::ranges::find_if(values, is_finite);
  if (first == values.end()) return;
  double lowest = *first, highest = *first;
  bool whole = true;
  for (const double value : values) {
    if (!is_finite(value)) continue;
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
    whole = whole && value == std::floor(value);
  }
  constexpr double most_numbers = 1e9;  // beyond, the steps between them do not matter
  const double range = highest - lowest;
  whole = whole && range < most_numbers;
  for (double& value : values)
    value =
        lowest + (whole ? double(random.below(std::size_t(range) + 1)) : range * random.uniform());
}

}  // namespace

std::string to_string(const NegativeControl& control) {
  return std::string(transform_names[std::size_t(control.transform)].ours) + "-" +
         std::string(extent_names[std::size_t(control.extent)].ours);
}

std::optional<NegativeControl> parse_negative_control(std::string_view text) {
  for (const auto& transform : transform_names)
    for (const auto& extent : extent_names)
      for (const auto& name : {std::string(transform.ours) + "-" + std::string(extent.ours),
                               std::string(transform.readii) + "_" + std::string(extent.readii)})
        if (name == text) return NegativeControl{transform.value, extent.value};
  return {};
}

void apply_control(const NegativeControl& control, ImageWindow& image, const MaskWindow& mask,
                   RandomStream& random) {
  assert(!needs_whole_image(control) || image.box == whole(image.grid));
  std::vector<double> values;
  for_each_voxel(control.extent, image, mask, [&](double voxel) { values.push_back(voxel); });
  switch (control.transform) {
    case Transform::shuffle:
      shuffle(values, random);
      break;
    case Transform::sample:
      draw_from_themselves(values, random);
      break;
    case Transform::random:
      draw_from_range(values, random);
      break;
  }
  std::size_t next = 0;
  for_each_voxel(control.extent, image, mask, [&](double& voxel) { voxel = values[next++]; });
}

}  // namespace radiomics
