#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace radiomics {

/// Refuses NIfTI-2, which ITK does not read, by its name. Looks at four bytes; any other file
/// passes. Internal to io. \throws Error unsupported_data
void require_no_nifti_2(const std::string& file);

/// Refuses a NIfTI-1 header that can be understood in several ways where ITK takes one of them
/// without a word. Internal to io.
///
/// * qform and sform, where both are set, have to place the corners of the grid within 0.2 of the
///   smallest spacing of each other: a float quaternion is exact to 0.0005 rad, and mistakes are
///   half a voxel or more. An sform has to agree with the voxel size of pixdim just so.
/// * A spacing in metres or micrometres is refused; no unit is taken for millimetres.
/// * scl_inter without scl_slope is refused: the standard ignores it, ITK adds it.
/// \return warnings: that the file states no position and orientation (both codes 0), so that its
///         axes are taken for the patient's and its first voxel for the origin
/// \throws Error  unsupported_data
/// \source https://nifti.nimh.nih.gov/nifti-1 (nifti1.h)
std::vector<std::string> check_nifti_header(const std::string& file);

/// Whether a NIfTI-1 file keeps its voxels as float or double. Internal to io.
bool nifti_holds_floats(const std::string& file);

/// Reads and scales the voxels of such a file: ITK's library puts 0 for what is no number, here it
/// stays what it is. Internal to io.
/// \param voxels  room for all of them, in the type of the file and the machine's byte order
/// \throws Error  unreadable_file if there are fewer
void read_nifti_floats(const std::string& file, std::span<std::byte> voxels);

}  // namespace radiomics
