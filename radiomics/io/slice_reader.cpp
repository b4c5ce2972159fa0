// Pixels come through GDCM, the DICOM part of ITK, as they are stored. itk::GDCMImageIO would turn
// MONOCHROME1, which is a matter of display, upside down, and passes over the rescale of some kinds
// of object.

#include "radiomics/io/slice_reader.h"

#include <cstdint>
#include <cstring>
#include <exception>
#include <mutex>

#include <gdcmBoxRegion.h>
#include <gdcmImageHelper.h>
#include <gdcmImageReader.h>
#include <gdcmImageRegionReader.h>
#include <gdcmTrace.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/slice_checks.h"

namespace radiomics {
namespace {

void quieten_gdcm() {
  static std::once_flag once;
  std::call_once(once, [] {
    gdcm::Trace::DebugOff();
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
  });
}

std::size_t pixel_count(const DicomSlice& slice) {
  return std::size_t(slice.rows) * std::size_t(slice.columns);
}

std::size_t byte_count(const DicomSlice& slice) {
  return pixel_count(slice) * std::size_t(slice.bits_allocated / 8);
}

/// Empty if the file cannot be decoded.
std::vector<char> decoded_file(const DicomSlice& slice) {
  gdcm::ImageReader reader;
  reader.SetFileName(slice.file.c_str());
  if (!reader.Read()) return {};
  const gdcm::Image& image = reader.GetImage();
  if (int(image.GetDimension(0)) != slice.columns || int(image.GetDimension(1)) != slice.rows ||
      image.GetNumberOfDimensions() != 2 || image.GetBufferLength() != byte_count(slice))
    return {};
  std::vector<char> bytes(image.GetBufferLength());
  if (!image.GetBuffer(bytes.data())) return {};
  return bytes;
}

std::vector<char> decoded_frame(const DicomSlice& slice) {
  gdcm::ImageRegionReader reader;
  reader.SetFileName(slice.file.c_str());
  if (!reader.ReadInformation()) return {};
  const std::vector<unsigned int> size = gdcm::ImageHelper::GetDimensionsValue(reader.GetFile());
  if (size.size() < 2 || int(size[0]) != slice.columns || int(size[1]) != slice.rows) return {};
  gdcm::BoxRegion frame;
  frame.SetDomain(0, size[0] - 1, 0, size[1] - 1, unsigned(slice.frame - 1),
                  unsigned(slice.frame - 1));
  reader.SetRegion(frame);
  if (reader.ComputeBufferLength() != byte_count(slice)) return {};
  std::vector<char> bytes(reader.ComputeBufferLength());
  if (!reader.ReadIntoBuffer(bytes.data(), bytes.size())) return {};
  return bytes;
}

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

StoredPixels decode_slice(const DicomSlice& slice) {
  quieten_gdcm();
  StoredPixels pixels;
  try {
    pixels.bytes = slice.frame ? decoded_frame(slice) : decoded_file(slice);
  } catch (const std::exception&) {  // one line of ours, below, for the many of theirs
  }
  require(pixels.bytes.size() == byte_count(slice) && !pixels.bytes.empty(),
          ErrorKind::unreadable_file,
          name(slice) + ": the pixels cannot be decoded (transfer syntax " +
              one_line(slice.transfer_syntax_uid) + "), or are not the " + to_text(slice.columns) +
              "x" + to_text(slice.rows) + " of " + to_text(slice.bits_allocated) +
              " bits of the header; export it again, uncompressed");
  return pixels;
}

void copy_intensities(const StoredPixels& pixels, const DicomSlice& slice, std::size_t first,
                      int count, double* target) {
  const std::size_t width = std::size_t(slice.bits_allocated / 8);
  const char* from = pixels.bytes.data() + first * width;
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
