#include "radiomics/qc/captions.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"

namespace radiomics {

RegionSize region_size(const MaskWindow& mask) {
  const auto voxels = mask.volume.voxels();
  const auto count = voxels.size() - std::size_t(std::ranges::count(voxels, std::uint8_t(0)));
  return {count, double(count) * mask.grid.voxel_volume_mm3() / 1000};
}

std::string to_string(const RegionSize& size) {
  return to_text(size.voxels) + (size.voxels == 1 ? " voxel, " : " voxels, ") +
         fixed_text(size.volume_ml, size.volume_ml < 10 ? 3 : 1) + " ml";
}

std::string position_text(const SliceView& view) {
  constexpr std::string_view positive = "SPL", negative = "IAR";  // axial, coronal, sagittal
  const auto plane = std::size_t(view.plane);
  const char letter = (view.position_mm < 0 ? negative : positive)[plane];
  return letter + (' ' + fixed_text(std::abs(view.position_mm), 1)) + " mm";
}

std::string shown(const std::string& name) { return valid_utf8(one_line(name)); }

}  // namespace radiomics
