#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/pipeline/case_list.h"

namespace radiomics {

/// The ends of names that write_mask() knows: ".nii.gz", ".dcm", ...
const std::vector<std::string>& mask_file_endings();

/// Whether a file's name ends as one of them, whatever its case.
bool is_mask_file_name(const std::filesystem::path& file);

/// A region in the written file.
struct WrittenRegion {
  int label = 0;  ///< value of its voxels, or number of its segment
  std::string roi;
  std::size_t voxels = 0;
  std::vector<std::string> warnings;  ///< of this region
};

/// What write_mask() has done. Regions and failures are in the order of the mask.
struct WrittenMask {
  std::vector<WrittenRegion> regions;  ///< empty: no file was written
  std::vector<Failure> failures;
  std::vector<std::string> warnings;  ///< of image, mask and file
};

/// Writes the regions of a case as they are measured: the voxels that were drawn, on the grid of
/// the whole image, before resampling and resegmentation. Only headers of the image are read.
///
/// The end of the name decides on the format: labels (label_writer.h) or a DICOM segmentation
/// (seg_writer.h), which carries the identity of its series. Measuring the image with the written
/// file gives the values that the mask itself gives, to the last bit. A file that exists is
/// replaced, but never an input: IMAGE or MASK itself, nor a DICOM file within their folders.
///
/// Regions that cannot be read are failures, and the others are written.
/// \throws Error  as open_case(), write_labels() and write_dicom_seg(); unwritable_output if
///                `output` is an input; no file is written then
WrittenMask write_mask(const Case& input, const std::filesystem::path& output);

}  // namespace radiomics
