#include "radiomics/io/seg_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <set>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcelem.h>
#include <dcmtk/dcmdata/dcuid.h>

#include "radiomics/core/error.h"
#include "radiomics/core/mask_runs.h"
#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_output.h"
#include "radiomics/io/dicom_uid.h"

namespace radiomics {
namespace {

/// What all parts of the object refer to.
struct Source {
  const ImageSource& image;
  DcmItem& header;  ///< of the first slice
  std::string sop_class_uid;
};

constexpr Code tissue{"85756007", "SCT", "Tissue"};

// --- what is needed ------------------------------------------------------------------------------

void require_series(const ImageSource& image, const std::string& file) {
  require(!image.first_file.empty() && !image.series_uid.empty(), ErrorKind::unsupported_data,
          file +
              ": a DICOM SEG refers to the slices of a DICOM series, and the image is none; give "
              "its series, or write .nii.gz, .nrrd or .mha");
  const bool named = std::ranges::none_of(image.instance_uids, &std::string::empty) &&
                     image.instance_uids.size() == std::size_t(image.geometry.size[2]);
  require(named && !image.frame_of_reference_uid.empty(), ErrorKind::unsupported_data,
          image.first_file.string() + ": the series has no " +
              (named ? "FrameOfReferenceUID" : "SOPInstanceUID for every slice") +
              ", to which a DICOM SEG refers; write .nii.gz, .nrrd or .mha");
}

DicomFile header_of(const ImageSource& image) {
  std::string problem;
  auto slice = DicomFile::read(image.first_file, DicomPart::header, problem);
  require(slice.has_value(), ErrorKind::unreadable_file,
          image.first_file.string() + ": " + problem + "; export it again");
  require(!text(slice->dataset(), DCM_StudyInstanceUID).empty() &&
              !text(slice->dataset(), DCM_SOPClassUID).empty(),
          ErrorKind::unsupported_data,
          image.first_file.string() +
              ": has no StudyInstanceUID or SOPClassUID, to which a DICOM SEG refers; write "
              ".nii.gz, .nrrd or .mha");
  return std::move(*slice);
}

// --- labels --------------------------------------------------------------------------------------

constexpr std::size_t longest_label = 64;

/// The first characters of UTF-8 text.
std::string first_characters(const std::string& text, std::size_t count) {
  std::size_t bytes = 0;
  for (; count > 0 && bytes < text.size(); --count)
    bytes += std::max<std::size_t>(1, utf8_length(std::string_view(text).substr(bytes)));
  return text.substr(0, bytes);
}

std::string label_of(const std::string& name) {
  std::string label = first_characters(valid_utf8(one_line(name)), longest_label);
  std::ranges::replace(label, '\\', '/');
  label = std::string(trimmed(label));
  return label.empty() ? "unnamed" : label;
}

std::vector<std::string> labels_of(std::span<const NamedMask> regions, const std::string& file,
                                   std::vector<std::string>& warnings) {
  std::vector<std::string> labels;
  for (const NamedMask& region : regions) {
    labels.push_back(label_of(region.name));
    if (labels.back() != region.name)
      warnings.push_back("the region '" + one_line(region.name) + "' is called '" + labels.back() +
                         "' in the file: a DICOM label has 64 characters at most, one at least and "
                         "no backslash");
    require(std::ranges::count(labels, labels.back()) == 1, ErrorKind::ambiguous_input,
            file + ": two regions would have the label '" + labels.back() +
                "'; choose one of them with --roi");
  }
  return labels;
}

// --- frames --------------------------------------------------------------------------------------

/// One slice of one segment.
struct Frame {
  int segment;  ///< from 1
  int z;
};

std::vector<Frame> frames_of(std::span<const NamedMask> regions) {
  std::vector<Frame> frames;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const MaskWindow& mask = regions[i].mask;
    std::set<int> slices;
    for_each_run(mask.volume, [&](const MaskRun& run) { slices.insert(run.z); });
    for (const int z : slices) frames.push_back({int(i) + 1, z + mask.box.first[2]});
  }
  return frames;
}

/// One bit for each voxel, the first in the lowest; frames follow each other without a gap, so that
/// one may start within a byte.
std::vector<unsigned char> packed(const std::vector<Frame>& frames,
                                  std::span<const NamedMask> regions, const std::string& file) {
  const Index3 size = regions.front().mask.grid.size;
  const std::size_t frame_bits = std::size_t(size[0]) * size[1];
  const std::size_t bytes = (frames.size() * frame_bits + 15) / 16 * 2;
  require(bytes < std::numeric_limits<std::uint32_t>::max() - 1, ErrorKind::unwritable_output,
          file + ": " + to_text(frames.size()) + " frames of " + to_text(size[0]) + "x" +
              to_text(size[1]) +
              " pixels are more than a DICOM file holds; choose regions with "
              "--roi");
  std::vector<unsigned char> bits(bytes);
  std::map<std::pair<int, int>, std::size_t> number;
  for (std::size_t f = 0; f < frames.size(); ++f) number[{frames[f].segment, frames[f].z}] = f;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const Index3 first = regions[i].mask.box.first;
    for_each_run(regions[i].mask.volume, [&](const MaskRun& run) {
      const std::size_t frame = number.at({int(i) + 1, run.z + first[2]});
      std::size_t bit = frame * frame_bits + std::size_t(run.y + first[1]) * size[0] +
                        std::size_t(run.first + first[0]);
      for (const std::size_t end = bit + std::size_t(run.size()); bit < end; ++bit)
        bits[bit / 8] = std::uint8_t(bits[bit / 8] | 1u << bit % 8);
    });
  }
  return bits;
}

