#include "radiomics/io/gdcm_decoder.h"

#include <exception>
#include <mutex>

#include <gdcmFragment.h>
#include <gdcmImage.h>
#include <gdcmJPEGCodec.h>
#include <gdcmSequenceOfFragments.h>
#include <gdcmTrace.h>

#include "radiomics/io/codestream.h"

namespace radiomics {
namespace {

constexpr const char* jpeg_extended = "1.2.840.10008.1.2.4.51";

void quieten_gdcm() {
  static std::once_flag once;
  std::call_once(once, [] {
    gdcm::Trace::DebugOff();
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
  });
}

gdcm::DataElement pixel_element(const std::vector<unsigned char>& code_stream) {
  gdcm::Fragment fragment;
  fragment.SetByteValue(reinterpret_cast<const char*>(code_stream.data()),
                        gdcm::VL(std::uint32_t(code_stream.size())));
  const auto sequence = gdcm::SequenceOfFragments::New();
  sequence->AddFragment(fragment);
  gdcm::DataElement element(gdcm::Tag(0x7fe0, 0x0010));
  element.SetVR(gdcm::VR::OB);
#ifndef __clang_analyzer__  // it does not follow GDCM's counting of references
  element.SetValue(*sequence);
#endif
  return element;
}

gdcm::PixelFormat pixel_format(const FrameFormat& format) {
  return gdcm::PixelFormat(1, std::uint16_t(format.bits_allocated),
                           std::uint16_t(format.bits_stored), std::uint16_t(format.high_bit),
                           std::uint16_t(format.is_signed));
}

std::vector<char> decoded_image(const std::vector<unsigned char>& code_stream,
                                const FrameFormat& format) {
  gdcm::Image image;
  image.SetNumberOfDimensions(2);
  image.SetDimension(0, unsigned(format.columns));
  image.SetDimension(1, unsigned(format.rows));
  image.SetPixelFormat(pixel_format(format));
  image.SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
  image.SetTransferSyntax(gdcm::TransferSyntax::GetTSType(format.transfer_syntax_uid.c_str()));
  image.SetDataElement(pixel_element(code_stream));
  if (image.GetBufferLength() != format.byte_count()) return {};
  std::vector<char> bytes(image.GetBufferLength());
  if (!image.GetBuffer(bytes.data())) return {};
  return bytes;
}

// GDCM takes the bits of the header for those of the code stream, and complains on standard error.
class JpegExtendedCodec : public gdcm::JPEGCodec {
 public:
  explicit JpegExtendedCodec(const FrameFormat& format) {
    const unsigned int size[] = {unsigned(format.columns), unsigned(format.rows), 1};
    SetNumberOfDimensions(2);
    SetDimensions(size);
    SetPlanarConfiguration(0);
    SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
    SetPixelFormat(pixel_format(format));
    SetBitSample(format.bits_stored <= 8 ? 8 : 12);
  }
};

std::vector<char> decoded_jpeg_extended(const std::vector<unsigned char>& code_stream,
                                        const FrameFormat& format) {
  JpegExtendedCodec codec(format);
  gdcm::DataElement result;
  if (!codec.Decode(pixel_element(code_stream), result)) return {};
  const gdcm::ByteValue* value = result.GetByteValue();
  if (!value || value->GetLength() != format.byte_count()) return {};
  return {value->GetPointer(), value->GetPointer() + value->GetLength()};
}

bool is_of_jpeg_family(const FrameFormat& format) {
  return format.transfer_syntax_uid.starts_with("1.2.840.10008.1.2.4.");
}

std::vector<unsigned char> checked_run_length(const std::vector<unsigned char>& code_stream,
                                              const FrameFormat& format) {
  ByteWindow bytes(code_stream);
  const int segments = format.bits_allocated / 8;  // one for each byte of a pixel
  const bool fits = has_run_length_head(bytes, 0, bytes.size(), segments);
  return fits ? code_stream : std::vector<unsigned char>();
}

/// What is safe to decode; none if it is not.
std::vector<unsigned char> checked(const std::vector<unsigned char>& code_stream,
                                   const FrameFormat& format) {
  if (!is_of_jpeg_family(format)) return checked_run_length(code_stream, format);
  std::vector<unsigned char> stream = without_comments(code_stream);
  ByteWindow bytes(stream);
  const auto head = codestream_head(bytes, 0, bytes.size());
  const bool fits = head && head->rows == std::uint32_t(format.rows) &&
                    head->columns == std::uint32_t(format.columns) && head->components == 1 &&
                    head->bits <= unsigned(format.bits_allocated);
  return fits ? std::move(stream) : std::vector<unsigned char>();
}

}  // namespace

std::vector<char> decode_frame(const std::vector<unsigned char>& code_stream,
                               const FrameFormat& format) {
  quieten_gdcm();
  const std::vector<unsigned char> stream = checked(code_stream, format);
  if (stream.empty()) return {};
  try {
    return format.transfer_syntax_uid == jpeg_extended ? decoded_jpeg_extended(stream, format)
                                                       : decoded_image(stream, format);
  } catch (const std::exception&) {  // one line of ours, by the caller, for the many of theirs
    return {};
  }
}

}  // namespace radiomics
