#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace radiomics {

class DicomFile;

/// How many pixels a segmentation holds.
struct SegFrameLayout {
  std::size_t frames = 0;
  int rows = 0;
  int columns = 0;
  int bits = 1;  ///< of one pixel: 1, 8 or 16

  std::size_t frame_pixels() const { return std::size_t(rows) * columns; }
};

/// The pixels of all frames of a segmentation, as packed as the file has them. Internal to io.
struct SegPixels {
  std::vector<unsigned char> bytes;
  int bits = 1;
  std::size_t frame_bits = 0;  ///< from the start of one frame to that of the next

  /// Pixels go row by row; single bits from the lowest of a byte to its highest.
  unsigned value(std::size_t frame, std::size_t pixel) const {
    const std::size_t bit = frame * frame_bits + pixel * std::size_t(bits), byte = bit / 8;
    if (bits == 1) return bytes[byte] >> (bit % 8) & 1u;
    return bits == 8 ? bytes[byte] : bytes[byte] | unsigned(bytes[byte + 1]) << 8;
  }

  /// The first pixel from `pixel` on, and before `end`, that is not 0; else `end` or more.
  std::size_t next_set(std::size_t frame, std::size_t pixel, std::size_t end) const;
};

/// Reads uncompressed and deflated pixels, and frames that are run-length encoded, deflated, or
/// compressed without loss by JPEG 2000 (up to 8 bits).
/// \param subject  what an error message starts with: the file
/// \throws Error  unreadable_file if there are fewer pixels than the layout says; unsupported_data
///                for another compression
SegPixels read_seg_pixels(const DicomFile& object, const SegFrameLayout& layout,
                          const std::string& subject);

/// Decodes one run-length encoded frame: the bytes of its pixels, the lower byte first.
/// \source DICOM PS3.5, annex G
/// \throws Error unreadable_file if it is damaged
std::vector<unsigned char> decode_rle_frame(const std::vector<unsigned char>& encoded,
                                            std::size_t frame_bytes, int bytes_per_pixel,
                                            const std::string& subject);

}  // namespace radiomics
