#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace radiomics {

/// SHA-256 of bytes that arrive in pieces.
/// \source FIPS 180-4, doi:10.6028/NIST.FIPS.180-4
class Sha256 {
 public:
  Sha256();
  ~Sha256();

  Sha256& add(std::span<const std::byte> bytes);
  Sha256& add(std::string_view text) { return add(std::as_bytes(std::span(text))); }

  std::string hex() const;  ///< 64 hexadecimal digits of all that was added so far

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-256 of a text, as 64 hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace radiomics
