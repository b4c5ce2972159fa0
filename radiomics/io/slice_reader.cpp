// Pixels come through GDCM, the DICOM part of ITK, as they are stored. itk::GDCMImageIO would turn
// MONOCHROME1, which is a matter of display, upside down, and passes over the rescale of some kinds
// of object.

#include "radiomics/io/slice_reader.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <exception>
#include <string_view>

#include <gdcmFragment.h>
#include <gdcmImageReader.h>
#include <gdcmJPEGCodec.h>
#include <gdcmSequenceOfFragments.h>
#include <gdcmTrace.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/pixel_data.h"
#include "radiomics/io/slice_checks.h"
#include "radiomics/io/transfer_syntax.h"

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

std::size_t row_bytes(const DicomSlice& slice) {
  return std::size_t(slice.columns) * std::size_t(slice.bits_allocated / 8);
}

std::size_t byte_count(const DicomSlice& slice) {
  return std::size_t(slice.rows) * row_bytes(slice);
}

using Bytes = std::vector<char>;  // empty: cannot be decoded

// --- code streams --------------------------------------------------------------------------------

gdcm::DataElement pixel_element(const Bytes& code_stream) {
  gdcm::Fragment fragment;
  fragment.SetByteValue(code_stream.data(), gdcm::VL(std::uint32_t(code_stream.size())));
  const gdcm::SmartPointer<gdcm::SequenceOfFragments> sequence = new gdcm::SequenceOfFragments;
  sequence->AddFragment(fragment);
  gdcm::DataElement element(gdcm::Tag(0x7fe0, 0x0010));
  element.SetVR(gdcm::VR::OB);
  element.SetValue(*sequence);
  return element;
}

gdcm::PixelFormat pixel_format(const DicomSlice& slice) {
  return gdcm::PixelFormat(1, std::uint16_t(slice.bits_allocated), std::uint16_t(slice.bits_stored),
                           std::uint16_t(slice.high_bit), std::uint16_t(slice.is_signed));
}

Bytes decoded_image(const Bytes& code_stream, const DicomSlice& slice) {
  gdcm::Image image;
  image.SetNumberOfDimensions(2);
  image.SetDimension(0, unsigned(slice.columns));
  image.SetDimension(1, unsigned(slice.rows));
  image.SetPixelFormat(pixel_format(slice));
  image.SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
  image.SetTransferSyntax(gdcm::TransferSyntax::GetTSType(slice.transfer_syntax_uid.c_str()));
  image.SetDataElement(pixel_element(code_stream));
  if (image.GetBufferLength() != byte_count(slice)) return {};
  Bytes bytes(image.GetBufferLength());
  if (!image.GetBuffer(bytes.data())) return {};
  return bytes;
}

// A code stream of the JPEG family ends with this marker; decoders make up what is missing.
bool ends_as_it_should(const Bytes& code_stream, const DicomSlice& slice) {
  if (!slice.transfer_syntax_uid.starts_with("1.2.840.10008.1.2.4.")) return true;
  std::string_view end(code_stream.data(), code_stream.size());
  while (end.ends_with('\0')) end.remove_suffix(1);
  constexpr std::string_view last = "\xFF\xD9";  // one byte behind it may be padding of any value
  return end.ends_with(last) || end.substr(0, end.size() - !end.empty()).ends_with(last);
}

int number_at(const Bytes& bytes, std::size_t at, int width) {
  int value = 0;
  for (int i = 0; i < width; ++i)
    value = int(unsigned(value) << 8) | static_cast<unsigned char>(bytes[at + std::size_t(i)]);
  return value;
}

/// Columns and rows that a JPEG or JPEG-LS code stream states in its frame header; 0 if it has
/// none.
std::array<int, 2> size_in_jpeg(const Bytes& bytes) {
  for (std::size_t at = 2; at + 9 <= bytes.size();) {
    if (bytes[at] != '\xFF') return {};
    const int marker = number_at(bytes, at + 1, 1);
    const bool is_table = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
    if ((marker >= 0xC0 && marker <= 0xCF && !is_table) || marker == 0xF7)
      return {number_at(bytes, at + 7, 2), number_at(bytes, at + 5, 2)};
    at += 2 + std::size_t(number_at(bytes, at + 2, 2));
  }
  return {};
}

