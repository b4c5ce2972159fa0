#pragma once

#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// Decodes the pixels of one single-frame image, row by row, with the rescale of its header applied
/// (slope 1, intercept 0 where it has none). Internal to io; may be called from several threads.
/// \throws Error unreadable_file if it is damaged, not what its header said, or compressed in a way
///         that is not known
std::vector<double> decode_slice(const DicomSlice& slice);

}  // namespace radiomics
