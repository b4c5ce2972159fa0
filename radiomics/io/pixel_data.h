#pragma once

#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// The bytes of pixels in a file, read from where its header ends, and not decoded. Lengths that
/// the file states are never believed beyond its end. Internal to io.

/// Rows of an image, the first and the last included.
struct Rows {
  int first = 0, last = -1;
};

/// Rows of a single-frame image, or of one frame, that are not compressed, in the byte order of
/// this machine; empty if they are not in the file, or the stated length is less than that of the
/// image.
std::vector<char> read_plain_rows(const DicomSlice& slice, Rows rows);

/// The code stream of every frame of compressed pixels; none if the file ends before they do, or it
/// cannot be told which pieces are of which frame.
std::vector<std::vector<char>> read_compressed_frames(const DicomSlice& slice);

}  // namespace radiomics