// --- modules -------------------------------------------------------------------------------------

void copy_text(DcmItem& from, DcmItem& to, const DcmTagKey& tag) {
  put(to, tag, name_text(from, from, tag));
}

void copy_if_there(DcmItem& from, DcmItem& to, const DcmTagKey& tag) {
  if (!text(from, tag).empty()) copy_text(from, to, tag);
}

void put_patient_and_study(DcmDataset& dataset, DcmItem& from) {
  for (const DcmTagKey& tag :
       {DCM_PatientName, DCM_PatientID, DCM_PatientBirthDate, DCM_PatientSex, DCM_StudyInstanceUID,
        DCM_StudyDate, DCM_StudyTime, DCM_ReferringPhysicianName, DCM_StudyID, DCM_AccessionNumber})
    copy_text(from, dataset, tag);
  for (const DcmTagKey& tag :
       {DCM_IssuerOfPatientID, DCM_StudyDescription, DCM_PatientIdentityRemoved,
        DCM_DeidentificationMethod, DCM_LongitudinalTemporalInformationModified})
    copy_if_there(from, dataset, tag);
  for (DcmItem* method : items(from, DCM_DeidentificationMethodCodeSequence)) {
    DcmItem& code = add_item(dataset, DCM_DeidentificationMethodCodeSequence);
    for (const DcmTagKey& tag : {DCM_CodeValue, DCM_CodingSchemeDesignator, DCM_CodeMeaning})
      put(code, tag, name_text(from, *method, tag));
  }
}

void put_series_and_equipment(DcmDataset& dataset, const Source& source,
                              const std::string& version) {
  put(dataset, DCM_SpecificCharacterSet, "ISO_IR 192");
  put(dataset, DCM_SOPClassUID, UID_SegmentationStorage);
  put(dataset, DCM_Modality, "SEG");
  put(dataset, DCM_SeriesNumber, 1000);
  put(dataset, DCM_SeriesDescription, "Regions as measured");
  put(dataset, DCM_FrameOfReferenceUID, source.image.frame_of_reference_uid);
  copy_text(source.header, dataset, DCM_PositionReferenceIndicator);
  put(dataset, DCM_Manufacturer, "radiomics");
  put(dataset, DCM_ManufacturerModelName, "radiomics");
  put(dataset, DCM_DeviceSerialNumber, "none");
  put(dataset, DCM_SoftwareVersions, version);
}

bool is_digits(const std::string& text, std::size_t count) {
  return text.size() >= count && std::all_of(text.begin(), text.begin() + std::ptrdiff_t(count),
                                             [](char c) { return c >= '0' && c <= '9'; });
}

