#pragma once

#include <concepts>
#include <type_traits>

#include "radiomics/io/file_content.h"

namespace radiomics {

/// The members of what a file's header says, for whoever goes through all of them: the cache writes
/// and reads them, the catalogue lets slices share their texts. An archive is called with the
/// members in a fixed order. Internal to io.
///
/// Each binding below names every member of its struct: one that is added to the struct does not
/// compile until it is named here, and then belongs into the call, too, unless it speaks of the
/// file and not of its content. (Then also raise the version in catalogue_cache.cpp.)

template <class T, class Struct>
concept Either = std::same_as<std::remove_const_t<T>, Struct>;

template <class Archive, Either<SeriesIdentity> Identity>
void fields(Archive& archive, Identity& identity) {
  auto& [series_uid, study_uid, frame_of_reference_uid, modality, patient_id] = identity;
  archive(series_uid, study_uid, frame_of_reference_uid, modality, patient_id);
}

template <class Archive, Either<DicomSlice> Slice>
void fields(Archive& archive, Slice& slice) {
  auto& [file, frame, file_bytes, modified_ns, pixels_at, sop_class_uid, sop_instance_uid,
         transfer_syntax_uid, frame_of_reference_uid, patient_id, image_type,
         photometric_interpretation, number_of_frames, rows, columns, samples_per_pixel,
         bits_allocated, bits_stored, high_bit, is_signed, position_mm, orientation,
         pixel_spacing_mm, slice_thickness_mm, spacing_between_slices_mm, rescale_slope,
         rescale_intercept, rescale_type, units, has_lookup_table, holds_colours, lossy,
         part_values] = slice;
  archive(frame, pixels_at, sop_class_uid, sop_instance_uid, transfer_syntax_uid,
          frame_of_reference_uid, patient_id, image_type, photometric_interpretation,
          number_of_frames, rows, columns, samples_per_pixel, bits_allocated, bits_stored, high_bit,
          is_signed, position_mm, orientation, pixel_spacing_mm, slice_thickness_mm,
          spacing_between_slices_mm, rescale_slope, rescale_intercept, rescale_type, units,
          has_lookup_table, holds_colours, lossy, part_values);
}

template <class Archive, Either<ReferencedSeries> Series>
void fields(Archive& archive, Series& series) {
  auto& [uid, instance_uids] = series;
  archive(uid, instance_uids);
}

template <class Archive, Either<MaskReferences> References>
void fields(Archive& archive, References& references) {
  auto& [patient_id, frame_of_reference_uids, series, drawn_on_uids] = references;
  archive(patient_id, frame_of_reference_uids, series, drawn_on_uids);
}

template <class Archive, Either<DicomRegionHeader> Region>
void fields(Archive& archive, Region& region) {
  auto& [name, closed_contours, open_contours, points, frames, empty] = region;
  archive(name, closed_contours, open_contours, points, frames, empty);
}

template <class Archive, Either<DicomMaskObject> Mask>
void fields(Archive& archive, Mask& mask) {
  auto& [file, file_bytes, modified_ns, modality, sop_instance_uid, study_uid, references,
         region_names, regions, problem] = mask;
  archive(modality, sop_instance_uid, study_uid, references, region_names, regions, problem);
}

template <class Archive, Either<FileContent> Content>
void fields(Archive& archive, Content& content) {
  auto& [series, images, mask, left_out, damaged] = content;
  archive(series, images, mask, left_out, damaged);
}

}  // namespace radiomics
