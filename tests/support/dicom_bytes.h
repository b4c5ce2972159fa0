#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace radiomics {

/// Bytes of DICOM files, piece by piece, so that each can be wrong.

struct DicomEncoding {
  bool explicit_vr = true;
  bool big_endian = false;
};

inline constexpr DicomEncoding explicit_little{true, false}, implicit_little{false, false},
    explicit_big{true, true};

inline std::string integer_bytes(std::uint32_t value, int count, bool big_endian = false) {
  std::string bytes;
  for (int i = 0; i < count; ++i)
    bytes += char(value >> (8 * (big_endian ? count - 1 - i : i)) & 0xff);
  return bytes;
}

inline constexpr std::uint32_t no_length = 0xffffffff;

/// Tag, type and length of an element; for the tags of items without a type.
inline std::string element_head(std::uint32_t tag, std::string_view vr, std::uint32_t length,
                                DicomEncoding encoding = explicit_little) {
  const bool big = encoding.big_endian;
  std::string head = integer_bytes(tag >> 16, 2, big) + integer_bytes(tag & 0xffff, 2, big);
  if (!encoding.explicit_vr || tag >> 16 == 0xfffe) return head + integer_bytes(length, 4, big);
  const bool is_long = vr == "OB" || vr == "OW" || vr == "SQ" || vr == "UN" || vr == "UT";
  head += vr;
  head.append(is_long ? 2 : 0, '\0');
  return head + integer_bytes(length, is_long ? 4 : 2, big);
}

inline std::string element(std::uint32_t tag, std::string_view vr, const std::string& value,
                           DicomEncoding encoding = explicit_little) {
  return element_head(tag, vr, std::uint32_t(value.size()), encoding) + value;
}

inline std::string short_element(std::uint32_t tag, std::uint16_t value,
                                 DicomEncoding encoding = explicit_little) {
  return element(tag, "US", integer_bytes(value, 2, encoding.big_endian), encoding);
}

inline std::string item(const std::string& content, DicomEncoding encoding = explicit_little) {
  return element(0xfffee000, "", content, encoding);
}

inline std::string item_end(DicomEncoding encoding = explicit_little) {
  return element_head(0xfffee00d, "", 0, encoding);
}

inline std::string sequence_end(DicomEncoding encoding = explicit_little) {
  return element_head(0xfffee0dd, "", 0, encoding);
}

/// A sequence of one item, both with delimiters instead of lengths.
inline std::string open_sequence(std::uint32_t tag, const std::string& content,
                                 DicomEncoding encoding = explicit_little) {
  return element_head(tag, "SQ", no_length, encoding) +
         element_head(0xfffee000, "", no_length, encoding) + content + item_end(encoding) +
         sequence_end(encoding);
}

inline const std::string explicit_little_uid = "1.2.840.10008.1.2.1";
inline const std::string implicit_little_uid = "1.2.840.10008.1.2";
inline const std::string explicit_big_uid = "1.2.840.10008.1.2.2";
inline const std::string deflated_uid = "1.2.840.10008.1.2.1.99";
inline const std::string run_length_uid = "1.2.840.10008.1.2.5";
inline const std::string jpeg_uid = "1.2.840.10008.1.2.4.70";

/// A file: preamble, meta header and data set.
inline std::string dicom_file(const std::string& data_set,
                              std::string syntax_uid = explicit_little_uid) {
  if (syntax_uid.size() % 2 == 1) syntax_uid += '\0';
  const std::string syntax = element(0x00020010, "UI", syntax_uid);
  std::string bytes(128, '\0');
  bytes += "DICM";
  bytes += element(0x00020000, "UL", integer_bytes(std::uint32_t(syntax.size()), 4));
  bytes += syntax;
  bytes += data_set;
  return bytes;
}

}  // namespace radiomics
