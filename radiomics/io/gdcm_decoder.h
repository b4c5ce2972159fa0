#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// What a compressed frame has to hold: one grey value per pixel.
struct FrameFormat {
  std::string transfer_syntax_uid;
  int rows = 0;
  int columns = 0;
  int bits_allocated = 8;  ///< of a decoded pixel: 8, 16 or 32
  int bits_stored = 8;
  int high_bit = 7;
  bool is_signed = false;

  std::size_t byte_count() const {
    return std::size_t(rows) * std::size_t(columns) * std::size_t(bits_allocated / 8);
  }
};

/// Decodes a frame: RLE, JPEG, JPEG-LS, JPEG 2000. GDCM is given the code stream and the format,
/// never a file, and no code stream that states another size or number of bytes, has no end, or
/// holds what is meant for applications and people: it would read past the end of the pixels,
/// search for seconds, or end the program. Silent, but for what the decoder of JPEG 2000 says of
/// damaged streams. May be called from several threads. Internal to io. \return byte_count() bytes
/// in the byte order of this machine; none if it cannot be decoded
std::vector<char> decode_frame(const std::vector<unsigned char>& code_stream,
                               const FrameFormat& format);

}  // namespace radiomics
