#pragma once

#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// The bytes of pixels in a file, read from where its header ends, and not decoded. Lengths that
/// the file states are never believed beyond its end. Internal to io.

/// The pixels of a single-frame image, or of one frame, that are not compressed, in the byte order
/// of this machine; empty if there are none, or fewer in the file or by the stated length.
std::vector<char> read_plain_frame(const DicomSlice& slice);

/// The code stream of every frame of compressed pixels; none if the file ends before they do, or it
/// cannot be told which pieces are of which frame.
std::vector<std::vector<char>> read_compressed_frames(const DicomSlice& slice);

}  // namespace radiomics
