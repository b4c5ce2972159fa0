#include "radiomics/io/codestream.h"

#include <span>

namespace radiomics {
namespace {

using Bytes = std::span<const unsigned char>;

std::uint32_t big_endian(Bytes bytes, std::size_t offset, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[offset + std::size_t(i)];
  return value;
}

// From the start of the stream: its marker, then the segment SIZ: its length, capabilities, size of
// the reference grid, offset of the image in it, size and offset of the tiles, number of
// components.
std::optional<CodestreamSize> jpeg2000_size(Bytes start) {
  constexpr std::size_t needed = 42;
  if (start.size() < needed) return {};
  const auto at = [&](std::size_t offset) { return big_endian(start, offset, 4); };
  if (at(8) < at(16) || at(12) < at(20)) return {};
  return CodestreamSize{at(12) - at(20), at(8) - at(16), big_endian(start, 40, 2)};
}

// Frame headers of JPEG are C0 to CF, but for three that are tables; JPEG-LS has F7.
bool is_frame_header(unsigned marker) {
  return (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) ||
         marker == 0xf7;
}

}  // namespace

std::optional<CodestreamSize> codestream_size(ByteWindow& bytes, std::uint64_t first,
                                              std::uint64_t end) {
  constexpr unsigned jpeg2000 = 0x4f, siz = 0x51, start_of_image = 0xd8, start_of_scan = 0xda;
  const Bytes start = bytes.at(first, 44);
  if (start.size() < 4 || start[0] != 0xff) return {};
  if (start[1] == jpeg2000 && start[2] == 0xff && start[3] == siz) return jpeg2000_size(start);
  if (start[1] != start_of_image) return {};
  for (std::uint64_t place = first + 2; place + 10 <= end;) {
    const Bytes segment = bytes.at(place, 10);
    if (segment.size() < 10 || segment[0] != 0xff || segment[1] == start_of_scan) return {};
    if (segment[1] == 0xff) {  // filler before a marker
      ++place;
      continue;
    }
    if (is_frame_header(segment[1]))
      return CodestreamSize{big_endian(segment, 5, 2), big_endian(segment, 7, 2), segment[9]};
    place += 2 + std::uint64_t(big_endian(segment, 2, 2));
  }
  return {};
}

}  // namespace radiomics
