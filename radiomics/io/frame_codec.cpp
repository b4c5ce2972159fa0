#include "radiomics/io/frame_codec.h"

#include <cstdint>
#include <exception>
#include <sstream>

#include <gdcmByteValue.h>
#include <gdcmDataElement.h>
#include <gdcmFragment.h>
#include <gdcmJPEG2000Codec.h>
#include <gdcmSequenceOfFragments.h>
#include <itk_zlib.h>

#include "radiomics/io/quiet_gdcm.h"

namespace radiomics {
namespace {

/// A number of four bytes, the highest first.
std::uint32_t big_endian(const std::vector<unsigned char>& bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | bytes[offset + i];
  return value;
}

// The code stream starts with the markers SOC and SIZ; SIZ holds the far corner of the picture and
// where it begins (ISO/IEC 15444-1, A.5.1). DICOM leaves out the JP2 file format around it.
bool has_size(const std::vector<unsigned char>& encoded, int rows, int columns) {
  constexpr std::size_t far_corner = 8, near_corner = 16, end = 24;
  if (encoded.size() < end || big_endian(encoded, 0) != 0xff4fff51) return false;
  return big_endian(encoded, far_corner) == std::uint32_t(columns) &&
         big_endian(encoded, far_corner + 4) == std::uint32_t(rows) &&
         big_endian(encoded, near_corner) == 0 && big_endian(encoded, near_corner + 4) == 0;
}

gdcm::DataElement as_pixel_data(const std::vector<unsigned char>& encoded) {
  gdcm::Fragment fragment;
  fragment.SetByteValue(reinterpret_cast<const char*>(encoded.data()),
                        gdcm::VL(std::uint32_t(encoded.size())));
  const auto fragments = gdcm::SequenceOfFragments::New();
  fragments->AddFragment(fragment);
  gdcm::DataElement pixel_data(gdcm::Tag(0x7fe0, 0x0010), 0, gdcm::VR::OB);
  pixel_data.SetValue(*fragments);
  return pixel_data;
}

}  // namespace

std::vector<unsigned char> inflate_frame(const std::vector<unsigned char>& encoded,
                                         std::size_t most_bytes) {
  std::vector<unsigned char> result(most_bytes);
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return {};     // negative: without a zlib header
  stream.next_in = const_cast<unsigned char*>(encoded.data());  // zlib does not write to it
  stream.avail_in = unsigned(encoded.size());
  stream.next_out = result.data();
  stream.avail_out = unsigned(result.size());
  const int status = inflate(&stream, Z_FINISH);
  const std::size_t left = stream.avail_out;
  inflateEnd(&stream);
  if (status != Z_STREAM_END && left > 0) return {};
  result.resize(most_bytes - left);
  return result;
}

std::vector<unsigned char> decode_jpeg2000_frame(const std::vector<unsigned char>& encoded,
                                                 int rows, int columns) {
  if (!has_size(encoded, rows, columns)) return {};
  quieten_gdcm();
  try {
    gdcm::JPEG2000Codec codec;
    const unsigned dimensions[] = {unsigned(columns), unsigned(rows), 1};
    codec.SetNumberOfDimensions(2);
    codec.SetDimensions(dimensions);
    codec.SetPlanarConfiguration(0);
    codec.SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
    codec.SetPixelFormat(gdcm::PixelFormat::UINT8);
    gdcm::DataElement decoded;
    if (!codec.Decode(as_pixel_data(encoded), decoded)) return {};
    const gdcm::ByteValue* bytes = decoded.GetByteValue();
    if (!bytes || bytes->GetLength() != std::size_t(rows) * std::size_t(columns)) return {};
    const char* first = bytes->GetPointer();
    return {first, first + bytes->GetLength()};
  } catch (const std::exception&) {  // damaged: the caller says so
    return {};
  }
}

}  // namespace radiomics
