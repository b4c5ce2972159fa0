#include "radiomics/io/codestream.h"

#include <algorithm>
#include <span>

namespace radiomics {
namespace {

using Bytes = std::span<const unsigned char>;

constexpr unsigned jpeg2000_start = 0x4f, siz_marker = 0x51;
constexpr unsigned start_of_image = 0xd8, start_of_scan = 0xda;
constexpr unsigned end_of_image = 0xd9;
constexpr unsigned filler = 0xff;  // any number may stand before a marker

std::uint32_t big_endian(Bytes bytes, std::size_t offset, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[offset + std::size_t(i)];
  return value;
}

std::uint32_t little_endian(Bytes bytes, std::size_t offset, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;) value = value << 8 | bytes[offset + std::size_t(i)];
  return value;
}

// From the start of the stream: its marker, then the segment SIZ: its length, capabilities, size of
// the reference grid, offset of the image in it, size and offset of the tiles, number of
// components.
std::optional<CodestreamHead> jpeg2000_head(Bytes start) {
  constexpr std::size_t needed = 43;
  if (start.size() < needed) return {};
  const auto at = [&](std::size_t offset) { return big_endian(start, offset, 4); };
  if (at(8) < at(16) || at(12) < at(20)) return {};
  const unsigned bits = (start[42] & 0x7fU) + 1;
  return CodestreamHead{siz_marker, bits, at(12) - at(20), at(8) - at(16),
                        big_endian(start, 40, 2)};
}

// Frame headers of JPEG are C0 to CF, but for three that are tables; JPEG-LS has F7.
bool is_frame_header(unsigned marker) {
  return (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) ||
         marker == 0xf7;
}

bool ends_with_marker(Bytes stream) {
  return stream.size() >= 2 && stream[stream.size() - 2] == 0xff && stream.back() == end_of_image;
}

/// Whether a stream ends with its last marker; what fills it to an even length is passed over:
/// zeros, fillers, or one byte of any value.
bool is_complete(Bytes stream) {
  while (!stream.empty() && (stream.back() == 0 || stream.back() == filler))
    stream = stream.first(stream.size() - 1);
  return ends_with_marker(stream) ||
         (!stream.empty() && ends_with_marker(stream.first(stream.size() - 1)));
}

}  // namespace

std::optional<CodestreamHead> codestream_head(ByteWindow& bytes, std::uint64_t first,
                                              std::uint64_t end) {
  const Bytes start = bytes.at(first, 44);
  if (start.size() < 4 || start[0] != 0xff) return {};
  if (start[1] == jpeg2000_start && start[2] == 0xff && start[3] == siz_marker)
    return jpeg2000_head(start);
  if (start[1] != start_of_image) return {};
  for (std::uint64_t place = first + 2; place + 10 <= end;) {
    const Bytes segment = bytes.at(place, 10);
    if (segment.size() < 10 || segment[0] != 0xff || segment[1] == start_of_scan) return {};
    if (segment[1] == filler) {
      ++place;
      continue;
    }
    if (is_frame_header(segment[1]))
      return CodestreamHead{segment[1], segment[4], big_endian(segment, 5, 2),
                            big_endian(segment, 7, 2), segment[9]};
    place += 2 + std::uint64_t(big_endian(segment, 2, 2));
  }
  return {};
}

bool has_run_length_head(ByteWindow& bytes, std::uint64_t first, std::uint64_t end,
                         double segments) {
  constexpr std::size_t head_bytes = 64, most_segments = 15;
  const Bytes head = bytes.at(first, head_bytes);
  const std::uint64_t length = end - first;
  if (length < head_bytes || head.size() < head_bytes) return false;
  const auto word = [&](std::size_t i) { return little_endian(head, 4 * i, 4); };
  if (word(0) != segments) return false;
  for (std::size_t i = 1; i <= std::min<std::size_t>(word(0), most_segments); ++i)
    if (word(i) < (i == 1 ? head_bytes : word(i - 1)) || word(i) > length) return false;
  return true;
}

std::vector<unsigned char> without_comments(const std::vector<unsigned char>& stream) {
  const Bytes bytes(stream);
  if (bytes.size() < 4 || bytes[0] != 0xff) return {};
  if (bytes[1] == jpeg2000_start) return is_complete(bytes) ? stream : std::vector<unsigned char>();
  if (bytes[1] != start_of_image) return {};
  std::vector<unsigned char> result(stream.begin(), stream.begin() + 2);
  for (std::size_t place = 2; place + 4 <= bytes.size();) {
    const unsigned marker = bytes[place + 1];
    if (bytes[place] != 0xff) return {};
    if (marker == filler) {
      ++place;
      continue;
    }
    const std::size_t length = 2 + std::size_t(big_endian(bytes, place + 2, 2));
    const bool is_scan = marker == start_of_scan;
    if (marker < 0xc0 || (marker >= 0xd0 && marker < start_of_scan)) return {};
    if (length < 4 || length > bytes.size() - place) return {};
    const bool is_comment = (marker >= 0xe0 && marker <= 0xef) || marker == 0xfe;
    const Bytes kept = bytes.subspan(place, is_scan ? bytes.size() - place : length);
    if (!is_comment) result.insert(result.end(), kept.begin(), kept.end());
    if (is_scan) return is_complete(bytes) ? result : std::vector<unsigned char>();
    place += length;
  }
  return {};
}

}  // namespace radiomics
