#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "radiomics/qc/slice_view.h"

namespace radiomics {

// What pictures say in words, the same on sheets and in the viewer.

/// How large a region is.
struct RegionSize {
  std::size_t voxels = 0;
  double volume_ml = 0;  ///< of its voxels
};

RegionSize region_size(const MaskWindow& mask);

/// "1234 voxels, 12.3 ml"; three decimals below 10 ml.
std::string to_string(const RegionSize& size);

/// Where a slice lies, as scanners write it: "I 55.5 mm" is 55.5 mm towards the feet from the
/// origin of the image's frame.
std::string position_text(const SliceView& view);

/// A name from a file as pictures and pages can show it: one line of well-formed UTF-8.
std::string shown(const std::string& name);

}  // namespace radiomics
