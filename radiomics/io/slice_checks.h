#pragma once

#include <string>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// What every slice of a volume has to be, for itself and beside the others. Internal to io.

/// "ct/1.dcm", or "ct/1.dcm, frame 3".
std::string name(const DicomSlice& slice);

/// \throws Error unsupported_data, "NAME: PROBLEM"
void check(bool condition, const DicomSlice& slice, const std::string& problem);

/// Grey images of one size, spacing, orientation, patient and frame of reference, in a known
/// transfer syntax, with a plane and a rescale where the modality needs one.
/// \throws Error  unsupported_data; unreadable_file if a file is shorter than its pixels
void check_slices(const std::vector<DicomSlice>& slices, const std::string& modality);

/// What is odd about the intensities, one line each: no Hounsfield units, activity in place of SUV.
std::vector<std::string> intensity_notes(const std::vector<DicomSlice>& slices,
                                         const std::string& modality);

}  // namespace radiomics
