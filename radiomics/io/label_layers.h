#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "radiomics/io/named_mask.h"

namespace radiomics {

/// Regions as whole numbers on the grid of an image: what label files hold. Internal to io.

/// How many voxels two regions of one grid share.
std::size_t shared_voxels(const MaskWindow& a, const MaskWindow& b);

/// The label of each region: 1, 2, ... in their order. Where all names are different whole numbers
/// from 1 to 65535, as those of a label image, they are kept.
std::vector<int> labels_of(std::span<const NamedMask> regions);

/// The layer of each region, from 0: the first whose regions it shares no voxel with.
std::vector<int> layers_of(std::span<const NamedMask> regions);

/// Labels of regions in one or several layers, slice by slice, so that the whole volume is never in
/// memory. Refers to the regions.
class LabelLayers {
 public:
  /// All on one grid; at least one. No two regions of a layer share a voxel.
  LabelLayers(std::span<const NamedMask> regions, std::vector<int> layers);

  const Geometry& grid() const { return regions_.front().mask.grid; }
  std::span<const NamedMask> regions() const { return regions_; }
  const std::vector<int>& labels() const { return labels_; }
  const std::vector<int>& layers() const { return layers_; }
  int layer_count() const { return layer_count_; }
  int bytes_per_label() const { return bytes_per_label_; }  ///< 1, or 2 if a label exceeds 255

  /// The labels of slice z, the lower byte first. Layers vary fastest, then x.
  std::string slice(int z) const;

 private:
  std::span<const NamedMask> regions_;
  std::vector<int> labels_, layers_;
  int layer_count_, bytes_per_label_;
};

}  // namespace radiomics
