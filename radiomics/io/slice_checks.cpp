// Attributes: DICOM PS3.3, C.7.6.2 (image plane), C.7.6.3 (pixels), C.8.2.1 (CT), C.8.9.1 (PET),
// C.11.1.1.2 (rescale type).

#include "radiomics/io/slice_checks.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <set>
#include <string_view>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_tolerances.h"
#include "radiomics/io/slice_plane.h"
#include "radiomics/io/transfer_syntax.h"

namespace radiomics {
namespace {

// --- each slice for itself -----------------------------------------------------------------------

void check_kind(const DicomSlice& slice) {
  check(slice.frame > 0 || slice.number_of_frames == 1, slice,
        "is a multi-frame image of " + to_text(slice.number_of_frames) +
            " frames whose places it does not tell; convert it to single-frame images");
  check(!slice.sop_class_uid->starts_with("1.2.840.10008.5.1.4.1.1.7"), slice,
        "is a secondary capture, a picture without intensities; give the original series");
  check(slice.samples_per_pixel == 1, slice,
        "has " + to_text(slice.samples_per_pixel) +
            " samples per pixel; give a series of grey images with one");
  check(slice.photometric_interpretation == "MONOCHROME1" ||
            slice.photometric_interpretation == "MONOCHROME2",
        slice,
        "its photometric interpretation '" + one_line(*slice.photometric_interpretation) +
            "' is not MONOCHROME1 or MONOCHROME2; give a series of grey images");
  check(!slice.holds_colours, slice, "holds colours beside intensities; give the original images");
  check(slice.rows > 0 && slice.columns > 0, slice,
        "has " + to_text(slice.columns) + "x" + to_text(slice.rows) +
            " pixels; export the series again");
}

void check_transfer_syntax(const DicomSlice& slice) {
  const TransferSyntax* syntax = known_transfer_syntax(*slice.transfer_syntax_uid);
  check(syntax != nullptr, slice,
        "its transfer syntax " + one_line(*slice.transfer_syntax_uid) +
            " is not one that is read; export the series uncompressed, or as JPEG lossless");
  check(slice.frame == 0 || slice.transfer_syntax_uid != "1.2.840.10008.1.2.1.99", slice,
        "is a deflated multi-frame image (transfer syntax 1.2.840.10008.1.2.1.99); export it "
        "uncompressed");
}

void check_pixel_format(const DicomSlice& slice) {
  const int bits = slice.bits_allocated;
  check(bits == 8 || bits == 16 || bits == 32, slice,
        "has " + to_text(bits) + " bits allocated for a pixel, not 8, 16 or 32; export it again");
  check(
      slice.bits_stored > 0 && slice.bits_stored <= bits && slice.high_bit == slice.bits_stored - 1,
      slice,
      "stores " + to_text(slice.bits_stored) + " of " + to_text(bits) +
          " bits with the highest at " + to_text(slice.high_bit) +
          ", which does not fit together; export it again");
}

// Pixels that are not compressed take a known part of the file.
void check_length(const DicomSlice& slice) {
  if (!known_transfer_syntax(*slice.transfer_syntax_uid)->plain) return;
  const auto needed = slice.pixels_at + std::uintmax_t(slice.rows) * std::uintmax_t(slice.columns) *
                                            std::uintmax_t(slice.bits_allocated / 8) *
                                            std::uintmax_t(slice.number_of_frames);
  require(slice.file_bytes >= needed, ErrorKind::unreadable_file,
          name(slice) + ": is cut short: " + to_text(slice.file_bytes) +
              " bytes, header and pixels need " + to_text(needed) + "; export it again");
}

void check_plane(const DicomSlice& slice) {
  check(slice.position_mm.has_value(), slice,
        "ImagePositionPatient is absent or not three numbers; export the series again");
  check(slice.orientation.has_value(), slice,
        "ImageOrientationPatient is absent or not six numbers; export the series again");
  check(slice.pixel_spacing_mm.has_value(), slice,
        "PixelSpacing is absent or not two numbers; export the series again");
  check(std::ranges::min(*slice.pixel_spacing_mm) > 0, slice,
        "PixelSpacing " + join(*slice.pixel_spacing_mm, ", ") +
            " mm is not positive; export the series again");
  const Vector3 row = row_direction(slice), column = column_direction(slice);
  const bool perpendicular = std::abs(dot(row, column)) < dicom_tolerance::direction &&
                             std::abs(dot(row, row) - 1) < 2 * dicom_tolerance::direction &&
                             std::abs(dot(column, column) - 1) < 2 * dicom_tolerance::direction;
  check(perpendicular, slice,
        "ImageOrientationPatient " + join(*slice.orientation, ", ") +
            " is not two perpendicular unit vectors; export the series again");
}

void check_rescale(const DicomSlice& slice, const std::string& modality) {
  check(!slice.has_lookup_table, slice,
        "has a modality lookup table in place of a rescale, which is not read; export the series "
        "with RescaleSlope and RescaleIntercept");
  const bool needed = modality == "CT" || modality == "PT";
  check(!needed || (slice.rescale_slope && slice.rescale_intercept), slice,
        "RescaleSlope or RescaleIntercept is absent or no number, so the intensities are unknown; "
        "export the series again with them");
  check(slice.rescale_slope.value_or(1) != 0, slice, "RescaleSlope is 0; export the series again");
}

// --- all slices together -------------------------------------------------------------------------

void check_same_plane(const DicomSlice& slice, const DicomSlice& first) {
  check(slice.rows == first.rows && slice.columns == first.columns, slice,
        "has " + to_text(slice.columns) + "x" + to_text(slice.rows) + " pixels, " + name(first) +
            " " + to_text(first.columns) + "x" + to_text(first.rows) +
            "; give a series of one size");
  for (int i = 0; i < 2; ++i) {
    const double here = (*slice.pixel_spacing_mm)[i], there = (*first.pixel_spacing_mm)[i];
    check(std::abs(here - there) <= dicom_tolerance::pixel_spacing * there, slice,
          "has the pixel spacing " + to_text(here) + " mm, " + name(first) + " " + to_text(there) +
              " mm; give a series of one spacing");
  }
  for (int i = 0; i < 6; ++i)
    check(std::abs((*slice.orientation)[i] - (*first.orientation)[i]) <= dicom_tolerance::direction,
          slice,
          "has the orientation " + join(*slice.orientation, ", ") + ", " + name(first) + " " +
              join(*first.orientation, ", ") + "; give a series of one orientation");
}

void check_same_origin(const DicomSlice& slice, const DicomSlice& first) {
  check(slice.patient_id == first.patient_id, slice,
        "belongs to another patient than " + name(first) + "; take the files of one of them away");
  check(slice.frame_of_reference_uid == first.frame_of_reference_uid, slice,
        "has another frame of reference than " + name(first) +
            "; take the files of one of them away");
}

// --- intensities ---------------------------------------------------------------------------------

/// A word that DICOM defines, or "another unit" for what could be anything.
template <std::size_t Count>
std::string known_word(const std::string& word, const std::string_view (&known)[Count]) {
  return std::ranges::find(known, word) == std::end(known) ? "another unit" : word;
}

std::string note_on_ct(const DicomSlice& slice) {
  constexpr std::string_view types[] = {"OD", "US", "MGML", "Z_EFF", "ED", "EDW", "HU_MOD", "PCT"};
  if (slice.rescale_type->empty() || slice.rescale_type == "HU") return "";
  const std::string type = known_word(slice.rescale_type, types);
  return "RescaleType is " + (type == "US" ? "US (unspecified)" : type) +
         ", not HU: the intensities may be no Hounsfield units";
}

std::string note_on_pet(const DicomSlice& slice) {
  constexpr std::string_view units[] = {
      "CNTS", "NONE", "CM2",    "PCNT",     "CPS",     "BQML",    "MGMINML", "UMOLMINML", "MLMING",
      "MLG",  "1CM",  "UMOLML", "PROPCNTS", "PROPCPS", "MLMINML", "MLML",    "STDDEV",    "SUV"};
  if (slice.units->empty() || slice.units == "GML") return "";
  return "the unit of the intensities is " + known_word(slice.units, units) + ", not SUV (GML)";
}

}  // namespace

std::string name(const DicomSlice& slice) {
  return slice.file.string() + (slice.frame ? ", frame " + to_text(slice.frame) : "");
}

void check(bool condition, const DicomSlice& slice, const std::string& problem) {
  if (!condition) throw Error(ErrorKind::unsupported_data, name(slice) + ": " + problem);
}

void check_slices(const std::vector<DicomSlice>& slices, const std::string& modality) {
  for (const DicomSlice& slice : slices) {
    check_kind(slice);
    check_transfer_syntax(slice);
    check_pixel_format(slice);
    check_length(slice);
    check_plane(slice);
    check_rescale(slice, modality);
    check_same_plane(slice, slices.front());
    check_same_origin(slice, slices.front());
  }
}

std::vector<std::string> intensity_notes(const std::vector<DicomSlice>& slices,
                                         const std::string& modality) {
  std::set<std::string> notes;
  for (const DicomSlice& slice : slices)
    notes.insert(modality == "CT" ? note_on_ct(slice) : modality == "PT" ? note_on_pet(slice) : "");
  notes.erase("");
  return {notes.begin(), notes.end()};
}

}  // namespace radiomics
