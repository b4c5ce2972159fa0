#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// What was measured, and on which grid: enough to see that two runs looked at the same voxels.
struct Diagnostics {
  std::string modality;             ///< "CT"; "" where the file does not say
  Geometry image;                   ///< as scanned, whole
  std::string image_sha256;         ///< of the voxels in the box that was read, with its geometry
  Box image_box;                    ///< that box
  std::string mask_sha256;          ///< of the mask's voxels in its box, with its geometry
  Box mask_box;                     ///< that box, in voxels of the image
  Geometry resampled;               ///< whole grid after resampling
  std::size_t voxels_drawn = 0;     ///< of the mask as it was given
  std::size_t voxels_outline = 0;   ///< after resampling: the morphological mask
  std::size_t voxels_measured = 0;  ///< after resegmentation: the intensity mask
  int grey_levels = 0;              ///< the highest grey level of texture

  bool operator==(const Diagnostics&) const = default;
};

/// A diagnostic as a column of the wide table.
struct DiagnosticColumn {
  std::string_view name;  ///< "diagnostics_mask_voxels"
  std::string (*text)(const Diagnostics&);
  bool is_count = false;  ///< its text is a whole number
};

/// In the order of the wide table.
std::span<const DiagnosticColumn> diagnostic_columns();

}  // namespace radiomics
