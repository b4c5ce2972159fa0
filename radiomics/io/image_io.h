#pragma once

#include <filesystem>

#include "radiomics/io/image_source.h"
#include "radiomics/io/mask_source.h"

namespace radiomics {

/// Opens a NIfTI, NRRD or MetaImage volume. The voxels are read with the first box that is asked
/// for and kept in the type of the file.
/// \throws Error  unreadable_file; unsupported_data if it is not one scalar volume on an orthogonal
///                grid in millimetres or if its header can be understood in several ways
///                (nifti_header.h, stated_geometry.h); reading: unsupported_data if a voxel of the
///                box is no finite number, which would spread to what is measured beside it
ImageSource open_image_file(const std::filesystem::path& file);

/// Opens a label volume: each value but 0 is a region, called after it. In a 3D Slicer segmentation
/// (.seg.nrrd; known by its metadata) each segment is one, by name; values that belong to no
/// segment are left out with a warning.
///
/// The mask's grid has to be that of the image, voxel by voxel (same_voxel_tolerance), but may be
/// stored with its axes in another order or backwards. A plain label file has to cover the image
/// exactly, since one that lacks slices is mostly the mask of another image; a Slicer segmentation
/// states its own extent and may be a part of the grid or larger: what lies outside the image is
/// cut off with a warning. Any other grid is refused, and `resampled` is the remedy that the user
/// has to ask for (mask_resampling.h). \throws Error  as open_image_file() and LabelVolume;
/// unsupported_data if a plain file has several
///                values per voxel; empty_region if all its voxels are 0. A segment without a voxel
///                is refused when it is asked for.
MaskSource open_label_file(const std::filesystem::path& file);

}  // namespace radiomics
