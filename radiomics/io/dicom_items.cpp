// DCMTK behind a few functions. Its own log is switched off here, once for the process: what it
// finds wrong becomes one line of ours.

#include "radiomics/io/dicom_items.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcelem.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcistrmf.h>
#include <dcmtk/dcmdata/dcmetinf.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcsequen.h>
#include <dcmtk/dcmdata/dcspchrs.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <dcmtk/oflog/oflog.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_guard.h"

namespace radiomics {
namespace {

/// Before the first of several threads: the log off, the dictionary of attributes in memory.
void prepare_dcmtk() {
  static std::once_flag once;
  std::call_once(once, [] {
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    dcmDataDict.rdlock();
    dcmDataDict.rdunlock();
  });
}

DcmElement* element(DcmItem& item, const DcmTagKey& tag) {
  DcmElement* found = nullptr;
  return item.findAndGetElement(tag, found).good() ? found : nullptr;
}

// Text whose length does not fit the 16 bits of its type is stored as "unknown", as plain bytes.
std::string raw_text(DcmElement& value) {
  if (value.ident() == EVR_UN || value.ident() == EVR_OB) {
    Uint8* data = nullptr;
    if (value.getUint8Array(data).bad() || !data) return {};
    return {reinterpret_cast<const char*>(data), value.getLength()};
  }
  char* data = nullptr;
  Uint32 length = 0;
  if (value.getString(data, length).bad() || !data) return {};
  return {data, length};
}

std::string to_utf8(DcmItem& dataset, const std::string& value) {
  DcmSpecificCharacterSet converter;
  OFString converted;
  if (converter.selectCharacterSet(dataset).good() &&
      converter.convertString(value.c_str(), value.size(), converted).good())
    return {converted.c_str(), converted.size()};
  return value;
}

}  // namespace

DicomFile::DicomFile(std::unique_ptr<DcmFileFormat> format, std::uint64_t end_of_header)
    : format_(std::move(format)), end_of_header_(end_of_header) {}
DicomFile::DicomFile(DicomFile&&) noexcept = default;
DicomFile::~DicomFile() = default;

std::optional<DicomFile> DicomFile::read(const std::filesystem::path& file, DicomPart part,
                                         std::string& problem) {
  ByteWindow bytes(file);
  return read(bytes, file, part, problem);
}

// DCMTK reads from the file: of a stream in memory it would take what a length claims at once, and
// asks for it where the guard sees another element.
std::optional<DicomFile> DicomFile::read(ByteWindow& bytes, const std::filesystem::path& file,
                                         DicomPart part, std::string& problem) {
  prepare_dcmtk();
  if (auto damage = dicom_damage(bytes, file)) {
    problem = std::move(*damage);
    return {};
  }
  auto format = std::make_unique<DcmFileFormat>();
  const DcmTagKey stop = part == DicomPart::header ? DCM_PixelData : DCM_UndefinedTagKey;
  DcmInputFileStream stream{OFFilename(file.c_str())};
  format->transferInit();
  const bool good =
      stream.status().good() &&
      format->readUntilTag(stream, EXS_Unknown, EGL_noChange, DCM_MaxReadLength, stop).good();
  format->transferEnd();
  if (!good) {
    problem = "is damaged or cut short";
    return {};
  }
  return DicomFile(std::move(format), std::uint64_t(stream.tell()));
}

DcmItem& DicomFile::dataset() const { return *format_->getDataset(); }

std::string DicomFile::transfer_syntax_uid() const {
  std::string named = text(*format_->getMetaInfo(), DCM_TransferSyntaxUID);
  if (!named.empty()) return named;
  return DcmXfer(format_->getDataset()->getOriginalXfer()).getXferID();
}

std::string DicomFile::modality() const {
  return one_line(valid_utf8(text(dataset(), DCM_Modality)));
}

bool looks_like_dicom(ByteWindow& bytes) {
  constexpr std::size_t preamble_and_mark = 132;
  const auto start = bytes.at(0, preamble_and_mark);
  if (start.size() < preamble_and_mark) return false;
  if (std::ranges::equal(start.last(4), std::string_view("DICM"))) return true;
  return start[0] == 8 && start[1] == 0 && start[2] <= 0x18 && start[3] == 0;
}

bool looks_like_dicom(const std::filesystem::path& file) {
  ByteWindow bytes(file);
  return looks_like_dicom(bytes);
}

DicomFile open_dicom_object(const std::filesystem::path& file, std::string_view modality) {
  const std::string name = file.string();
  std::error_code ignored;  // what cannot be looked at counts as absent
  require(is_regular_file(file, ignored), ErrorKind::unreadable_file,
          name + ": no such file; check the path");
  require(looks_like_dicom(file), ErrorKind::unreadable_file,
          name + ": is not a DICOM file; give a DICOM " + std::string(modality));
  std::string problem;
  auto object = DicomFile::read(file, DicomPart::all, problem);
  require(object.has_value(), ErrorKind::unreadable_file,
          name + ": " + problem + "; export it again");
  const std::string found = object->modality();
  require(found == modality, ErrorKind::unsupported_data,
          name + ": is a DICOM object of modality '" + found + "', not " + std::string(modality) +
              "; give the file that holds the regions");
  return std::move(*object);
}

std::string text(DcmItem& item, const DcmTagKey& tag) {
  DcmElement* value = element(item, tag);
  if (!value) return {};
  std::string result = raw_text(*value);
  while (!result.empty() && result.back() == '\0') result.pop_back();
  return std::string(trimmed(result));
}

std::string name_text(DcmItem& dataset, DcmItem& item, const DcmTagKey& tag) {
  return one_line(valid_utf8(to_utf8(dataset, text(item, tag))));
}

std::optional<std::vector<double>> numbers(DcmItem& item, const DcmTagKey& tag) {
  return parse_numbers(text(item, tag));
}

std::optional<int> integer(DcmItem& item, const DcmTagKey& tag) {
  Uint16 value = 0;
  if (item.findAndGetUint16(tag, value).good()) return value;
  return to_integer(text(item, tag));
}

std::optional<std::vector<double>> parse_numbers(std::string_view text) {
  std::vector<double> values;
  for (;;) {
    const auto end = text.find('\\');
    const auto value = to_number(trimmed(text.substr(0, end)));
    if (!value || !std::isfinite(*value)) return {};
    values.push_back(*value);
    if (end == std::string_view::npos) return values;
    text.remove_prefix(end + 1);
  }
}

std::vector<DcmItem*> items(DcmItem& item, const DcmTagKey& sequence) {
  std::vector<DcmItem*> result;
  auto* found = dynamic_cast<DcmSequenceOfItems*>(element(item, sequence));
  if (!found) return result;
  // A list: walking it is linear, asking for item i is not.
  for (DcmObject* next = found->nextInContainer(nullptr); next; next = found->nextInContainer(next))
    if (auto* child = dynamic_cast<DcmItem*>(next)) result.push_back(child);
  return result;
}

std::vector<unsigned char> bytes(DcmItem& item, const DcmTagKey& tag) {
  const Uint8* data = nullptr;
  unsigned long count = 0;
  if (item.findAndGetUint8Array(tag, data, &count).bad() || !data) return {};
  return {data, data + count};
}

std::vector<std::vector<unsigned char>> pixel_fragments(DcmItem& dataset) {
  std::vector<std::vector<unsigned char>> result;
  auto* pixels = dynamic_cast<DcmPixelData*>(element(dataset, DCM_PixelData));
  if (!pixels) return result;
  E_TransferSyntax syntax = EXS_Unknown;
  const DcmRepresentationParameter* parameter = nullptr;
  pixels->getOriginalRepresentationKey(syntax, parameter);
  DcmPixelSequence* sequence = nullptr;
  if (pixels->getEncapsulatedRepresentation(syntax, parameter, sequence).bad() || !sequence)
    return result;
  for (unsigned long i = 1; i < sequence->card(); ++i) {
    DcmPixelItem* fragment = nullptr;
    Uint8* data = nullptr;
    if (sequence->getItem(fragment, i).bad() || fragment->getUint8Array(data).bad() || !data)
      return {};
    result.emplace_back(data, data + fragment->getLength());
  }
  return result;
}

}  // namespace radiomics
