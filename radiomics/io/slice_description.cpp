#include "radiomics/io/slice_description.h"

#include <algorithm>
#include <array>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/text.h"
#include "radiomics/io/image_header.h"
#include "radiomics/io/series_parts.h"
#include "radiomics/io/transfer_syntax.h"

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

/// What all frames of a file have in common.
DicomSlice describe_object(const DicomFile& object) {
  DcmItem& header = object.dataset();
  DicomSlice slice;
  slice.sop_class_uid = text(header, DCM_SOPClassUID);
  slice.sop_instance_uid = text(header, DCM_SOPInstanceUID);
  slice.transfer_syntax_uid = valid_utf8(object.transfer_syntax_uid());
  slice.frame_of_reference_uid = text(header, DCM_FrameOfReferenceUID);
  slice.patient_id = text(header, DCM_PatientID);
  slice.units = text(header, DCM_Units);
  slice.number_of_frames = integer(header, DCM_NumberOfFrames).value_or(1);
  const TransferSyntax* syntax = known_transfer_syntax(*slice.transfer_syntax_uid);
  slice.lossy = text(header, DCM_LossyImageCompression) == "01" || (syntax && syntax->may_be_lossy);
  return slice;
}

void describe_pixels(DcmItem& header, DicomSlice& slice) {
  slice.rows = integer(header, DCM_Rows).value_or(0);
  slice.columns = integer(header, DCM_Columns).value_or(0);
  slice.samples_per_pixel = integer(header, DCM_SamplesPerPixel).value_or(0);
  slice.bits_allocated = integer(header, DCM_BitsAllocated).value_or(0);
  slice.bits_stored = integer(header, DCM_BitsStored).value_or(slice.bits_allocated);
  slice.high_bit = integer(header, DCM_HighBit).value_or(slice.bits_stored - 1);
  slice.is_signed = integer(header, DCM_PixelRepresentation).value_or(0) == 1;
  slice.photometric_interpretation = valid_utf8(text(header, DCM_PhotometricInterpretation));
}

const DcmTagKey frame_type_groups[] = {DCM_CTImageFrameTypeSequence, DCM_MRImageFrameTypeSequence,
                                       DCM_PETFrameTypeSequence};

// Values that are numbers of a palette, not intensities, at least in part.
bool holds_colours(const ImageHeader& header) {
  return std::ranges::any_of(frame_type_groups, [&](const DcmTagKey& group) {
    const std::string kind =
        text(header.holder(group, DCM_PixelPresentation), DCM_PixelPresentation);
    return !kind.empty() && kind != "MONOCHROME";
  });
}

void describe_intensities(const ImageHeader& header, DicomSlice& slice) {
  const DcmTagKey& group = DCM_PixelValueTransformationSequence;
  slice.rescale_slope = number(header.holder(group, DCM_RescaleSlope), DCM_RescaleSlope);
  slice.rescale_intercept =
      number(header.holder(group, DCM_RescaleIntercept), DCM_RescaleIntercept);
  slice.rescale_type = text(header.holder(group, DCM_RescaleType), DCM_RescaleType);
  slice.holds_colours = holds_colours(header);
  slice.has_lookup_table = !items(*header.dataset, DCM_ModalityLUTSequence).empty();
}

void describe_place(const ImageHeader& header, DicomSlice& slice) {
  const auto measure = [&](const DcmTagKey& tag) {
    return number(header.holder(DCM_PixelMeasuresSequence, tag), tag);
  };
  slice.position_mm = array_of<3>(
      header.holder(DCM_PlanePositionSequence, DCM_ImagePositionPatient), DCM_ImagePositionPatient);
  slice.orientation =
      array_of<6>(header.holder(DCM_PlaneOrientationSequence, DCM_ImageOrientationPatient),
                  DCM_ImageOrientationPatient);
  slice.pixel_spacing_mm =
      array_of<2>(header.holder(DCM_PixelMeasuresSequence, DCM_PixelSpacing), DCM_PixelSpacing);
  slice.slice_thickness_mm = measure(DCM_SliceThickness);
  slice.spacing_between_slices_mm = measure(DCM_SpacingBetweenSlices);
}

std::string image_type(const ImageHeader& header) {
  for (const DcmTagKey& group : frame_type_groups)
    if (std::string type = text(header.holder(group, DCM_FrameType), DCM_FrameType); !type.empty())
      return type;
  return text(*header.dataset, DCM_ImageType);
}

}  // namespace

std::vector<DicomSlice> describe_images(const DicomFile& object) {
  DicomSlice common = describe_object(object);
  common.pixels_at = object.end_of_header();
  describe_pixels(object.dataset(), common);
  std::vector<ImageHeader> headers = image_headers(object.dataset());
  const bool is_multi_frame = headers.front().frame_groups != nullptr;
  if (is_multi_frame && int(headers.size()) != common.number_of_frames) {
    common.number_of_frames = std::max({2, int(headers.size()), common.number_of_frames});
    headers = {{&object.dataset(), nullptr, nullptr}};  // frames whose places are not known
  }
  std::vector<DicomSlice> slices;
  for (const ImageHeader& header : headers) {
    DicomSlice slice = common;
    if (header.frame_groups) slice.frame = int(slices.size()) + 1;
    describe_intensities(header, slice);
    describe_place(header, slice);
    slice.image_type = split(image_type(header), '\\');
    slice.part_values = TextList(part_values(header));
    slices.push_back(std::move(slice));
  }
  return slices;
}

}  // namespace radiomics