/// The same of JPEG 2000: two markers, three lengths of 2 bytes before it, then sizes and offsets.
std::array<int, 2> size_in_jpeg2000(const Bytes& bytes) {
  if (bytes.size() < 24 || number_at(bytes, 0, 2) != 0xFF4F || number_at(bytes, 2, 2) != 0xFF51)
    return {};
  return {number_at(bytes, 8, 4) - number_at(bytes, 16, 4),
          number_at(bytes, 12, 4) - number_at(bytes, 20, 4)};
}

// GDCM believes the header, and would read past the end of what a smaller code stream gives.
bool is_of_stated_size(const Bytes& code_stream, const DicomSlice& slice) {
  const std::string_view syntax = slice.transfer_syntax_uid;
  if (!syntax.starts_with("1.2.840.10008.1.2.4.")) return true;
  const auto size = syntax.ends_with(".90") || syntax.ends_with(".91")
                        ? size_in_jpeg2000(code_stream)
                        : size_in_jpeg(code_stream);
  return size == std::array{slice.columns, slice.rows};
}

// GDCM takes the bits of the header for those of the code stream, and complains on standard error.
class JpegExtendedCodec : public gdcm::JPEGCodec {
 public:
  explicit JpegExtendedCodec(const DicomSlice& slice) {
    const unsigned int size[] = {unsigned(slice.columns), unsigned(slice.rows), 1};
    SetNumberOfDimensions(2);
    SetDimensions(size);
    SetPlanarConfiguration(0);
    SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
    SetPixelFormat(pixel_format(slice));
    SetBitSample(slice.bits_stored <= 8 ? 8 : 12);
  }
};

Bytes decoded_jpeg_extended(const Bytes& code_stream, const DicomSlice& slice) {
  JpegExtendedCodec codec(slice);
  gdcm::DataElement result;
  if (!codec.Decode(pixel_element(code_stream), result)) return {};
  const gdcm::ByteValue* value = result.GetByteValue();
  if (!value) return {};
  return {value->GetPointer(), value->GetPointer() + value->GetLength()};
}

Bytes decoded(const Bytes& code_stream, const DicomSlice& slice) {
  if (!ends_as_it_should(code_stream, slice) || !is_of_stated_size(code_stream, slice)) return {};
  return slice.transfer_syntax_uid == "1.2.840.10008.1.2.4.51"
             ? decoded_jpeg_extended(code_stream, slice)
             : decoded_image(code_stream, slice);
}

// --- files ---------------------------------------------------------------------------------------

bool is_plain(const DicomSlice& slice) {
  return known_transfer_syntax(slice.transfer_syntax_uid)->plain;
}

Bytes decoded_deflated(const DicomSlice& slice) {
  gdcm::ImageReader reader;
  reader.SetFileName(slice.file.c_str());
  if (!reader.Read()) return {};
  const gdcm::Image& image = reader.GetImage();
  if (int(image.GetDimension(0)) != slice.columns || int(image.GetDimension(1)) != slice.rows ||
      image.GetNumberOfDimensions() != 2 || image.GetBufferLength() != byte_count(slice))
    return {};
  Bytes bytes(image.GetBufferLength());
  if (!image.GetBuffer(bytes.data())) return {};
  return bytes;
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
  quieten_gdcm();
  try {
    if (slice.frame == 0) return decoded_file(slice);
    const std::vector<Bytes>& frames = frames_of(slice);
    if (slice.frame <= int(frames.size()))
      return decoded(frames[std::size_t(slice.frame - 1)], slice);
  } catch (const std::exception&) {  // one line of ours, by the caller, for the many of theirs
  }
  return {};
}

StoredPixels SliceDecoder::decode(const DicomSlice& slice, Rows rows) {
  StoredPixels pixels;
  pixels.rows = is_plain(slice) ? rows : Rows{0, slice.rows - 1};
  pixels.bytes = is_plain(slice) ? read_plain_rows(slice, rows) : decoded_bytes(slice);
  const auto row_count = std::size_t(pixels.rows.last - pixels.rows.first + 1);
  require(!pixels.bytes.empty() && pixels.bytes.size() == row_count * row_bytes(slice),
          ErrorKind::unreadable_file,
          name(slice) + ": the pixels cannot be decoded (transfer syntax " +
              one_line(slice.transfer_syntax_uid) + "), or are fewer than the " +
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
