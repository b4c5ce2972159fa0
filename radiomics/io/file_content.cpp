#include "radiomics/io/file_content.h"

#include <fstream>
#include <system_error>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/text.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_references.h"
#include "radiomics/io/dicom_region_headers.h"
#include "radiomics/io/slice_description.h"

namespace radiomics {
namespace {

FileContent left_out(std::string reason) {
  FileContent content;
  content.left_out = std::move(reason);
  return content;
}

FileContent damaged_file(std::string reason) {
  FileContent content = left_out(std::move(reason));
  content.damaged = true;
  return content;
}

FileContent content_of_no_dicom(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::file_size(file, ignored) == 0) return damaged_file(empty_file_reason);
  const bool readable = std::ifstream(file, std::ios::binary).get() != EOF;
  return readable ? left_out("no DICOM file") : damaged_file(unreadable_file_reason);
}

DicomMaskObject describe_mask(DcmItem& header, const std::string& modality) {
  DicomMaskObject mask;
  mask.modality = modality;
  mask.sop_instance_uid = text(header, DCM_SOPInstanceUID);
  mask.study_uid = text(header, DCM_StudyInstanceUID);
  if (mask.modality == "RTSTRUCT") {
    mask.references = rtstruct_references(header);
    mask.regions = rtstruct_region_headers(header);
    mask.problem = rtstruct_header_problem(header);
    for (RtRegion& region : rtstruct_regions(header))
      if (!region.only_points()) mask.region_names.push_back(std::move(region.name));
  } else {
    mask.references = seg_references(header);
    mask.regions = seg_region_headers(header);
    mask.problem = seg_header_problem(header);
    for (Segment& segment : seg_segments(header))
      mask.region_names.push_back(std::move(segment.label));
  }
  return mask;
}

FileContent content_of_images(const DicomFile& object, const std::string& modality) {
  DcmItem& header = object.dataset();
  if (!integer(header, DCM_Rows))
    return left_out("a DICOM object of modality " + modality + " that is no image");
  FileContent content;
  content.series = {text(header, DCM_SeriesInstanceUID), text(header, DCM_StudyInstanceUID),
                    text(header, DCM_FrameOfReferenceUID), modality, text(header, DCM_PatientID)};
  content.images = describe_images(object);
  return content;
}

}  // namespace

FileContent describe_file(const std::filesystem::path& file) {
  ByteWindow bytes(file);
  if (!looks_like_dicom(bytes)) return content_of_no_dicom(file);
  std::string problem;
  const auto object = DicomFile::read(bytes, file, DicomPart::header, problem);
  if (!object) return damaged_file("a DICOM file that " + problem);
  const std::string modality = text(object->dataset(), DCM_Modality);
  if (modality == "CT" || modality == "MR" || modality == "PT")
    return content_of_images(*object, modality);
  if (modality != "RTSTRUCT" && modality != "SEG")
    return left_out(modality.empty()
                        ? "a DICOM object without a modality, such as a DICOMDIR"
                        : "a DICOM object of modality " + one_line(valid_utf8(modality)) +
                              ": neither CT, MR or PT nor RTSTRUCT or SEG");
  FileContent content;
  content.mask = describe_mask(object->dataset(), modality);
  return content;
}

}  // namespace radiomics
