#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace radiomics {

/// For a comparison to the last bit, in which an undefined value equals itself.
inline std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
  std::vector<std::uint64_t> bits;
  bits.reserve(values.size());
  for (const double value : values) bits.push_back(std::bit_cast<std::uint64_t>(value));
  return bits;
}

}  // namespace radiomics
