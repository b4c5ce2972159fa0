#pragma once

#include <filesystem>

#include "radiomics/tables/inspection.h"

namespace radiomics {

/// Says what lies in a folder (DICOM series and masks, NIfTI, NRRD and MetaImage files), or what
/// one image or mask file holds. Of DICOM headers only. \throws Error unreadable_file if there is
/// nothing to look at
Inspection inspect(const std::filesystem::path& path);

}  // namespace radiomics
