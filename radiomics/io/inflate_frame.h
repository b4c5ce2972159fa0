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

}  // namespace radiomics