/// When the slice was made: the first date of its header that is one, with its time.
void put_content_time(DcmDataset& dataset, DcmItem& from) {
  const std::pair<DcmTagKey, DcmTagKey> times[] = {{DCM_ContentDate, DCM_ContentTime},
                                                   {DCM_AcquisitionDate, DCM_AcquisitionTime},
                                                   {DCM_SeriesDate, DCM_SeriesTime},
                                                   {DCM_StudyDate, DCM_StudyTime}};
  std::string date = "19000101", time = "000000";
  for (const auto& [date_tag, time_tag] : times)
    if (const std::string found = text(from, date_tag); found.size() == 8 && is_digits(found, 8)) {
      date = found;
      if (const std::string clock = text(from, time_tag); is_digits(clock, 6))
        time = clock.substr(0, 6);
      break;
    }
  put(dataset, DCM_ContentDate, date);
  put(dataset, DCM_ContentTime, time);
}

// Once compressed with a loss, always said so.
void put_compression_history(DcmDataset& dataset, DcmItem& from) {
  const bool lossy = text(from, DCM_LossyImageCompression) == "01";
  put(dataset, DCM_LossyImageCompression, lossy ? "01" : "00");
  if (!lossy) return;
  copy_if_there(from, dataset, DCM_LossyImageCompressionRatio);
  copy_if_there(from, dataset, DCM_LossyImageCompressionMethod);
}

void put_segmentation_image(DcmDataset& dataset, const Geometry& grid) {
  put(dataset, DCM_ImageType, "DERIVED\\PRIMARY");
  put(dataset, DCM_InstanceNumber, 1);
  put(dataset, DCM_ContentLabel, "REGIONS");
  put(dataset, DCM_ContentDescription, "Regions as measured");
  put(dataset, DCM_ContentCreatorName, "");
  put(dataset, DCM_SamplesPerPixel, 1);
  put(dataset, DCM_PhotometricInterpretation, "MONOCHROME2");
  put(dataset, DCM_Rows, grid.size[1]);
  put(dataset, DCM_Columns, grid.size[0]);
  put(dataset, DCM_BitsAllocated, 1);
  put(dataset, DCM_BitsStored, 1);
  put(dataset, DCM_HighBit, 0);
  put(dataset, DCM_PixelRepresentation, 0);
  put(dataset, DCM_SegmentationType, "BINARY");
}

void put_segments(DcmDataset& dataset, const std::vector<std::string>& labels,
                  const std::string& version) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    DcmItem& segment = add_item(dataset, DCM_SegmentSequence);
    put(segment, DCM_SegmentNumber, int(i) + 1);
    put(segment, DCM_SegmentLabel, labels[i]);
    put(segment, DCM_SegmentAlgorithmType, "SEMIAUTOMATIC");
    put(segment, DCM_SegmentAlgorithmName, "radiomics " + version);
    add_code(segment, DCM_SegmentedPropertyCategoryCodeSequence, tissue);
    add_code(segment, DCM_SegmentedPropertyTypeCodeSequence, tissue);
  }
}

void put_slice_reference(DcmItem& item, const Source& source, int z) {
  put(item, DCM_ReferencedSOPClassUID, source.sop_class_uid);
  put(item, DCM_ReferencedSOPInstanceUID, source.image.instance_uids[std::size_t(z)]);
}

void put_referenced_series(DcmDataset& dataset, const Source& source) {
  DcmItem& series = add_item(dataset, DCM_ReferencedSeriesSequence);
  put(series, DCM_SeriesInstanceUID, source.image.series_uid);
  for (int z = 0; z < source.image.geometry.size[2]; ++z)
    put_slice_reference(add_item(series, DCM_ReferencedInstanceSequence), source, z);
}

// --- functional groups ---------------------------------------------------------------------------

void put_dimensions(DcmDataset& dataset, const Source& source) {
  const std::string uid =
      dicom_uid("radiomics segmentation dimensions of " + source.image.series_uid);
  put(add_item(dataset, DCM_DimensionOrganizationSequence), DCM_DimensionOrganizationUID, uid);
  const std::pair<DcmTagKey, DcmTagKey> dimensions[] = {
      {DCM_ReferencedSegmentNumber, DCM_SegmentIdentificationSequence},
      {DCM_ImagePositionPatient, DCM_PlanePositionSequence}};
  for (const auto& [attribute, group] : dimensions) {
    DcmItem& dimension = add_item(dataset, DCM_DimensionIndexSequence);
    put(dimension, DCM_DimensionOrganizationUID, uid);
    put(dimension, DCM_DimensionIndexPointer, attribute);
    put(dimension, DCM_FunctionalGroupPointer, group);
  }
}

