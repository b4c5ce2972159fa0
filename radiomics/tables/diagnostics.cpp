#include "radiomics/tables/diagnostics.h"

#include "radiomics/core/text.h"

namespace radiomics {

std::span<const DiagnosticColumn> diagnostic_columns() {
  using D = Diagnostics;
  static constexpr DiagnosticColumn columns[] = {
      {"diagnostics_modality", [](const D& d) { return d.modality; }},
      {"diagnostics_image_size", [](const D& d) { return join(d.image.size, "x"); }},
      {"diagnostics_image_spacing_mm", [](const D& d) { return join(d.image.spacing_mm, "x"); }},
      {"diagnostics_image_sha256", [](const D& d) { return d.image_sha256; }},
      {"diagnostics_mask_sha256", [](const D& d) { return d.mask_sha256; }},
      {"diagnostics_mask_voxels", [](const D& d) { return to_text(d.voxels_drawn); }, true},
      {"diagnostics_resampled_size", [](const D& d) { return join(d.resampled.size, "x"); }},
      {"diagnostics_resampled_spacing_mm",
       [](const D& d) { return join(d.resampled.spacing_mm, "x"); }},
      {"diagnostics_resampled_voxels", [](const D& d) { return to_text(d.voxels_outline); }, true},
      {"diagnostics_resegmented_voxels", [](const D& d) { return to_text(d.voxels_measured); },
       true},
      {"diagnostics_grey_levels", [](const D& d) { return to_text(d.grey_levels); }, true},
  };
  return columns;
}

}  // namespace radiomics
