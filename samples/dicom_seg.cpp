#include <algorithm>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"
#include "samples/dicom_modules.h"
#include "samples/dicom_objects.h"

// Source of modules and attributes: DICOM PS3.3, A.51 (Segmentation IOD), C.7.6.16 (functional
// groups) and C.8.20.
namespace radiomics::samples {
namespace {

/// One slice of one segment.
struct Frame {
  int segment;  ///< from 1
  int z;
  std::size_t first_voxel;  ///< of the slice in the segment's mask
};

/// All segments, and the frames that are not empty.
struct Segments {
  std::vector<Mask> masks;
  std::vector<Frame> frames;
};

Segments segments_of(const Patient& patient, const Geometry& grid) {
  Segments result;
  for (const Roi& roi : patient.rois) {
    result.masks.push_back(voxelised(roi.ellipsoid, grid));
    const Mask& mask = result.masks.back();
    const Box box = bounding_box(mask);
    for (int z = box.first[2]; z <= box.last[2]; ++z)
      result.frames.push_back({int(result.masks.size()), z, mask.index(0, 0, z)});
  }
  return result;
}

/// One bit per voxel, the first in the lowest bit; frames follow each other without a gap, so that
/// one may start within a byte. An even number of bytes.
std::string packed(const Segments& segments, std::size_t frame_voxels) {
  const std::size_t bits = segments.frames.size() * frame_voxels;
  std::string bytes((bits + 15) / 16 * 2, '\0');
  std::size_t bit = 0;
  for (const Frame& frame : segments.frames)
    for (const std::uint8_t voxel :
         segments.masks[frame.segment - 1].voxels().subspan(frame.first_voxel, frame_voxels)) {
      if (voxel) bytes[bit / 8] = char(std::uint8_t(bytes[bit / 8]) | 1u << bit % 8);
      ++bit;
    }
  return bytes;
}

void put_segmentation_image(DcmItem& dataset, const Patient& patient, const Geometry& grid) {
  put(dataset, DCM_ImageType, "DERIVED\\PRIMARY");
  put(dataset, DCM_BodyPartExamined, "CHEST");
  put(dataset, DCM_InstanceNumber, 1);
  put(dataset, DCM_ContentDate, patient.identity.study_date);
  put(dataset, DCM_ContentTime, "114500");
  put(dataset, DCM_ContentLabel, "SEGMENTATION");
  put(dataset, DCM_ContentDescription, "");
  put(dataset, DCM_ContentCreatorName, patient.identity.physician);
  put(dataset, DCM_SamplesPerPixel, 1);
  put(dataset, DCM_PhotometricInterpretation, "MONOCHROME2");
  put(dataset, DCM_Rows, grid.size[1]);
  put(dataset, DCM_Columns, grid.size[0]);
  put(dataset, DCM_BitsAllocated, 1);
  put(dataset, DCM_BitsStored, 1);
  put(dataset, DCM_HighBit, 0);
  put(dataset, DCM_PixelRepresentation, 0);
  put(dataset, DCM_LossyImageCompression, "00");
  put(dataset, DCM_SegmentationType, "BINARY");
}

void put_segment_names(DcmItem& dataset, const Patient& patient) {
  for (std::size_t i = 0; i < patient.rois.size(); ++i) {
    DcmItem& segment = add_item(dataset, DCM_SegmentSequence);
    put(segment, DCM_SegmentNumber, int(i) + 1);
    put(segment, DCM_SegmentLabel, patient.rois[i].name);
    put(segment, DCM_SegmentAlgorithmType, "MANUAL");
    add_code(segment, DCM_SegmentedPropertyCategoryCodeSequence, "49755003", "SCT",
             "Morphologically Altered Structure");
    if (i == 0)
      add_code(segment, DCM_SegmentedPropertyTypeCodeSequence, "86049000", "SCT",
               "Neoplasm, Primary");
    else
      add_code(segment, DCM_SegmentedPropertyTypeCodeSequence, "14799000", "SCT",
               "Neoplasm, Secondary");
  }
}

void put_referenced_series(DcmItem& dataset, const Patient& patient, const CtSeries& series) {
  DcmItem& referenced = add_item(dataset, DCM_ReferencedSeriesSequence);
  put(referenced, DCM_SeriesInstanceUID, uid_of(patient, series.part));
  for (int z = 0; z < series.grid.size[2]; ++z) {
    DcmItem& instance = add_item(referenced, DCM_ReferencedInstanceSequence);
    put(instance, DCM_ReferencedSOPClassUID, UID_CTImageStorage);
    put(instance, DCM_ReferencedSOPInstanceUID, slice_uid(patient, series, z));
  }
}

void add_dimension(DcmItem& dataset, const std::string& organization, const DcmTagKey& attribute,
                   const DcmTagKey& group) {
  DcmItem& dimension = add_item(dataset, DCM_DimensionIndexSequence);
  put(dimension, DCM_DimensionOrganizationUID, organization);
  dimension.putAndInsertTagKey(DCM_DimensionIndexPointer, attribute);
  dimension.putAndInsertTagKey(DCM_FunctionalGroupPointer, group);
}

void put_dimensions(DcmItem& dataset, const Patient& patient) {
  const std::string organization = uid_of(patient, "dimensions");
  put(add_item(dataset, DCM_DimensionOrganizationSequence), DCM_DimensionOrganizationUID,
      organization);
  add_dimension(dataset, organization, DCM_ReferencedSegmentNumber,
                DCM_SegmentIdentificationSequence);
  add_dimension(dataset, organization, DCM_ImagePositionPatient, DCM_PlanePositionSequence);
}

void put_shared_groups(DcmItem& dataset, const Patient& patient, const Geometry& grid) {
  const double thickness = patient.traits.slice_thickness_mm;
  DcmItem& shared = add_item(dataset, DCM_SharedFunctionalGroupsSequence);
  put(add_item(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient,
      orientation(grid));
  DcmItem& measures = add_item(shared, DCM_PixelMeasuresSequence);
  put(measures, DCM_PixelSpacing, pixel_spacing(grid));
  put(measures, DCM_SliceThickness, decimal(thickness > 0 ? thickness : grid.spacing_mm[2]));
  put(measures, DCM_SpacingBetweenSlices, decimal(grid.spacing_mm[2]));
}

void add_frame_groups(DcmItem& dataset, const Frame& frame, int first_z, const Patient& patient,
                      const CtSeries& series) {
  DcmItem& groups = add_item(dataset, DCM_PerFrameFunctionalGroupsSequence);
  DcmItem& derivation = add_item(groups, DCM_DerivationImageSequence);
  add_code(derivation, DCM_DerivationCodeSequence, "113076", "DCM", "Segmentation");
  DcmItem& source = add_item(derivation, DCM_SourceImageSequence);
  put(source, DCM_ReferencedSOPClassUID, UID_CTImageStorage);
  put(source, DCM_ReferencedSOPInstanceUID, slice_uid(patient, series, frame.z));
  add_code(source, DCM_PurposeOfReferenceCodeSequence, "121322", "DCM",
           "Source image for image processing operation");
  DcmItem& content = add_item(groups, DCM_FrameContentSequence);
  const Uint32 indices[] = {Uint32(frame.segment), Uint32(frame.z - first_z + 1)};
  content.putAndInsertUint32Array(DCM_DimensionIndexValues, indices, 2);
  put(add_item(groups, DCM_PlanePositionSequence), DCM_ImagePositionPatient,
      slice_position(series.grid, frame.z));
  put(add_item(groups, DCM_SegmentIdentificationSequence), DCM_ReferencedSegmentNumber,
      frame.segment);
}

}  // namespace

std::filesystem::path write_seg(const std::filesystem::path& folder, const Patient& patient,
                                const CtSeries& series) {
  const Segments segments = segments_of(patient, series.grid);
  DcmDataset dataset;
  put_common_modules(dataset, patient, {"SEG", uid_of(patient, "mask series"), 21, "Segments"},
                     {UID_SegmentationStorage, mask_uid(patient)});
  put_segmentation_image(dataset, patient, series.grid);
  put_segment_names(dataset, patient);
  put_referenced_series(dataset, patient, series);
  put_dimensions(dataset, patient);
  put_shared_groups(dataset, patient, series.grid);
  const int first_z = std::ranges::min_element(segments.frames, {}, &Frame::z)->z;
  for (const Frame& frame : segments.frames)
    add_frame_groups(dataset, frame, first_z, patient, series);
  put(dataset, DCM_NumberOfFrames, int(segments.frames.size()));
  put_bytes(dataset, DCM_PixelData,
            packed(segments, std::size_t(series.grid.size[0]) * series.grid.size[1]));
  std::filesystem::path path = object_file(folder, patient, mask_uid(patient));
  save(dataset, path, TransferSyntax::explicit_little_endian);
  return path;
}

}  // namespace radiomics::samples
