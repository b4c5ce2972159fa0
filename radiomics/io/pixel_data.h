#pragma once

#include <cstdint>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// The bytes of pixels in a file, found without reading others, and not decoded. Lengths that the
/// file states are never believed beyond its end. Internal to io.

/// Where the pixels of a file lie.
struct PixelPlace {
  std::uint64_t start = 0;   ///< of the value; 0: there is none
  std::uint32_t length = 0;  ///< as stated; 0xffffffff for compressed pixels
  bool is_words = false;     ///< two bytes a unit, which big endian turns around; else single bytes
};

/// Reads the header again, now with GDCM.
PixelPlace find_pixels(const DicomSlice& slice);

/// One frame of pixels that are not compressed, in the byte order of this machine; empty if the
/// file is shorter than they are, or states fewer bytes.
std::vector<char> read_plain_frame(const PixelPlace& place, const DicomSlice& slice);

/// The code stream of every frame of compressed pixels; none if the file ends before they do, or it
/// cannot be told which pieces are of which frame.
std::vector<std::vector<char>> read_compressed_frames(const PixelPlace& place,
                                                      const DicomSlice& slice);

}  // namespace radiomics
