#pragma once

#include <filesystem>
#include <string>

#include "radiomics/io/mask_source.h"

namespace radiomics {

class DicomFile;

/// Opens an RTSTRUCT: the contours of its ROIs, by name. How they become voxels: contour_mask().
///
/// ROIs of points only (isocentres, markers) are left out of the names, with a warning. Points
/// among the contours of a ROI are ignored, with a warning; an open contour, or a coordinate that
/// is no number, fails its ROI (invalid_region) and no other. Names are in UTF-8, on one line.
/// \throws Error  unreadable_file; unsupported_data if it is no RTSTRUCT or holds no ROI;
///                ambiguous_input if two ROIs have one number
MaskSource open_rtstruct(const std::filesystem::path& file);

/// The same of an object that has been read. \param name  what messages call it
MaskSource open_rtstruct(const DicomFile& object, const std::string& name);

}  // namespace radiomics
