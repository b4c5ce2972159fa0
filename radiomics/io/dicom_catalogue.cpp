#include "radiomics/io/dicom_catalogue.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_references.h"

namespace radiomics {
namespace {

template <std::size_t Count>
std::optional<std::array<double, Count>> array_of(DcmItem& item, const DcmTagKey& tag) {
  const auto values = numbers(item, tag);
  if (!values || values->size() != Count) return {};
  std::array<double, Count> result;
  std::ranges::copy(*values, result.begin());
  return result;
}

std::optional<double> number(DcmItem& item, const DcmTagKey& tag) {
  const auto values = array_of<1>(item, tag);
  return values ? std::optional((*values)[0]) : std::nullopt;
}

// JPEG baseline and extended, JPEG-LS near-lossless and JPEG 2000, which may be either.
bool may_be_lossy(std::string_view transfer_syntax_uid) {
  constexpr std::string_view syntaxes[] = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51",
                                           "1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.91"};
  return std::ranges::find(syntaxes, transfer_syntax_uid) != std::end(syntaxes);
}

void describe_pixels(DcmItem& header, DicomSlice& slice) {
  slice.rows = integer(header, DCM_Rows).value_or(0);
  slice.columns = integer(header, DCM_Columns).value_or(0);
  slice.samples_per_pixel = integer(header, DCM_SamplesPerPixel).value_or(0);
  slice.bits_allocated = integer(header, DCM_BitsAllocated).value_or(0);
  slice.number_of_frames = integer(header, DCM_NumberOfFrames).value_or(1);
  slice.photometric_interpretation = valid_utf8(text(header, DCM_PhotometricInterpretation));
  slice.rescale_slope = number(header, DCM_RescaleSlope);
  slice.rescale_intercept = number(header, DCM_RescaleIntercept);
  slice.lossy =
      text(header, DCM_LossyImageCompression) == "01" || may_be_lossy(slice.transfer_syntax_uid);
}

void describe_place(DcmItem& header, DicomSlice& slice) {
  slice.position_mm = array_of<3>(header, DCM_ImagePositionPatient);
  slice.orientation = array_of<6>(header, DCM_ImageOrientationPatient);
  slice.pixel_spacing_mm = array_of<2>(header, DCM_PixelSpacing);
  slice.slice_thickness_mm = number(header, DCM_SliceThickness);
}

DicomSlice describe_slice(const DicomFile& object, const std::filesystem::path& file) {
  DcmItem& header = object.dataset();
  DicomSlice slice;
  slice.file = file;
  std::error_code ignored;  // a file that has gone since is found out by the reader
  slice.file_bytes = std::filesystem::file_size(file, ignored);
  slice.sop_class_uid = text(header, DCM_SOPClassUID);
  slice.sop_instance_uid = text(header, DCM_SOPInstanceUID);
  slice.transfer_syntax_uid = valid_utf8(object.transfer_syntax_uid());
  slice.frame_of_reference_uid = text(header, DCM_FrameOfReferenceUID);
  slice.patient_id = text(header, DCM_PatientID);
  slice.image_type = split(text(header, DCM_ImageType), '\\');
  slice.acquisition_number = integer(header, DCM_AcquisitionNumber).value_or(0);
  describe_pixels(header, slice);
  describe_place(header, slice);
  return slice;
}

DicomMaskObject describe_mask(DcmItem& header, const std::filesystem::path& file) {
  DicomMaskObject mask;
  mask.file = file;
  mask.modality = text(header, DCM_Modality);
  mask.sop_instance_uid = text(header, DCM_SOPInstanceUID);
  mask.patient_id = text(header, DCM_PatientID);
  MaskReferences references;
  if (mask.modality == "RTSTRUCT") {
    references = rtstruct_references(header);
    for (RtRegion& region : rtstruct_regions(header))
      if (!region.only_points()) mask.region_names.push_back(std::move(region.name));
  } else {
    references = seg_references(header);
    for (Segment& segment : seg_segments(header))
      mask.region_names.push_back(std::move(segment.label));
  }
  mask.series_uids = std::move(references.series_uids);
  mask.frame_of_reference_uid = std::move(references.frame_of_reference_uid);
  return mask;
}

class Cataloguer {
 public:
  void add(const std::filesystem::path& file) {
    std::error_code ignored;  // what cannot be looked at is no DICOM file
    if (!looks_like_dicom(file))
      return leave_out(file, std::filesystem::is_empty(file, ignored) && !ignored
                                 ? "an empty file"
                                 : "no DICOM file");
    std::string problem;
    const auto object = DicomFile::read(file, DicomPart::header, problem);
    if (!object) return leave_out(file, "a DICOM file that " + problem);
    DcmItem& header = object->dataset();
    const std::string modality = text(header, DCM_Modality);
    if (modality == "RTSTRUCT" || modality == "SEG")
      catalogue_.masks.push_back(describe_mask(header, file));
    else if (modality == "CT" || modality == "MR" || modality == "PT")
      add_image(*object, modality, file);
    else
      leave_out(file, modality.empty()
                          ? "a DICOM object without a modality, such as a DICOMDIR"
                          : "a DICOM object of modality " + one_line(valid_utf8(modality)) +
                                ": neither CT, MR or PT nor RTSTRUCT or SEG");
  }

  DicomCatalogue take() && { return std::move(catalogue_); }

 private:
  void leave_out(const std::filesystem::path& file, std::string reason) {
    catalogue_.left_out.push_back({file, std::move(reason)});
  }

  void add_image(const DicomFile& object, const std::string& modality,
                 const std::filesystem::path& file) {
    DcmItem& header = object.dataset();
    const std::string uid = text(header, DCM_SeriesInstanceUID);
    DicomSlice slice = describe_slice(object, file);
    if (!integer(header, DCM_Rows))
      return leave_out(file, "a DICOM object of modality " + modality + " that is no image");
    const std::string key = uid.empty() ? file.parent_path().string() : uid;
    const auto [place, is_new] = series_by_key_.try_emplace(key, catalogue_.series.size());
    if (is_new)
      catalogue_.series.push_back({uid,
                                   text(header, DCM_StudyInstanceUID),
                                   slice.frame_of_reference_uid,
                                   modality,
                                   slice.patient_id,
                                   {}});
    catalogue_.series[place->second].slices.push_back(std::move(slice));
  }

  DicomCatalogue catalogue_;
  std::map<std::string, std::size_t> series_by_key_;
};

}  // namespace

std::string series_name(const std::string& series_uid) {
  return "s" + sha256(series_uid).substr(0, 12);
}

DicomCatalogue read_catalogue(const std::filesystem::path& root) {
  std::error_code ignored;  // what cannot be looked at is no file
  FolderFiles found =
      std::filesystem::is_regular_file(root, ignored) ? FolderFiles{{root}, {}} : files_below(root);
  Cataloguer cataloguer;
  for (const auto& file : found.files) cataloguer.add(file);
  DicomCatalogue catalogue = std::move(cataloguer).take();
  std::ranges::move(found.left_out, std::back_inserter(catalogue.left_out));
  std::ranges::sort(catalogue.left_out, {}, &LeftOutFile::file);
  return catalogue;
}

}  // namespace radiomics
