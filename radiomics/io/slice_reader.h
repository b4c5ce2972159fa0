#pragma once

#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// The pixels of one image, row by row, as they are stored: 1, 2 or 4 bytes each in the byte order
/// of this machine, the bits that are not used left as they are. Internal to io.
struct StoredPixels {
  std::vector<char> bytes;
};

/// Decodes one image: a file, or one frame of a multi-frame file, of which no other frame is
/// decoded. May be called from several threads. Holds the compressed file, or what of it belongs to
/// a frame, and one image.
/// \throws Error unreadable_file if it is damaged or not what its header said
StoredPixels decode_slice(const DicomSlice& slice);

/// Writes `count` intensities from pixel `first` on: the bits that are used, with their sign, and
/// the rescale of the header (slope 1, intercept 0 where it has none).
void copy_intensities(const StoredPixels& pixels, const DicomSlice& slice, std::size_t first,
                      int count, double* target);

}  // namespace radiomics
