// Attributes: DICOM PS3.3, C.7.6.3; file: PS3.10, chapter 7.

#include "radiomics/io/plain_slice.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>
#include <dcmtk/dcmdata/dcxfer.h>

#include "radiomics/io/codestream.h"
#include "radiomics/io/dicom_items.h"

namespace radiomics {
namespace {

constexpr std::string_view little_endian_syntax = "1.2.840.10008.1.2.1";
constexpr std::string_view run_length_syntax = "1.2.840.10008.1.2.5";
constexpr std::string_view any_image_class = "1.2.840.10008.5.1.4.1.1.7";

/// Writes elements with explicit types, little endian.
class ElementWriter {
 public:
  void put(std::uint16_t group, std::uint16_t element, std::string_view vr, std::string value) {
    if (value.size() % 2 == 1) value += vr == "CS" ? ' ' : '\0';
    number(group, 2);
    number(element, 2);
    bytes_ += vr;
    number(std::uint32_t(value.size()), 2);
    bytes_ += value;
  }
  void put(std::uint16_t group, std::uint16_t element, int value) {
    put(group, element, "US", {char(value & 0xff), char(value >> 8 & 0xff)});
  }

  void put_pixels(std::string_view vr, std::uint32_t length) {
    number(0x7fe0, 2);
    number(0x0010, 2);
    bytes_ += vr;
    number(0, 2);
    number(length, 4);
  }
  void put_item(std::uint16_t element, const std::vector<unsigned char>& value) {
    number(0xfffe, 2);
    number(element, 2);
    number(std::uint32_t(value.size()), 4);
    append(value);
  }
  void append(const std::vector<unsigned char>& value) {
    bytes_.append(value.begin(), value.end());
  }

  std::string take() && { return std::move(bytes_); }

 private:
  void number(std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i) bytes_ += char(value >> (8 * i) & 0xff);
  }

  std::string bytes_;
};

struct Description {
  int rows = 0;
  int columns = 0;
  int allocated = 0;
  int stored = 0;
  int high_bit = 0;
  int is_signed = 0;

  bool valid() const {
    const bool known = allocated == 8 || allocated == 16 || allocated == 32;
    return rows > 0 && columns > 0 && known && stored >= 1 && stored <= allocated &&
           high_bit < allocated && high_bit >= stored - 1 && (is_signed == 0 || is_signed == 1);
  }
};

Description description_of(DcmItem& dataset) {
  const auto value = [&](const DcmTagKey& tag) { return integer(dataset, tag).value_or(-1); };
  return {value(DCM_Rows),       value(DCM_Columns), value(DCM_BitsAllocated),
          value(DCM_BitsStored), value(DCM_HighBit), value(DCM_PixelRepresentation)};
}

std::string head(std::string_view syntax) {
  ElementWriter meta;
  meta.put(0x0002, 0x0002, "UI", std::string(any_image_class));
  meta.put(0x0002, 0x0003, "UI", "1.2.3");
  meta.put(0x0002, 0x0010, "UI", std::string(syntax));
  const std::string elements = std::move(meta).take();
  const auto length = std::uint32_t(elements.size());
  ElementWriter group_length;
  group_length.put(0x0002, 0x0000, "UL",
                   {char(length & 0xff), char(length >> 8 & 0xff), '\0', '\0'});
  std::string bytes(128, '\0');
  bytes += "DICM";
  return bytes + std::move(group_length).take() + elements;
}

void put_description(const Description& image, const std::string& photometric, ElementWriter& out) {
  out.put(0x0008, 0x0016, "UI", std::string(any_image_class));
  out.put(0x0008, 0x0018, "UI", "1.2.3");
  out.put(0x0028, 0x0002, 1);
  out.put(0x0028, 0x0004, "CS", photometric);
  out.put(0x0028, 0x0010, image.rows);
  out.put(0x0028, 0x0011, image.columns);
  out.put(0x0028, 0x0100, image.allocated);
  out.put(0x0028, 0x0101, image.stored);
  out.put(0x0028, 0x0102, image.high_bit);
  out.put(0x0028, 0x0103, image.is_signed);
}

/// \return false if there are too few
bool put_native_pixels(DcmItem& dataset, const Description& image, ElementWriter& out) {
  constexpr std::uint32_t undefined_length = 0xffffffff;
  std::vector<unsigned char> values = bytes(dataset, DCM_PixelData);
  const std::size_t needed =
      std::size_t(image.rows) * std::size_t(image.columns) * std::size_t(image.allocated / 8);
  if (values.size() < needed || needed >= undefined_length - 1) return false;
  values.resize(needed + needed % 2);
  out.put_pixels(image.allocated == 8 ? "OB" : "OW", std::uint32_t(values.size()));
  out.append(values);
  return true;
}

/// As one fragment, as those of one frame may be.
bool put_compressed_pixels(DcmItem& dataset, std::string_view syntax, ElementWriter& out) {
  constexpr std::uint32_t undefined_length = 0xffffffff;
  constexpr std::uint16_t item = 0xe000, end = 0xe0dd;
  std::vector<unsigned char> stream;
  for (const auto& fragment : pixel_fragments(dataset))
    stream.insert(stream.end(), fragment.begin(), fragment.end());
  if (syntax != run_length_syntax) stream = without_comments(stream);
  if (stream.empty()) return false;
  stream.resize(stream.size() + stream.size() % 2);
  out.put_pixels("OB", undefined_length);
  out.put_item(item, {});  // the table of offsets, which may be empty
  out.put_item(item, stream);
  out.put_item(end, {});
  return true;
}

}  // namespace

std::string plain_slice(const std::filesystem::path& file) {
  std::string problem;
  const auto object = DicomFile::read(file, DicomPart::all, problem);
  if (!object) return {};
  DcmItem& dataset = object->dataset();
  const Description image = description_of(dataset);
  const std::string photometric = text(dataset, DCM_PhotometricInterpretation);
  const bool is_grey = (photometric == "MONOCHROME1" || photometric == "MONOCHROME2") &&
                       integer(dataset, DCM_SamplesPerPixel) == 1;
  if (!image.valid() || !is_grey) return {};
  const std::string syntax = object->transfer_syntax_uid();
  const bool encapsulated = DcmXfer(syntax.c_str()).isEncapsulated();
  ElementWriter out;
  put_description(image, photometric, out);
  const bool complete = encapsulated ? put_compressed_pixels(dataset, syntax, out)
                                     : put_native_pixels(dataset, image, out);
  if (!complete) return {};
  return head(encapsulated ? syntax : little_endian_syntax) + std::move(out).take();
}

}  // namespace radiomics
