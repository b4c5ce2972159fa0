// Encapsulated pixels: DICOM PS3.5, A.4. Byte order of 8-bit pixels: PS3.5, 8.1.1 and 8.2.

#include "radiomics/io/pixel_data.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>
#include <string_view>

namespace radiomics {
namespace {

using Bytes = std::vector<char>;

bool is_big_endian(const DicomSlice& slice) {
  return slice.transfer_syntax_uid == "1.2.840.10008.1.2.2";
}

std::uint32_t number_of(std::span<const char> bytes, bool big_endian = false) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    value |= std::uint32_t(byte) << 8 * (big_endian ? 3 - i : i);
  }
  return value;
}

void swap_units(Bytes& bytes, int width) {
  for (auto at = bytes.begin(); at != bytes.end(); at += width) std::reverse(at, at + width);
}

/// What stands before the pixels.
struct PixelHeader {
  std::uint32_t length = 0;  ///< as stated; 0xffffffff for compressed pixels; 0: no pixels there
  bool is_words = false;     ///< units of two bytes; else single bytes
};

/// Tag, kind, two bytes, length; in implicit files tag and length.
PixelHeader read_pixel_header(std::ifstream& stream, const DicomSlice& slice) {
  std::array<char, 12> head{};
  if (slice.pixels_at < head.size()) return {};
  stream.seekg(std::streamoff(slice.pixels_at - head.size()));
  if (!stream.read(head.data(), head.size())) return {};
  const bool big_endian = is_big_endian(slice);
  const std::string_view tag = big_endian ? std::string_view("\x7F\xE0\x00\x10", 4)
                                          : std::string_view("\xE0\x7F\x10\x00", 4);
  const std::string_view text(head.data(), head.size());
  const bool is_implicit = slice.transfer_syntax_uid == "1.2.840.10008.1.2";
  if (text.substr(is_implicit ? 4 : 0, 4) != tag) return {};
  return {number_of(std::span(head).subspan(8), big_endian), text.substr(4, 2) == "OW"};
}

/// One item of a sequence of fragments.
struct Fragment {
  std::uint32_t offset = 0;  ///< of its tag, from that of the first one
  Bytes bytes;
};

/// Walks from item to item.
class FragmentReader {
 public:
  FragmentReader(std::ifstream& stream, std::uint64_t bytes) : stream_(stream), left_(bytes) {}

  /// False at the end of the sequence, and where the file ends before it.
  bool next(Bytes& bytes) {
    std::array<char, 8> head{};
    if (left_ < head.size() || !stream_.read(head.data(), head.size())) return false;
    left_ -= head.size();
    constexpr std::uint32_t item = 0xe000fffe, end_of_sequence = 0xe0ddfffe;
    const std::uint32_t tag = number_of(head), length = number_of(std::span(head).subspan(4));
    is_complete_ = tag == end_of_sequence;
    if (tag != item || length > left_) return false;
    left_ -= length;
    bytes.resize(length);
    return bool(stream_.read(bytes.data(), std::streamsize(length)));
  }

  bool is_complete() const { return is_complete_; }

 private:
  std::ifstream& stream_;
  std::uint64_t left_;
  bool is_complete_ = false;
};

/// Which frame begins at an offset, by the table of offsets.
bool begins_frame(const Bytes& table, std::size_t frame, std::uint32_t offset) {
  return 4 * frame + 4 <= table.size() && number_of(std::span(table).subspan(4 * frame)) == offset;
}

std::vector<Bytes> joined(std::vector<Fragment> fragments, const Bytes& table, std::size_t frames) {
  const bool one_each = fragments.size() == frames;
  std::vector<Bytes> result;
  for (Fragment& fragment : fragments)
    if (one_each || result.empty() ||
        (frames > 1 && begins_frame(table, result.size(), fragment.offset)))
      result.push_back(std::move(fragment.bytes));
    else
      result.back().insert(result.back().end(), fragment.bytes.begin(), fragment.bytes.end());
  if (result.size() != frames) result.clear();
  return result;
}

}  // namespace

std::vector<char> read_plain_rows(const DicomSlice& slice, Rows rows) {
  std::ifstream stream(slice.file.path(), std::ios::binary);
  const PixelHeader header = read_pixel_header(stream, slice);
  const int width = slice.bits_allocated / 8;
  const auto row_bytes = std::uint64_t(slice.columns) * std::uint64_t(width);
  const auto earlier_rows = std::uint64_t(std::max(slice.frame, 1) - 1) * std::uint64_t(slice.rows);
  if (header.length < (earlier_rows + std::uint64_t(slice.rows)) * row_bytes) return {};
  const std::uint64_t start = (earlier_rows + std::uint64_t(rows.first)) * row_bytes;
  Bytes bytes(std::size_t(rows.last - rows.first + 1) * row_bytes);
  stream.seekg(std::streamoff(slice.pixels_at + start));
  if (!stream.read(bytes.data(), std::streamsize(bytes.size()))) return {};
  const std::size_t unit = width == 1 && header.is_words ? 2 : std::size_t(width);
  if (!is_big_endian(slice) || unit == 1) return bytes;
  if (start % unit != 0 || bytes.size() % unit != 0) return {};  // part of a word
  swap_units(bytes, int(unit));
  return bytes;
}

std::vector<std::vector<char>> read_compressed_frames(const DicomSlice& slice) {
  std::ifstream stream(slice.file.path(), std::ios::binary);
  if (read_pixel_header(stream, slice).length != 0xffffffff) return {};
  FragmentReader reader(stream, slice.file_bytes - std::min(slice.file_bytes, slice.pixels_at));
  Bytes table, bytes;
  if (!reader.next(table)) return {};
  std::vector<Fragment> fragments;
  for (std::uint32_t offset = 0; reader.next(bytes); offset += std::uint32_t(8 + bytes.size()))
    fragments.push_back({offset, bytes});
  if (!reader.is_complete()) return {};
  return joined(std::move(fragments), table, std::size_t(slice.number_of_frames));
}

}  // namespace radiomics
