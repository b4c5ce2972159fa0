#pragma once

#include <filesystem>
#include <string>

#include "radiomics/io/mask_source.h"

namespace radiomics {

class DicomFile;

/// Opens a DICOM segmentation: its segments, by label.
///
/// The frames are placed on the image's grid by their positions, orientation and spacing, never by
/// their number: they may be fewer, cropped, mirrored or in any order, but each pixel has to be the
/// centre of a voxel (dicom_tolerances.h). Voxels without a frame are outside.
/// BINARY: bit 1 is inside. LABELMAP: the segment's number is inside. FRACTIONAL: inside is what
/// reaches half of the maximum fractional value, with a warning where values lie between 0 and the
/// maximum. Pixels outside the image are cut off with a warning.
/// Memory: that of the file; the mask is that of the bounding box.
///
/// \throws Error  unreadable_file if frames, pixels or segments do not fit together;
///                unsupported_data if it is no SEG, or compressed in another way than
///                read_seg_pixels() knows
MaskSource open_dicom_seg(const std::filesystem::path& file);

/// The same of an object that has been read. \param name  what messages call it
MaskSource open_dicom_seg(const DicomFile& object, const std::string& name);

}  // namespace radiomics
