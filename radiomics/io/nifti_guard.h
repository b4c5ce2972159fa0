#pragma once

#include <string>

namespace radiomics {

/// Refuses a NIfTI file that holds fewer bytes than its header promises, or whose gzip checksum is
/// wrong: ITK's reader takes what is missing for zeros, without an error. Also one whose spacing,
/// origin or direction is no finite number: that reader ends the program. A compressed file is
/// unpacked once, in little memory, and not beyond what its header promises and 1 MB.
/// \throws Error unreadable_file; unsupported_data for header and voxels in two files and for types
///         of voxels that are not known
void require_complete_nifti(const std::string& file);

}  // namespace radiomics
