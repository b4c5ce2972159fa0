#include "samples/dicom_modules.h"

#include <cassert>
#include <cmath>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcostrmf.h>
#include <dcmtk/dcmdata/dctk.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "samples/files.h"

namespace radiomics::samples {
namespace {

/// Our own mistakes only: values and tags are all in this folder.
void check([[maybe_unused]] const OFCondition& condition) { assert(condition.good()); }

void put_patient_and_study(DcmItem& dataset, const Patient& patient) {
  const Identity& identity = patient.identity;
  put(dataset, DCM_PatientName, identity.name);
  put(dataset, DCM_PatientID, identity.patient_id);
  DcmItem& other = add_item(dataset, DCM_OtherPatientIDsSequence);
  put(other, DCM_PatientID, identity.other_id);
  put(other, DCM_TypeOfPatientID, "TEXT");
  put(dataset, DCM_PatientBirthDate, identity.birth_date);
  put(dataset, DCM_PatientSex, identity.sex);
  put(dataset, DCM_PatientAge, std::string("0").append(to_text(identity.age)).append("Y"));
  put(dataset, DCM_StudyInstanceUID, uid_of(patient, "study"));
  put(dataset, DCM_StudyDate, identity.study_date);
  put(dataset, DCM_StudyTime, "101500");
  put(dataset, DCM_ReferringPhysicianName, identity.physician);
  put(dataset, DCM_StudyID, identity.study_id);
  put(dataset, DCM_AccessionNumber, identity.accession);
  put(dataset, DCM_StudyDescription, "Thorax planning, " + split(identity.name, '^')[0]);
}

void put_series(DcmItem& dataset, const Patient& patient, const SeriesHeader& series) {
  const Identity& identity = patient.identity;
  put(dataset, DCM_Modality, series.modality);
  put(dataset, DCM_SeriesInstanceUID, series.uid);
  put(dataset, DCM_SeriesNumber, series.number);
  put(dataset, DCM_SeriesDescription, series.description);
  put(dataset, DCM_SeriesDate, identity.study_date);
  put(dataset, DCM_SeriesTime, "102000");
  put(dataset, DCM_OperatorsName, identity.operators);
  put(dataset, DCM_FrameOfReferenceUID, uid_of(patient, "frame"));
  put(dataset, DCM_PositionReferenceIndicator, "");
}

void put_equipment(DcmItem& dataset, const Identity& identity) {
  put(dataset, DCM_Manufacturer, "Sample Phantoms");
  put(dataset, DCM_ManufacturerModelName, "Ellipsoid");
  put(dataset, DCM_SoftwareVersions, "1");
  put(dataset, DCM_InstitutionName, identity.institution);
  put(dataset, DCM_InstitutionAddress, identity.address);
  put(dataset, DCM_StationName, identity.station);
  put(dataset, DCM_DeviceSerialNumber, identity.serial);
}

E_TransferSyntax library_syntax(TransferSyntax syntax) {
  constexpr E_TransferSyntax of[] = {EXS_LittleEndianExplicit, EXS_LittleEndianImplicit,
                                     EXS_RLELossless};
  return of[int(syntax)];
}

/// The file's meta header, with its length.
void put_meta_header(DcmMetaInfo& meta, DcmDataset& dataset, E_TransferSyntax syntax) {
  OFString class_uid, instance_uid;
  check(dataset.findAndGetOFString(DCM_SOPClassUID, class_uid));
  check(dataset.findAndGetOFString(DCM_SOPInstanceUID, instance_uid));
  put_bytes(meta, DCM_FileMetaInformationVersion, std::string_view("\0\1", 2));
  put(meta, DCM_MediaStorageSOPClassUID, class_uid.c_str());
  put(meta, DCM_MediaStorageSOPInstanceUID, instance_uid.c_str());
  put(meta, DCM_TransferSyntaxUID, DcmXfer(syntax).getXferID());
  put(meta, DCM_ImplementationClassUID, uid("implementation"));
  put(meta, DCM_ImplementationVersionName, "SAMPLES_1");
  Uint32 length = 0;
  for (unsigned long i = 0; i < meta.card(); ++i)
    length += meta.getElement(i)->calcElementLength(EXS_LittleEndianExplicit, EET_ExplicitLength);
  check(meta.putAndInsertUint32(DCM_FileMetaInformationGroupLength, length));
}

template <class Part>  // DcmMetaInfo, DcmDataset
bool written(Part& part, DcmOutputStream& stream, E_TransferSyntax syntax) {
  part.transferInit();
  const bool good = part.write(stream, syntax, EET_ExplicitLength, nullptr).good();
  part.transferEnd();
  return good;
}

bool write_object(DcmDataset& dataset, const std::filesystem::path& path, E_TransferSyntax syntax) {
  DcmMetaInfo meta;
  put_meta_header(meta, dataset, syntax);
  DcmOutputFileStream stream(path.c_str());
  return stream.good() && written(meta, stream, EXS_LittleEndianExplicit) &&
         written(dataset, stream, syntax);
}

}  // namespace

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  check(item.putAndInsertString(tag, value.c_str()));
}

