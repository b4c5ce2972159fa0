#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/files.h"

namespace radiomics {

/// Streams of deflate, zlib and gzip, written without a library: everything is stored as it is, but
/// for runs of zeros.

namespace packed_detail {

/// Bits from the lowest of a byte to the highest.
class BitWriter {
 public:
  void put(std::uint32_t bits, int count) {
    for (int i = 0; i < count; ++i) {
      if (used_ % 8 == 0) bytes_.push_back('\0');
      bytes_.back() = char(bytes_.back() | char((bits >> i & 1) << (used_ % 8)));
      ++used_;
    }
  }
  std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
  std::size_t used_ = 0;
};

inline std::string little_endian(std::uint32_t value, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += char(value >> (8 * i) & 0xff);
  return bytes;
}

}  // namespace packed_detail

/// \source RFC 1951, 3.2.4: stored blocks
inline std::string deflated(std::string_view bytes) {
  std::string result;
  do {
    const std::string_view block = bytes.substr(0, 65535);
    bytes.remove_prefix(block.size());
    const auto length = std::uint32_t(block.size());
    result += bytes.empty() ? '\1' : '\0';
    result += packed_detail::little_endian(length, 2) + packed_detail::little_endian(~length, 2);
    result += block;
  } while (!bytes.empty());
  return result;
}

/// What unpacks to `runs` times 258 zeros and one more: a byte for a thousand.
/// \source RFC 1951, 3.2.6: fixed codes; 3.2.5: length 258 is code 285, distance 1 is code 0
inline std::string deflated_zeros(std::size_t runs) {
  packed_detail::BitWriter bits;
  bits.put(0b011, 3);       // the last block, of fixed codes
  bits.put(0b00001100, 8);  // a zero as it is: code 00110000, its highest bit first
  for (std::size_t i = 0; i < runs; ++i) {
    bits.put(0b10100011, 8);  // 285: code 11000101
    bits.put(0, 5);
  }
  bits.put(0, 7);  // the end
  return std::move(bits).take();
}

/// \source RFC 1950, 9
inline std::uint32_t adler32(std::string_view bytes) {
  std::uint32_t a = 1, b = 0;
  for (const char byte : bytes) {
    a = (a + std::uint8_t(byte)) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

/// \source RFC 1952, 8
inline std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const char byte : bytes) {
    crc ^= std::uint8_t(byte);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

inline std::string zlibbed(std::string_view bytes) {
  const std::uint32_t sum = adler32(bytes);
  std::string swapped = packed_detail::little_endian(sum, 4);
  std::ranges::reverse(swapped);
  return "\x78\x01" + deflated(bytes) + swapped;
}

inline std::string gzipped(std::string_view bytes) {
  using namespace std::string_literals;
  return "\x1f\x8b\x08\0\0\0\0\0\0\xff"s + deflated(bytes) +
         packed_detail::little_endian(crc32(bytes), 4) +
         packed_detail::little_endian(std::uint32_t(bytes.size()), 4);
}

/// The header of a file as another one, for data that is packed.
inline std::string with(std::string header, const std::string& old_text, const std::string& text) {
  return header.replace(header.find(old_text), old_text.size(), text);
}

inline std::string packed_metaimage_bytes(const Geometry& grid,
                                          const std::vector<std::int16_t>& voxels) {
  const std::string data = zlibbed(raw(voxels));
  return with(metaimage_bytes(grid, {}), "BinaryData = True\n",
              "BinaryData = True\nCompressedData = True\nCompressedDataSize = " +
                  std::to_string(data.size()) + "\n") +
         data;
}

inline std::string packed_nrrd_bytes(const Geometry& grid,
                                     const std::vector<std::int16_t>& voxels) {
  return with(nrrd_bytes(grid, {}), "encoding: raw", "encoding: gzip") + gzipped(raw(voxels));
}

}  // namespace radiomics
