#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "radiomics/io/byte_window.h"

namespace radiomics {

/// What a compressed image says of itself, in its own header.
struct CodestreamHead {
  unsigned marker =
      0;  ///< of the header: 0xc0 to 0xcf JPEG and its process, 0xf7 JPEG-LS, 0x51 JPEG 2000
  unsigned bits = 0;
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  std::uint32_t components = 0;
};

/// The header of a JPEG, JPEG-LS or JPEG 2000 stream that lies in bytes [first, end);
/// nothing if there is none. Markers are followed by their lengths, so that few bytes are read.
/// Internal to io. \source ISO/IEC 10918-1 annex B; 14495-1 annex C; 15444-1 annex A
std::optional<CodestreamHead> codestream_head(ByteWindow& bytes, std::uint64_t first,
                                              std::uint64_t end);

/// Whether the bytes [first, end) begin as a frame in RLE: with the number of its segments, one for
/// each byte of a pixel, and where each starts. Of another number GDCM ends the program. Internal
/// to io. \source DICOM PS3.5, annex G
bool has_run_length_head(ByteWindow& bytes, std::uint64_t first, std::uint64_t end,
                         double segments);

/// The stream without the segments that are for applications and for people; one of JPEG 2000 as
/// it is. GDCM ends the program where it does not like what such a segment holds.
/// \return none if the stream is not one marker after the other up to its first scan, or does not
/// end
///         with the marker for that: the decoder of JPEG-LS looks for bits behind the end for
///         seconds
std::vector<unsigned char> without_comments(const std::vector<unsigned char>& stream);

}  // namespace radiomics