void put(DcmItem& item, const DcmTagKey& tag, const char* value) {
  check(item.putAndInsertString(tag, value));
}

void put(DcmItem& item, const DcmTagKey& tag, int value) { put(item, tag, to_text(value)); }

void put_bytes(DcmItem& item, const DcmTagKey& tag, std::string_view bytes) {
  check(item.putAndInsertUint8Array(tag, reinterpret_cast<const Uint8*>(bytes.data()),
                                    static_cast<unsigned long>(bytes.size())));
}

DcmItem& add_item(DcmItem& parent, const DcmTagKey& sequence) {
  DcmItem* item = nullptr;
  check(parent.findOrCreateSequenceItem(sequence, item, -2));  // -2: a new one at the end
  assert(item);
  return *item;
}

void add_code(DcmItem& parent, const DcmTagKey& sequence, const char* value, const char* scheme,
              const char* meaning) {
  DcmItem& code = add_item(parent, sequence);
  put(code, DCM_CodeValue, value);
  put(code, DCM_CodingSchemeDesignator, scheme);
  put(code, DCM_CodeMeaning, meaning);
}

std::string decimal(double mm) { return to_text(std::floor(mm * 1e4 + 0.5) / 1e4 + 0.0); }

std::string decimals(std::initializer_list<double> values) {
  std::vector<std::string> texts;
  for (const double value : values) texts.push_back(decimal(value));
  return join(texts, "\\");
}

void put_common_modules(DcmItem& dataset, const Patient& patient, const SeriesHeader& series,
                        const SopInstance& instance) {
  put(dataset, DCM_SpecificCharacterSet, "ISO_IR 192");
  put(dataset, DCM_SOPClassUID, instance.class_uid);
  put(dataset, DCM_SOPInstanceUID, instance.uid);
  put_patient_and_study(dataset, patient);
  put_series(dataset, patient, series);
  put_equipment(dataset, patient.identity);
}

std::string slice_position(const Geometry& grid, int z) {
  const auto [x_mm, y_mm, z_mm] = position_mm(grid, Index3{0, 0, z});
  return decimals({x_mm, y_mm, z_mm});
}

std::string orientation(const Geometry& grid) {
  const auto& d = grid.direction;
  return decimals({d[0], d[3], d[6], d[1], d[4], d[7]});
}

std::string pixel_spacing(const Geometry& grid) {
  return decimals({grid.spacing_mm[1], grid.spacing_mm[0]});
}

void save(DcmDataset& dataset, const std::filesystem::path& path, TransferSyntax syntax) {
  make_folder(path.parent_path());
  require(write_object(dataset, path, library_syntax(syntax)), ErrorKind::unwritable_output,
          path.string() + ": cannot be written; is the disk full or the folder protected?");
}

}  // namespace radiomics::samples
