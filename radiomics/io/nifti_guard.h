#pragma once

#include <string>

namespace radiomics {

/// Refuses a NIfTI file that holds fewer bytes than its header promises, or whose gzip checksum is
/// wrong: ITK's reader takes what is missing for zeros, without an error. Also one whose spacing,
/// origin or direction is no finite number: that reader ends the program. A compressed file is
/// unpacked once, in little memory, and not beyond what its header promises and 1 MB.
/// Refuses a.nii.gz beside a.nii as well, whose voxels that reader would take instead.
/// \throws Error unreadable_file; unsupported_data for header and voxels in two files and for types
///         of voxels that are not known; ambiguous_input
void require_complete_nifti(const std::string& file);

/// The file beside a NIfTI file that ITK's reader may take for it: a.nii for a.nii.gz, and the
/// other way round; "" if it is not there.
std::string nifti_twin(const std::string& file);

}  // namespace radiomics
