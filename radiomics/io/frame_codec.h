#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace radiomics {

/// Inflates one frame of the transfer syntax "Deflated Image Frame Compression" to at most
/// `most_bytes`; what a stream holds beyond them is not looked at. Nothing if it is damaged.
/// Internal to io. \source DICOM PS3.5, A.4.13; RFC 1951
std::vector<unsigned char> inflate_frame(const std::vector<unsigned char>& encoded,
                                         std::size_t most_bytes);

/// Decodes one grey JPEG 2000 frame of up to 8 bits, one byte a pixel, row by row. Nothing if it is
/// damaged or not of that size: the size in the code stream is compared before anything is decoded.
/// Internal to io.
std::vector<unsigned char> decode_jpeg2000_frame(const std::vector<unsigned char>& encoded,
                                                 int rows, int columns);

}  // namespace radiomics