void put_shared_groups(DcmDataset& dataset, const Source& source) {
  const Geometry& grid = source.image.geometry;
  const auto& d = grid.direction;
  DcmItem& shared = add_item(dataset, DCM_SharedFunctionalGroupsSequence);
  put(add_item(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient,
      decimals({d[0], d[3], d[6], d[1], d[4], d[7]}));
  DcmItem& measures = add_item(shared, DCM_PixelMeasuresSequence);
  const auto thickness = numbers(source.header, DCM_SliceThickness);
  const bool known = thickness && thickness->front() > 0;
  put(measures, DCM_SliceThickness, decimals({known ? thickness->front() : grid.spacing_mm[2]}));
  put(measures, DCM_SpacingBetweenSlices, decimals({grid.spacing_mm[2]}));
  put(measures, DCM_PixelSpacing, decimals({grid.spacing_mm[1], grid.spacing_mm[0]}));
}

/// \param place  of its slice among those that have frames, from 1
void add_frame_groups(DcmDataset& dataset, const Frame& frame, int place, const Source& source) {
  DcmItem& groups = add_item(dataset, DCM_PerFrameFunctionalGroupsSequence);
  DcmItem& derivation = add_item(groups, DCM_DerivationImageSequence);
  DcmItem& slice = add_item(derivation, DCM_SourceImageSequence);
  put_slice_reference(slice, source, frame.z);
  add_code(slice, DCM_PurposeOfReferenceCodeSequence,
           {"121322", "DCM", "Source image for image processing operation"});
  add_code(derivation, DCM_DerivationCodeSequence, {"113076", "DCM", "Segmentation"});
  put(add_item(groups, DCM_FrameContentSequence), DCM_DimensionIndexValues,
      {std::uint32_t(frame.segment), std::uint32_t(place)});
  const Vector3 position = position_mm(source.image.geometry, Index3{0, 0, frame.z});
  put(add_item(groups, DCM_PlanePositionSequence), DCM_ImagePositionPatient,
      decimals({position[0], position[1], position[2]}));
  put(add_item(groups, DCM_SegmentIdentificationSequence), DCM_ReferencedSegmentNumber,
      frame.segment);
}

void put_frames(DcmDataset& dataset, const std::vector<Frame>& frames, const Source& source) {
  put_dimensions(dataset, source);
  put_shared_groups(dataset, source);
  std::map<int, int> places;
  for (const Frame& frame : frames) places[frame.z] = 0;
  for (int place = 0; auto& [z, its_place] : places) its_place = ++place;
  for (const Frame& frame : frames) add_frame_groups(dataset, frame, places.at(frame.z), source);
  put(dataset, DCM_NumberOfFrames, int(frames.size()));
}

// An instance with another content is another instance.
void put_instance_uids(DcmDataset& dataset) {
  const std::string content = sha256(encoded(dataset));
  put(dataset, DCM_SOPInstanceUID, dicom_uid("radiomics segmentation " + content));
  put(dataset, DCM_SeriesInstanceUID, dicom_uid("radiomics segmentation series " + content));
}

}  // namespace

std::vector<std::string> write_dicom_seg(const std::filesystem::path& file,
                                         const ImageSource& image,
                                         std::span<const NamedMask> regions,
                                         const std::string& version) {
  require_series(image, file.string());
  require(regions.size() <= 65535, ErrorKind::unwritable_output,
          file.string() + ": " + to_text(regions.size()) +
              " regions are more than the 65535 segments of a file; choose some with --roi");
  std::vector<std::string> warnings;
  const auto labels = labels_of(regions, file.string(), warnings);
  const DicomFile slice = header_of(image);
  const Source source{image, slice.dataset(), text(slice.dataset(), DCM_SOPClassUID)};
  const std::vector<Frame> frames = frames_of(regions);
  DcmDataset dataset;
  put_patient_and_study(dataset, source.header);
  put_series_and_equipment(dataset, source, version);
  put_segmentation_image(dataset, image.geometry);
  put_content_time(dataset, source.header);
  put_compression_history(dataset, source.header);
  put_segments(dataset, labels, version);
  put_referenced_series(dataset, source);
  put_frames(dataset, frames, source);
  put_bytes(dataset, DCM_PixelData, packed(frames, regions, file.string()));
  put_instance_uids(dataset);
  write_file(file, [&](std::ostream& out) { write_dicom(dataset, out); });
  return warnings;
}

}  // namespace radiomics
