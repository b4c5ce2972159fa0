// Pixels are taken as they are stored. itk::GDCMImageIO would turn MONOCHROME1, which is a matter
// of display, upside down, and passes over the rescale of some kinds of object.

#include "radiomics/io/slice_reader.h"

#include <cstdint>
#include <cstring>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/gdcm_decoder.h"
#include "radiomics/io/pixel_data.h"
#include "radiomics/io/slice_checks.h"
#include "radiomics/io/transfer_syntax.h"

namespace radiomics {
namespace {

std::size_t row_bytes(const DicomSlice& slice) {
  return std::size_t(slice.columns) * std::size_t(slice.bits_allocated / 8);
}

std::size_t byte_count(const DicomSlice& slice) {
  return std::size_t(slice.rows) * row_bytes(slice);
}

using Bytes = std::vector<char>;  // empty: cannot be decoded

// --- files ---------------------------------------------------------------------------------------

bool is_plain(const DicomSlice& slice) {
  return known_transfer_syntax(*slice.transfer_syntax_uid)->plain;
}

// The whole data set is deflated: there are no pixels in the file before it is read.
Bytes decoded_deflated(const DicomSlice& slice) {
  std::string problem;
  const auto file = DicomFile::read(slice.file, DicomPart::all, problem);
  if (!file) return {};
  const auto values = bytes(file->dataset(), DCM_PixelData);
  if (values.size() < byte_count(slice)) return {};
  return {values.begin(), values.begin() + std::ptrdiff_t(byte_count(slice))};
}

Bytes decoded(const Bytes& code_stream, const DicomSlice& slice) {
  return decode_frame({code_stream.begin(), code_stream.end()},
                      {slice.transfer_syntax_uid, slice.rows, slice.columns, slice.bits_allocated,
                       slice.bits_stored, slice.high_bit, slice.is_signed});
}

Bytes decoded_file(const DicomSlice& slice) {
  constexpr const char* deflated = "1.2.840.10008.1.2.1.99";
  if (slice.transfer_syntax_uid == deflated) return decoded_deflated(slice);
  const std::vector<Bytes> frames = read_compressed_frames(slice);
  return frames.empty() ? Bytes() : decoded(frames.front(), slice);
}

// --- intensities ---------------------------------------------------------------------------------

/// The bits of a pixel that are used, and what they mean.
struct PixelRule {
  int unused_bits = 0;  ///< of 64
  double slope = 1, intercept = 0;

  double unsigned_value(std::uint64_t stored) const {
    return slope * double(stored << unused_bits >> unused_bits) + intercept;
  }
  double signed_value(std::uint64_t stored) const {
    return slope * double(std::int64_t(stored << unused_bits) >> unused_bits) + intercept;
  }
};

template <class Stored, class Value>
void copy_values(const char* from, int count, double* to, const Value& value) {
  for (int i = 0; i < count; ++i) {
    Stored stored;
    std::memcpy(&stored, from + std::size_t(i) * sizeof stored, sizeof stored);
    to[i] = value(stored);
  }
}

template <class Stored>
void copy_values(const char* from, int count, double* to, const DicomSlice& slice) {
  const PixelRule rule{64 - slice.bits_stored, slice.rescale_slope.value_or(1),
                       slice.rescale_intercept.value_or(0)};
  if (slice.is_signed)
    copy_values<Stored>(from, count, to, [rule](Stored v) { return rule.signed_value(v); });
  else
    copy_values<Stored>(from, count, to, [rule](Stored v) { return rule.unsigned_value(v); });
}

}  // namespace

const std::vector<Bytes>& SliceDecoder::frames_of(const DicomSlice& slice) {
  const std::lock_guard lock(mutex_);
  const auto [known, is_new] = frames_.try_emplace(slice.file);
  if (is_new) known->second = read_compressed_frames(slice);
  return known->second;  // stays where it is, and is not changed any more
}

std::vector<char> SliceDecoder::decoded_bytes(const DicomSlice& slice) {
  if (slice.frame == 0) return decoded_file(slice);
  const std::vector<Bytes>& frames = frames_of(slice);
  if (slice.frame > int(frames.size())) return {};
  return decoded(frames[std::size_t(slice.frame - 1)], slice);
}

StoredPixels SliceDecoder::decode(const DicomSlice& slice, Rows rows) {
  StoredPixels pixels;
  pixels.rows = is_plain(slice) ? rows : Rows{0, slice.rows - 1};
  pixels.bytes = is_plain(slice) ? read_plain_rows(slice, rows) : decoded_bytes(slice);
  const auto row_count = std::size_t(pixels.rows.last) - std::size_t(pixels.rows.first) + 1;
  require(!pixels.bytes.empty() && pixels.bytes.size() == row_count * row_bytes(slice),
          ErrorKind::unreadable_file,
          name(slice) + ": the pixels cannot be decoded (transfer syntax " +
              one_line(*slice.transfer_syntax_uid) + "), or are fewer than the " +
              to_text(slice.columns) + "x" + to_text(slice.rows) + " of " +
              to_text(slice.bits_allocated) + " bits of the header; export it again, uncompressed");
  return pixels;
}

void copy_intensities(const StoredPixels& pixels, const DicomSlice& slice, int x, int y, int count,
                      double* target) {
  const std::size_t width = std::size_t(slice.bits_allocated / 8);
  const char* from = pixels.bytes.data() + std::size_t(y - pixels.rows.first) * row_bytes(slice) +
                     std::size_t(x) * width;
  switch (width) {
    case 1:
      return copy_values<std::uint8_t>(from, count, target, slice);
    case 2:
      return copy_values<std::uint16_t>(from, count, target, slice);
    default:
      return copy_values<std::uint32_t>(from, count, target, slice);
  }
}

}  // namespace radiomics
