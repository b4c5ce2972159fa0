#pragma once

#include <string>

namespace radiomics {

/// Refuses a NIfTI file that holds fewer bytes than its header promises or whose gzip checksum is
/// wrong: ITK's reader takes what is missing for zeros, without an error. Reads the file once.
/// Refuses a.nii.gz beside a.nii as well, whose voxels that reader would take instead.
/// \throws Error unreadable_file; unsupported_data for header and voxels in two files;
///               ambiguous_input
void require_complete_nifti(const std::string& file);

}  // namespace radiomics
