#include "radiomics/io/seg_pixels.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <span>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/gdcm_decoder.h"
#include "radiomics/io/inflate_frame.h"

namespace radiomics {
namespace {

using Bytes = std::span<const unsigned char>;

constexpr std::string_view rle_syntax = "1.2.840.10008.1.2.5";
constexpr std::string_view deflated_frame_syntax = "1.2.840.10008.1.2.8.1";
constexpr std::string_view jpeg2000_syntax = "1.2.840.10008.1.2.4.90";
constexpr std::string_view native_syntaxes[] = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1",
                                                "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"};

void require_complete(bool complete, const std::string& subject) {
  require(complete, ErrorKind::unreadable_file,
          subject + ": the pixels are damaged or cut short; export it again");
}

std::uint32_t word(Bytes bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | bytes[offset + std::size_t(i)];
  return value;
}

/// The first `count` bytes that a segment unpacks to; fewer if it holds fewer.
std::vector<unsigned char> unpack_bits(Bytes packed, std::size_t count) {
  std::vector<unsigned char> result;
  std::size_t i = 0;
  while (i < packed.size() && result.size() < count) {
    const unsigned control = packed[i++];  // below 128: so many + 1 bytes follow as they are
    if (control < 128) {
      const auto length = std::min(std::size_t(control) + 1, packed.size() - i);
      const auto literal = packed.subspan(i, length);
      result.insert(result.end(), literal.begin(), literal.end());
      i += length;
    } else if (control > 128 && i < packed.size()) {  // 257 - control times the next byte
      result.insert(result.end(), std::size_t(257 - control), packed[i++]);
    }
  }
  result.resize(std::min(result.size(), count));
  return result;
}

/// One fragment to the bytes of one frame; none if it is damaged.
using FrameDecoder = std::function<std::vector<unsigned char>(const std::vector<unsigned char>&)>;

/// Single bits from bytes of 0 or 1, packed as uncompressed frames are.
std::vector<unsigned char> packed_bits(const std::vector<unsigned char>& values) {
  std::vector<unsigned char> bits((values.size() + 7) / 8);
  for (std::size_t i = 0; i < values.size(); ++i)
    bits[i / 8] = static_cast<unsigned char>(bits[i / 8] | unsigned(values[i] != 0) << i % 8);
  return bits;
}

FrameDecoder decoder_of(std::string_view syntax, const SegFrameLayout& layout,
                        std::size_t frame_bytes, const std::string& subject) {
  if (syntax == rle_syntax)
    return [=](const auto& encoded) {
      return decode_rle_frame(encoded, frame_bytes, layout.bits == 16 ? 2 : 1, subject);
    };
  if (syntax == deflated_frame_syntax)
    return [=](const auto& encoded) { return inflate_frame(encoded, frame_bytes); };
  return [=](const auto& encoded) {
    const auto values =
        decode_frame(encoded, {std::string(jpeg2000_syntax), layout.rows, layout.columns});
    const std::vector<unsigned char> pixels(values.begin(), values.end());
    return layout.bits == 1 ? packed_bits(pixels) : pixels;
  };
}

/// Each fragment holds a frame, and each frame starts with a new byte.
SegPixels read_encapsulated(const DicomFile& object, std::string_view syntax,
                            const SegFrameLayout& layout, const std::string& subject) {
  const auto frames = pixel_fragments(object.dataset());
  require_complete(frames.size() == layout.frames, subject);
  const std::size_t frame_bytes = (layout.frame_pixels() * std::size_t(layout.bits) + 7) / 8;
  const FrameDecoder decode = decoder_of(syntax, layout, frame_bytes, subject);
  SegPixels pixels{{}, layout.bits, frame_bytes * 8};
  for (const auto& encoded : frames) {
    const auto decoded = decode(encoded);
    require_complete(decoded.size() == frame_bytes, subject);
    pixels.bytes.insert(pixels.bytes.end(), decoded.begin(), decoded.end());
  }
  return pixels;
}

SegPixels read_native(const DicomFile& object, const SegFrameLayout& layout,
                      const std::string& subject) {
  const std::size_t frame_bits = layout.frame_pixels() * std::size_t(layout.bits);
  SegPixels pixels{bytes(object.dataset(), DCM_PixelData), layout.bits, frame_bits};
  const std::size_t needed = (layout.frames * frame_bits + 7) / 8;
  require(pixels.bytes.size() >= needed, ErrorKind::unreadable_file,
          subject + ": is cut short: " + to_text(pixels.bytes.size()) + " bytes of pixels, " +
              to_text(layout.frames) + " frames need " + to_text(needed) + "; export it again");
  return pixels;
}

bool is_encapsulated(std::string_view syntax, const SegFrameLayout& layout) {
  return syntax == rle_syntax || syntax == deflated_frame_syntax ||
         (syntax == jpeg2000_syntax && layout.bits <= 8);
}

}  // namespace

// Most of a segmentation is 0: whole bytes of single bits are passed over at once.
std::size_t SegPixels::next_set(std::size_t frame, std::size_t pixel, std::size_t end) const {
  while (pixel < end && value(frame, pixel) == 0) {
    const std::size_t bit = frame * frame_bits + pixel;
    const bool rest_is_zero = bits == 1 && bytes[bit / 8] >> (bit % 8) == 0;
    pixel += rest_is_zero ? 8 - bit % 8 : 1;
  }
  return pixel;
}

SegPixels read_seg_pixels(const DicomFile& object, const SegFrameLayout& layout,
                          const std::string& subject) {
  const std::string syntax = valid_utf8(object.transfer_syntax_uid());
  if (is_encapsulated(syntax, layout)) return read_encapsulated(object, syntax, layout, subject);
  require(std::ranges::find(native_syntaxes, syntax) != std::end(native_syntaxes),
          ErrorKind::unsupported_data,
          subject + ": its pixels are compressed with the transfer syntax " + one_line(syntax) +
              "; export it uncompressed");
  return read_native(object, layout, subject);
}

// The header of a frame: how many segments, and where each starts. Of two-byte pixels the first
// segment has the higher bytes.
std::vector<unsigned char> decode_rle_frame(const std::vector<unsigned char>& encoded,
                                            std::size_t frame_bytes, int bytes_per_pixel,
                                            const std::string& subject) {
  const Bytes frame(encoded);
  const auto planes = std::size_t(bytes_per_pixel);
  require_complete(frame.size() >= 64 && word(frame, 0) == planes, subject);
  std::vector<unsigned char> result(frame_bytes);
  for (std::size_t plane = 0; plane < planes; ++plane) {
    const std::size_t start = word(frame, 4 + 4 * plane);
    const std::size_t end = plane + 1 < planes ? word(frame, 8 + 4 * plane) : frame.size();
    require_complete(start >= 64 && start <= end && end <= frame.size(), subject);
    const auto values = unpack_bits(frame.subspan(start, end - start), frame_bytes / planes);
    require_complete(values.size() == frame_bytes / planes, subject);
    for (std::size_t i = 0; i < values.size(); ++i)
      result[i * planes + planes - 1 - plane] = values[i];
  }
  return result;
}

}  // namespace radiomics
