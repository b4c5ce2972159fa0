#include "radiomics/io/dicom_output.h"

#include <cassert>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcelem.h>
#include <dcmtk/dcmdata/dcmetinf.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dcuid.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_uid.h"

namespace radiomics {
namespace {

constexpr std::size_t longest_decimal = 16;

/// Our own mistakes only: tags are written in this folder, and values are not looked at.
void check([[maybe_unused]] const OFCondition& condition) { assert(condition.good()); }

std::string decimal(double value) {
  std::string text = to_text(value + 0.0);  // no -0
  for (int digits = 16; text.size() > longest_decimal; --digits) text = rounded_text(value, digits);
  return text;
}

template <class Part>  // DcmMetaInfo, DcmDataset
std::string encoded_part(Part& part) {
  constexpr E_TransferSyntax syntax = EXS_LittleEndianExplicit;
  std::string bytes(part.calcElementLength(syntax, EET_ExplicitLength), '\0');
  DcmOutputBufferStream stream(bytes.data(), offile_off_t(bytes.size()));
  part.transferInit();
  require(part.write(stream, syntax, EET_ExplicitLength, nullptr).good(),
          ErrorKind::unwritable_output,
          "a DICOM object cannot be encoded; report this, with the sizes of image and mask");
  part.transferEnd();
  void* start = nullptr;
  offile_off_t length = 0;
  stream.flushBuffer(start, length);
  bytes.resize(std::size_t(length));
  return bytes;
}

/// The meta header, with its own length.
void put_meta_header(DcmMetaInfo& meta, DcmDataset& dataset) {
  put_bytes(meta, DCM_FileMetaInformationVersion, {0, 1});
  put(meta, DCM_MediaStorageSOPClassUID, text(dataset, DCM_SOPClassUID));
  put(meta, DCM_MediaStorageSOPInstanceUID, text(dataset, DCM_SOPInstanceUID));
  put(meta, DCM_TransferSyntaxUID, UID_LittleEndianExplicitTransferSyntax);
  put(meta, DCM_ImplementationClassUID, dicom_uid("radiomics implementation"));
  put(meta, DCM_ImplementationVersionName, "RADIOMICS");
  Uint32 length = 0;
  for (unsigned long i = 0; i < meta.card(); ++i)
    length += meta.getElement(i)->calcElementLength(EXS_LittleEndianExplicit, EET_ExplicitLength);
  check(meta.putAndInsertUint32(DCM_FileMetaInformationGroupLength, length));
}

}  // namespace

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  check(item.putAndInsertString(tag, value.c_str()));
}

void put(DcmItem& item, const DcmTagKey& tag, int value) { put(item, tag, to_text(value)); }

void put(DcmItem& item, const DcmTagKey& tag, const DcmTagKey& value) {
  check(item.putAndInsertTagKey(tag, value));
}

void put(DcmItem& item, const DcmTagKey& tag, std::initializer_list<std::uint32_t> values) {
  const std::vector<Uint32> numbers(values.begin(), values.end());
  check(item.putAndInsertUint32Array(tag, numbers.data(),
                                     static_cast<unsigned long>(numbers.size())));
}

void put_bytes(DcmItem& item, const DcmTagKey& tag, const std::vector<unsigned char>& bytes) {
  check(item.putAndInsertUint8Array(tag, bytes.data(), static_cast<unsigned long>(bytes.size())));
}

DcmItem& add_item(DcmItem& parent, const DcmTagKey& sequence) {
  DcmItem* item = nullptr;
  check(parent.findOrCreateSequenceItem(sequence, item, -2));  // -2: a new one at the end
  assert(item);
  return *item;
}

void add_code(DcmItem& parent, const DcmTagKey& sequence, const Code& code) {
  DcmItem& item = add_item(parent, sequence);
  put(item, DCM_CodeValue, code.value);
  put(item, DCM_CodingSchemeDesignator, code.scheme);
  put(item, DCM_CodeMeaning, code.meaning);
}

std::string decimals(std::initializer_list<double> values) {
  std::vector<std::string> texts;
  for (const double value : values) texts.push_back(decimal(value));
  return join(texts, "\\");
}

std::string encoded(DcmDataset& dataset) { return encoded_part(dataset); }

void write_dicom(DcmDataset& dataset, std::ostream& out) {
  DcmMetaInfo meta;
  put_meta_header(meta, dataset);
  out << encoded_part(meta) << encoded_part(dataset);  // the meta header brings its preamble
}

}  // namespace radiomics
