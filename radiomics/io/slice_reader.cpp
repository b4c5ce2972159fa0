// ITK decodes all compressions of CT. What it does beyond that is checked: the size, and which
// rescale it has applied (it passes over that of some kinds of object).

#include "radiomics/io/slice_reader.h"

#include <algorithm>
#include <exception>

#include <itkGDCMImageIO.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

template <class T>
std::vector<double> read_as(itk::GDCMImageIO& format, std::size_t count) {
  std::vector<T> stored(count);
  format.Read(stored.data());
  return {stored.begin(), stored.end()};
}

std::vector<double> read_values(itk::GDCMImageIO& format, std::size_t count) {
  using Type = itk::IOComponentEnum;
  switch (format.GetComponentType()) {
    case Type::CHAR:
      return read_as<signed char>(format, count);
    case Type::UCHAR:
      return read_as<unsigned char>(format, count);
    case Type::SHORT:
      return read_as<short>(format, count);
    case Type::USHORT:
      return read_as<unsigned short>(format, count);
    case Type::INT:
      return read_as<int>(format, count);
    case Type::UINT:
      return read_as<unsigned>(format, count);
    case Type::FLOAT:
      return read_as<float>(format, count);
    case Type::DOUBLE:
      return read_as<double>(format, count);
    default:
      return {};
  }
}

/// Values and the rescale that they have had.
struct Decoded {
  std::vector<double> values;
  double slope = 1;
  double intercept = 0;
};

Decoded decode(const DicomSlice& slice, const std::string& name) {
  const std::size_t count = std::size_t(slice.rows) * slice.columns;
  try {
    const auto format = itk::GDCMImageIO::New();
    format->SetFileName(name);
    format->ReadImageInformation();
    const bool same_size = int(format->GetDimensions(0)) == slice.columns &&
                           int(format->GetDimensions(1)) == slice.rows &&
                           std::size_t(format->GetImageSizeInPixels()) == count &&
                           format->GetNumberOfComponents() == 1;
    if (!same_size) return {};
    return {read_values(*format, count), format->GetRescaleSlope(), format->GetRescaleIntercept()};
  } catch (const std::exception&) {  // one line of ours for the many of theirs
    throw Error(ErrorKind::unreadable_file,
                name + ": the pixels cannot be decoded (transfer syntax " +
                    one_line(slice.transfer_syntax_uid) +
                    "): damaged, cut short or of an unknown compression; export it again, "
                    "uncompressed");
  }
}

}  // namespace

std::vector<double> decode_slice(const DicomSlice& slice) {
  const std::string name = slice.file.string();
  const double slope = slice.rescale_slope.value_or(1);
  const double intercept = slice.rescale_intercept.value_or(0);
  Decoded decoded = decode(slice, name);
  require(!decoded.values.empty(), ErrorKind::unreadable_file,
          name + ": the pixels are not the " + to_text(slice.columns) + "x" + to_text(slice.rows) +
              " that the header says; export it again");
  if (decoded.slope == slope && decoded.intercept == intercept) return std::move(decoded.values);
  require(decoded.slope == 1 && decoded.intercept == 0, ErrorKind::unsupported_data,
          name + ": its rescale is " + to_text(slope) + ", " + to_text(intercept) +
              " but was read as " + to_text(decoded.slope) + ", " + to_text(decoded.intercept) +
              "; export it as a plain series");
  for (double& value : decoded.values) value = slope * value + intercept;
  return std::move(decoded.values);
}

}  // namespace radiomics
