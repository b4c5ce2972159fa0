#pragma once

#include <filesystem>

#include "radiomics/io/image_source.h"
#include "radiomics/io/mask_source.h"

namespace radiomics {

/// Opens a NIfTI, NRRD or MetaImage volume. The voxels are read with the first box that is asked
/// for and kept in the type of the file.
/// \throws Error  unreadable_file; unsupported_data if it is not one scalar volume on an orthogonal
///                grid
ImageSource open_image_file(const std::filesystem::path& file);

/// Opens a label volume: each value but 0 is a region. Its grid has to be that of the image.
/// \throws Error  as open_image_file(); unsupported_data if a voxel is not a whole number;
///                empty_region if all are 0
MaskSource open_label_file(const std::filesystem::path& file);

}  // namespace radiomics
