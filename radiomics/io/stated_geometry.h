#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// What is said, after "the image" or "the mask", of a file that does not say where it lies in the
/// patient. Internal to io.
inline constexpr const char* no_orientation =
    "states no position and orientation in the patient: its axes are taken for the patient's";

/// Refuses an NRRD header that leaves the size of a voxel or its place in the patient to a guess,
/// which ITK makes. Internal to io.
///
/// * Without "space directions" and "spacings" the voxels have no size: refused.
/// * "space" has to be LPS, RAS or LAS, in full or short. Without it the axes are taken for the
///   patient's, with a warning; another frame (scanner-xyz) is refused.
/// * Units other than millimetres are refused; no unit is taken for millimetres.
/// \return warnings \throws Error unsupported_data
/// \source https://teem.sourceforge.net/nrrd/format.html
std::vector<std::string> check_nrrd_header(const std::string& file);

/// The same for MetaImage: without ElementSpacing and ElementSize the voxels have no size; another
/// DistanceUnits than mm and an ElementToIntensityFunction, which ITK does not apply, are refused;
/// without Offset and TransformMatrix there is a warning.
/// \return warnings \throws Error unsupported_data
/// \source https://itk.org/Wiki/ITK/MetaIO/Documentation
std::vector<std::string> check_metaimage_header(const std::string& file);

}  // namespace radiomics
