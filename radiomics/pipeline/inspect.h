#pragma once

#include <filesystem>

#include "radiomics/tables/inspection.h"

namespace radiomics {

/// Says what lies in a DICOM folder, or what one image or mask file holds. Headers only, but for
/// label images.
/// \throws Error unreadable_file if there is nothing to look at
Inspection inspect(const std::filesystem::path& path);

}  // namespace radiomics
