// Pixels come through GDCM, the DICOM part of ITK, as they are stored. itk::GDCMImageIO would turn
// MONOCHROME1, which is a matter of display, upside down, and passes over the rescale of some kinds
// of object.

#include "radiomics/io/slice_reader.h"

#include <cstdint>
#include <cstring>
#include <exception>
#include <mutex>
#include <span>
#include <sstream>

#include <gdcmImageReader.h>
#include <gdcmTrace.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/plain_slice.h"

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

template <class T>
std::vector<double> values_of(std::span<const char> bytes) {
  std::vector<double> values(bytes.size() / sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) {
    T value;
    std::memcpy(&value, &bytes[i * sizeof(T)], sizeof value);
    values[i] = double(value);
  }
  return values;
}

std::vector<double> values_of(std::span<const char> bytes, gdcm::PixelFormat format) {
  switch (format.GetScalarType()) {
    case gdcm::PixelFormat::UINT8:
      return values_of<std::uint8_t>(bytes);
    case gdcm::PixelFormat::INT8:
      return values_of<std::int8_t>(bytes);
    case gdcm::PixelFormat::UINT12:
    case gdcm::PixelFormat::UINT16:
      return values_of<std::uint16_t>(bytes);
    case gdcm::PixelFormat::INT12:
    case gdcm::PixelFormat::INT16:
      return values_of<std::int16_t>(bytes);
    case gdcm::PixelFormat::UINT32:
      return values_of<std::uint32_t>(bytes);
    case gdcm::PixelFormat::INT32:
      return values_of<std::int32_t>(bytes);
    default:
      return {};
  }
}

/// The stored values; none if the file cannot be decoded or is not of the size of its header.
std::vector<double> stored_values(const DicomSlice& slice) {
  quieten_gdcm();
  try {
    std::istringstream plain(plain_slice(slice.file));  // never the file itself
    gdcm::ImageReader reader;
    reader.SetStream(plain);
    if (!reader.Read()) return {};
    const gdcm::Image& image = reader.GetImage();
    if (int(image.GetDimension(0)) != slice.columns || int(image.GetDimension(1)) != slice.rows ||
        image.GetNumberOfDimensions() != 2 || image.GetPixelFormat().GetSamplesPerPixel() != 1)
      return {};
    std::vector<char> bytes(image.GetBufferLength());
    if (!image.GetBuffer(bytes.data())) return {};
    return values_of(bytes, image.GetPixelFormat());
  } catch (const std::exception&) {  // one line of ours, by the caller, for the many of theirs
    return {};
  }
}

}  // namespace

std::vector<double> decode_slice(const DicomSlice& slice) {
  std::vector<double> values = stored_values(slice);
  require(values.size() == std::size_t(slice.rows) * std::size_t(slice.columns),
          ErrorKind::unreadable_file,
          slice.file.string() + ": the pixels cannot be decoded (transfer syntax " +
              one_line(slice.transfer_syntax_uid) + "), or are not the " + to_text(slice.columns) +
              "x" + to_text(slice.rows) + " of the header; export it again, uncompressed");
  const double slope = slice.rescale_slope.value_or(1);
  const double intercept = slice.rescale_intercept.value_or(0);
  for (double& value : values) value = slope * value + intercept;
  return values;
}

}  // namespace radiomics
