#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "radiomics/io/image_source.h"
#include "radiomics/io/named_mask.h"

namespace radiomics {

/// Writes regions as a DICOM segmentation of the series that they lie on, in whole or not at all:
/// BINARY, explicit VR, little endian, UTF-8; segments 1, 2, ... in the order of the regions, which
/// may share voxels; a frame of the whole slice wherever a segment has a voxel.
///
/// **The file says who the patient is**: a segmentation belongs to a patient, a study and a frame
/// of reference, so that DICOM demands theirs. They are copied as they stand in the first slice
/// (text as UTF-8), with what it says about de-identification. To name nobody, write_labels().
///
/// The same regions of the same series give the same bytes. UIDs are made from all that the file
/// holds. No time of writing is in it: date and time of the content are those of the first slice,
/// or 1900-01-01 where it has none.
///
/// How a region was drawn is not known, but its voxels were computed: SegmentAlgorithmType is
/// SEMIAUTOMATIC and SegmentAlgorithmName says "radiomics". What a region is, is not known either:
/// category and type are "Tissue". A label has at most 64 characters and no backslash: longer names
/// are cut, backslashes become slashes, both with a warning, and an empty name is "unnamed".
/// Positions and spacings have at least ten significant digits. Memory: twice the file.
///
/// \param image    a DICOM series
/// \param regions  at least one, all on the grid of the image
/// \param version  of this program
/// \return warnings, one line each
/// \throws Error  unsupported_data if the image is no DICOM series, or has no StudyInstanceUID,
///                FrameOfReferenceUID or SOPInstanceUID; ambiguous_input if two segments would have
///                one label; unwritable_output, also if there are more bits than DICOM counts
/// \source DICOM PS3.3, A.51 (Segmentation IOD), C.7.6.16 (functional groups), C.8.20
std::vector<std::string> write_dicom_seg(const std::filesystem::path& file,
                                         const ImageSource& image,
                                         std::span<const NamedMask> regions,
                                         const std::string& version);

}  // namespace radiomics
