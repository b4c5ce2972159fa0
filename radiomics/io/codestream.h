#pragma once

#include <cstdint>
#include <optional>

#include "radiomics/io/byte_window.h"

namespace radiomics {

/// What a compressed image says of itself, in its own header.
struct CodestreamSize {
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  std::uint32_t components = 0;
};

/// The size in the header of a JPEG, JPEG-LS or JPEG 2000 stream that lies in bytes [first, end);
/// nothing if there is none. Markers are followed by their lengths, so that few bytes are read.
/// Internal to io. \source ISO/IEC 10918-1 annex B; 14495-1 annex C; 15444-1 annex A
std::optional<CodestreamSize> codestream_size(ByteWindow& bytes, std::uint64_t first,
                                              std::uint64_t end);

}  // namespace radiomics
