// Encapsulated pixels: DICOM PS3.5, A.4. Byte order of 8-bit pixels: PS3.5, 8.1.1 and 8.2.

#include "radiomics/io/pixel_data.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>

#include <gdcmImageRegionReader.h>

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

/// One item of a sequence of fragments.
struct Fragment {
  std::uint32_t offset = 0;  ///< of its tag, from that of the first one
  Bytes bytes;
};

/// Walks from item to item.
class FragmentReader {
 public:
  FragmentReader(const DicomSlice& slice, std::uint64_t start)
      : stream_(slice.file, std::ios::binary), left_(slice.file_bytes - start) {
    stream_.seekg(std::streamoff(start));
  }

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
  std::ifstream stream_;
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

PixelPlace find_pixels(const DicomSlice& slice) {
  gdcm::ImageRegionReader reader;
  reader.SetFileName(slice.file.c_str());
  if (!reader.ReadInformation()) return {};
  PixelPlace place;
  place.start = reader.GetStreamCurrentPosition();
  std::array<char, 8> head{};  // "OW", two bytes, length; implicit: tag, length
  std::ifstream stream(slice.file, std::ios::binary);
  stream.seekg(std::streamoff(place.start) - std::streamoff(head.size()));
  if (!stream.read(head.data(), head.size())) return {};
  place.length = number_of(std::span(head).subspan(4), is_big_endian(slice));
  place.is_words = head[0] == 'O' && head[1] == 'W';
  return place;
}

std::vector<char> read_plain_frame(const PixelPlace& place, const DicomSlice& slice) {
  const int width = slice.bits_allocated / 8;
  Bytes bytes(std::size_t(slice.rows) * std::size_t(slice.columns) * std::size_t(width));
  const auto frame = std::uint64_t(std::max(slice.frame, 1) - 1);
  if (place.start == 0 || place.length < (frame + 1) * bytes.size()) return {};
  std::ifstream stream(slice.file, std::ios::binary);
  stream.seekg(std::streamoff(place.start + frame * bytes.size()));
  if (!stream.read(bytes.data(), std::streamsize(bytes.size()))) return {};
  const int unit = width == 1 && place.is_words ? 2 : width;
  if (!is_big_endian(slice) || unit == 1) return bytes;
  if (bytes.size() % std::size_t(unit) != 0) return {};  // a word that belongs to two frames
  swap_units(bytes, unit);
  return bytes;
}

std::vector<std::vector<char>> read_compressed_frames(const PixelPlace& place,
                                                      const DicomSlice& slice) {
  if (place.start == 0 || place.length != 0xffffffff || place.start > slice.file_bytes) return {};
  FragmentReader reader(slice, place.start);
  Bytes table, bytes;
  if (!reader.next(table)) return {};
  std::vector<Fragment> fragments;
  for (std::uint32_t offset = 0; reader.next(bytes); offset += std::uint32_t(8 + bytes.size()))
    fragments.push_back({offset, bytes});
  if (!reader.is_complete()) return {};
  return joined(std::move(fragments), table, std::size_t(slice.number_of_frames));
}

}  // namespace radiomics
