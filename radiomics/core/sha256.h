#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace radiomics {

/// SHA-256 of bytes that arrive in pieces.
/// \source FIPS 180-4, doi:10.6028/NIST.FIPS.180-4
class Sha256 {
 public:
  Sha256& add(std::span<const std::byte> bytes);
  Sha256& add(std::string_view text) { return add(std::as_bytes(std::span(text))); }

  std::string hex() const;  ///< 64 hexadecimal digits of all that was added so far

 private:
  void compress(const std::byte* block);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::byte, 64> pending_{};
  std::uint64_t length_ = 0;  ///< bytes added
};

/// SHA-256 of a text, as 64 hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace radiomics
