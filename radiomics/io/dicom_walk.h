#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "radiomics/io/byte_window.h"
#include "radiomics/io/pixel_claims.h"

namespace radiomics {

/// The structure of DICOM data, walked over without a recursion. Part of the guard.

/// What is wrong with a file: thrown, and caught by dicom_damage().
struct DicomDamage {
  std::string reason;
  bool certain = true;  ///< false: only if the bytes were rightly taken for elements
};

/// How the heads of elements are written.
struct ElementEncoding {
  bool explicit_vr = true;
  bool big_endian = false;
};

struct ElementHead {
  std::uint32_t tag = 0;
  std::array<char, 2> vr{};  ///< where it is explicit
  std::uint32_t length = 0;
  std::uint64_t value = 0;  ///< where it begins

  std::string_view type() const { return {vr.data(), vr.size()}; }
};

/// The first `count` bytes, 4 at most, as a number.
std::uint32_t number_in(std::span<const unsigned char> data, std::size_t count, bool big_endian);

/// The encoding that an element looks like.
ElementEncoding likely_encoding(ByteWindow& bytes, std::uint64_t start);

/// One element of the meta header, which is a flat list.
/// \throws DicomDamage if it is none, or claims more bytes than are left
ElementHead read_meta_element(ByteWindow& bytes, std::uint64_t start, ElementEncoding encoding);

/// Walks over a data set from `start` to the end of the bytes, with what is nested in it.
/// \return what it says of its pixels
/// \throws DicomDamage as dicom_damage() says, but for the pixels
PixelClaims walk_elements(ByteWindow& bytes, std::uint64_t start, ElementEncoding encoding);

}  // namespace radiomics
