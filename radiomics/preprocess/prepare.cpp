#include "radiomics/preprocess/prepare.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"
#include "radiomics/preprocess/largest_part.h"
#include "radiomics/preprocess/resample.h"

namespace radiomics {
namespace {

// Interpolated values are sums of products: a half may come out as 0.5 - 1e-16, although it is one.
constexpr double interpolation_noise = 1e-9;

/// The nearest whole number; halves go up, however interpolation has rounded them.
double rounded(double value) { return std::floor(value + 0.5 + interpolation_noise); }

Index3 margin_in_voxels(const Geometry& grid, double margin_mm) {
  Index3 margin{};
  for (int axis = 0; axis < 3; ++axis)
    margin[axis] = int(std::ceil(margin_mm / grid.spacing_mm[axis]));
  return margin;
}

/// Where a region can come to lie on the resampled grid, with the margin around it. Empty if it
/// falls between the voxels.
Box target_box(const Geometry& grid, const Box& mask_box, const Geometry& resampled,
               const PrepareOptions& options) {
  if (resampled_box(grid, mask_box, resampled).empty()) return {};
  return grown(resampled_box(grid, mask_box, resampled),
               margin_in_voxels(resampled, options.margin_mm), resampled);
}

/// Part of a window; `box` is in voxels of the whole grid.
template <class T>
Volume<T> part_of(const Window<T>& source, const Box& box) {
  Box inside = box;
  for (int axis = 0; axis < 3; ++axis) {
    assert(box.first[axis] >= source.box.first[axis] && box.last[axis] <= source.box.last[axis]);
    inside.first[axis] -= source.box.first[axis];
    inside.last[axis] -= source.box.first[axis];
  }
  return crop(source.volume, inside);
}

/// The mask as numbers, with zeros around it, in a box that holds it.
ImageWindow padded(const MaskWindow& mask, const Box& box) {
  ImageWindow result{mask.grid, box, Image(window(mask.grid, box))};
  const Index3 size = mask.box.size();
  Index3 shift{};
  for (int axis = 0; axis < 3; ++axis) shift[axis] = mask.box.first[axis] - box.first[axis];
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      std::copy_n(&mask.volume(0, y, z), size[0],
                  &result.volume(shift[0], shift[1] + y, shift[2] + z));
  return result;
}

Box united(const Box& a, const Box& b) {
  Box result = a;
  for (int axis = 0; axis < 3; ++axis) {
    result.first[axis] = std::min(a.first[axis], b.first[axis]);
    result.last[axis] = std::max(a.last[axis], b.last[axis]);
  }
  return result;
}

Mask resampled_mask(const MaskWindow& mask, const Geometry& resampled, const Box& box,
                    const ResampleOptions& options) {
  const Box support = united(support_of(resampled, box, mask.grid, options.mask), mask.box);
  const Image parts = resample(padded(mask, support), resampled, box, options.mask);
  Mask result(parts.geometry());
  std::ranges::transform(parts.voxels(), result.voxels().begin(), [&](double part) {
    return part >= options.mask_threshold - interpolation_noise;
  });
  return result;
}

Image resampled_image(const ImageWindow& image, const Geometry& resampled, const Box& box,
                      const ResampleOptions& options) {
  const Box support = support_of(resampled, box, image.grid, options.image);
  Image result = support == image.box ? resample(image, resampled, box, options.image)
                                      : resample({image.grid, support, part_of(image, support)},
                                                 resampled, box, options.image);
  if (options.round_intensities)
    std::ranges::transform(result.voxels(), result.voxels().begin(), rounded);
  return result;
}

// Fourth powers of these, and their sums, are numbers still. No image of 32 bits has higher ones.
constexpr double largest_intensity = 1e60;

void require_usable(const Region& region) {
  for_each_run(region.morphological, [&](const MaskRun& run) {
    for (int x = run.first; x <= run.last; ++x)
      if (const double value = region.image(x, run.y, run.z);
          !(std::abs(value) <= largest_intensity))
        throw Error(ErrorKind::unsupported_data, "the region contains the intensity " +
                                                     to_text(value) +
                                                     "; leave such voxels out of the mask");
  });
}

/// The region in the smallest box that holds it with its margin.
Region cropped(Region region, double margin_mm) {
  const Geometry& here = region.image.geometry();
  const Box box =
      grown(bounding_box(region.morphological), margin_in_voxels(here, margin_mm), here);
  if (box == whole(here)) return region;
  return {crop(region.image, box), crop(region.morphological, box), {}, region.grid, region.range};
}

bool has_voxels(const Mask& mask) {
  return std::ranges::any_of(mask.voxels(), [](auto voxel) { return voxel != 0; });
}

void require_left(bool voxels_left, const std::string& step_and_remedy) {
  require(voxels_left, ErrorKind::empty_region, "no voxel is left after " + step_and_remedy);
}

}  // namespace

Box needed_box(const Geometry& grid, const Box& mask_box, const PrepareOptions& options) {
  const Geometry resampled = resampled_grid(grid, options.resample.spacing_mm);
  const Box box = target_box(grid, mask_box, resampled, options);
  return box.empty() ? mask_box : support_of(resampled, box, grid, options.resample.image);
}

Region prepare(const ImageWindow& image, const MaskWindow& mask, const PrepareOptions& options) {
  assert(image.grid.size == mask.grid.size);
  const Geometry resampled = resampled_grid(image.grid, options.resample.spacing_mm);
  const std::string resampling =
      "resampling to " + join(resampled.spacing_mm, "x") +
      " mm; choose a smaller resample.spacing_mm, or 0 to keep the grid as scanned";
  const Box box = target_box(image.grid, mask.box, resampled, options);
  require_left(!box.empty(), resampling);
  Region region{resampled_image(image, resampled, box, options.resample),
                resampled_mask(mask, resampled, box, options.resample),
                {},
                resampled,
                {options.resegment.lowest, options.resegment.highest}};
  require_left(has_voxels(region.morphological), resampling);
  if (options.largest_part) region.morphological = largest_part(region.morphological);
  region = cropped(std::move(region), options.margin_mm);
  require_usable(region);
  region.intensity = resegment(region.image, region.morphological, options.resegment);
  require_left(has_voxels(region.intensity),
               "resegmentation; widen resegment.lowest, highest or sigma");
  return region;
}

}  // namespace radiomics
