#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "radiomics/core/text.h"
#include "samples/dicom_modules.h"
#include "samples/dicom_objects.h"

// Source of modules and attributes: DICOM PS3.3, A.19 (RT Structure Set IOD) and C.8.8.5 ff.
namespace radiomics::samples {
namespace {

void put_structure_set(DcmItem& dataset, const Patient& patient) {
  put(dataset, DCM_InstanceNumber, 1);
  put(dataset, DCM_StructureSetLabel, "PLAN");
  put(dataset, DCM_StructureSetDate, patient.identity.study_date);
  put(dataset, DCM_StructureSetTime, "113000");
  put(dataset, DCM_ApprovalStatus, "UNAPPROVED");
}

void put_references(DcmItem& dataset, const Patient& patient, const CtSeries& series) {
  DcmItem& frame = add_item(dataset, DCM_ReferencedFrameOfReferenceSequence);
  put(frame, DCM_FrameOfReferenceUID, uid_of(patient, "frame"));
  DcmItem& study = add_item(frame, DCM_RTReferencedStudySequence);
  put(study, DCM_ReferencedSOPClassUID, UID_RETIRED_DetachedStudyManagementSOPClass);
  put(study, DCM_ReferencedSOPInstanceUID, uid_of(patient, "study"));
  DcmItem& referenced = add_item(study, DCM_RTReferencedSeriesSequence);
  put(referenced, DCM_SeriesInstanceUID, uid_of(patient, series.part));
  for (int z = 0; z < series.grid.size[2]; ++z) {
    DcmItem& image = add_item(referenced, DCM_ContourImageSequence);
    put(image, DCM_ReferencedSOPClassUID, UID_CTImageStorage);
    put(image, DCM_ReferencedSOPInstanceUID, slice_uid(patient, series, z));
  }
}

void put_roi_names(DcmItem& dataset, const Patient& patient) {
  for (std::size_t i = 0; i < patient.rois.size(); ++i) {
    DcmItem& roi = add_item(dataset, DCM_StructureSetROISequence);
    put(roi, DCM_ROINumber, int(i) + 1);
    put(roi, DCM_ReferencedFrameOfReferenceUID, uid_of(patient, "frame"));
    put(roi, DCM_ROIName, patient.rois[i].name);
    put(roi, DCM_ROIGenerationAlgorithm, "MANUAL");
  }
}

std::string contour_data(const EllipticSection& section, double z_mm) {
  std::vector<std::string> points;
  for (const auto& [x, y] : polygon(section)) points.push_back(decimals({x, y, z_mm}));
  return join(points, "\\");
}

void put_contours(DcmItem& roi, const Ellipsoid& ellipsoid, const Patient& patient,
                  const CtSeries& series) {
  int number = 0;
  for (int z = 0; z < series.grid.size[2]; ++z) {
    const double z_mm = position_mm(series.grid, Index3{0, 0, z})[2];
    const auto outline = section(ellipsoid, z_mm);
    if (!outline) continue;
    DcmItem& contour = add_item(roi, DCM_ContourSequence);
    DcmItem& image = add_item(contour, DCM_ContourImageSequence);
    put(image, DCM_ReferencedSOPClassUID, UID_CTImageStorage);
    put(image, DCM_ReferencedSOPInstanceUID, slice_uid(patient, series, z));
    put(contour, DCM_ContourNumber, ++number);
    put(contour, DCM_ContourGeometricType, "CLOSED_PLANAR");
    put(contour, DCM_NumberOfContourPoints, contour_points);
    put(contour, DCM_ContourData, contour_data(*outline, z_mm));
  }
}

void put_roi_contours(DcmItem& dataset, const Patient& patient, const CtSeries& series) {
  constexpr const char* colours[] = {"255\\0\\0", "0\\255\\0", "0\\128\\255"};
  for (std::size_t i = 0; i < patient.rois.size(); ++i) {
    DcmItem& roi = add_item(dataset, DCM_ROIContourSequence);
    put(roi, DCM_ReferencedROINumber, int(i) + 1);
    put(roi, DCM_ROIDisplayColor, colours[i % 3]);
    put_contours(roi, patient.rois[i].ellipsoid, patient, series);
  }
}

void put_observations(DcmItem& dataset, const Patient& patient) {
  for (std::size_t i = 0; i < patient.rois.size(); ++i) {
    DcmItem& observation = add_item(dataset, DCM_RTROIObservationsSequence);
    put(observation, DCM_ObservationNumber, int(i) + 1);
    put(observation, DCM_ReferencedROINumber, int(i) + 1);
    put(observation, DCM_RTROIInterpretedType, patient.rois[i].type);
    put(observation, DCM_ROIInterpreter, patient.identity.physician);
  }
}

}  // namespace

std::string mask_uid(const Patient& patient) { return uid_of(patient, "mask"); }

std::filesystem::path write_rtstruct(const std::filesystem::path& folder, const Patient& patient,
                                     const CtSeries& series) {
  DcmDataset dataset;
  put_common_modules(dataset, patient,
                     {"RTSTRUCT", uid_of(patient, "mask series"), 11, "Structures"},
                     {UID_RTStructureSetStorage, mask_uid(patient)});
  put_structure_set(dataset, patient);
  put_references(dataset, patient, series);
  put_roi_names(dataset, patient);
  put_roi_contours(dataset, patient, series);
  put_observations(dataset, patient);
  std::filesystem::path path = object_file(folder, patient, mask_uid(patient));
  save(dataset, path,
       patient.traits.syntax == TransferSyntax::rle ? TransferSyntax::explicit_little_endian
                                                    : patient.traits.syntax);
  return path;
}

}  // namespace radiomics::samples
