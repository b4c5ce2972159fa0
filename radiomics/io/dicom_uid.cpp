#include "radiomics/io/dicom_uid.h"

#include <array>

#include "radiomics/core/sha256.h"

namespace radiomics {

// 128 bits as 16 bytes, divided by 10 until nothing is left.
std::string dicom_uid(std::string_view thing) {
  const std::string hex = sha256(thing);
  std::array<unsigned, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = unsigned(std::stoul(hex.substr(2 * i, 2), nullptr, 16));
  bytes[6] = (bytes[6] & 0x0f) | 0x80;  // version 8: made by own rules (RFC 9562, 5.8)
  bytes[8] = (bytes[8] & 0x3f) | 0x80;  // variant
  std::string decimal;
  while (bytes != decltype(bytes){}) {
    unsigned remainder = 0;
    for (unsigned& byte : bytes) {
      const unsigned value = 256 * remainder + byte;
      byte = value / 10;
      remainder = value % 10;
    }
    decimal.insert(decimal.begin(), char('0' + remainder));
  }
  return "2.25." + decimal;
}

}  // namespace radiomics
