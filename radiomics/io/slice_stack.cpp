// Attributes: DICOM PS3.3, C.7.6.2 (image plane), C.8.2.1 (CT image).

#include "radiomics/io/slice_stack.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_tolerances.h"
#include "radiomics/io/short_text.h"

namespace radiomics {
namespace {

double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vector3 minus(const Vector3& a, const Vector3& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

Vector3 scaled(const Vector3& a, double factor) {
  return {a[0] * factor, a[1] * factor, a[2] * factor};
}

Vector3 unit(const Vector3& a) { return scaled(a, 1 / std::sqrt(dot(a, a))); }

Vector3 row_direction(const DicomSlice& slice) {
  const auto& values = *slice.orientation;
  return {values[0], values[1], values[2]};
}

Vector3 column_direction(const DicomSlice& slice) {
  const auto& values = *slice.orientation;
  return {values[3], values[4], values[5]};
}

std::string name(const DicomSlice& slice) { return slice.file.string(); }

void check(bool condition, const DicomSlice& slice, const std::string& problem) {
  require(condition, ErrorKind::unsupported_data, name(slice) + ": " + problem);
}

// --- which files count ---------------------------------------------------------------------------

bool is_localizer(const DicomSlice& slice) {
  return slice.image_type.size() > 2 && slice.image_type[2] == "LOCALIZER";
}

bool same_bytes(const DicomSlice& a, const DicomSlice& b) {
  if (a.file_bytes != b.file_bytes) return false;
  std::ifstream in_a(a.file, std::ios::binary), in_b(b.file, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return std::equal(Bytes(in_a), Bytes(), Bytes(in_b), Bytes());
}

std::vector<DicomSlice> without_localizers(const DicomSeries& series,
                                           std::vector<std::string>& warnings) {
  std::vector<DicomSlice> slices;
  std::ranges::remove_copy_if(series.slices, std::back_inserter(slices), is_localizer);
  require(!slices.empty(), ErrorKind::unsupported_data,
          (series.slices.empty() ? std::string("the series") : name(series.slices[0])) +
              ": the series holds localizers only; give a series of slices");
  if (const auto left_out = series.slices.size() - slices.size())
    warnings.push_back("localizer images in the series are left out: " + to_text(left_out));
  return slices;
}

std::vector<DicomSlice> without_copies(std::vector<DicomSlice> slices,
                                       std::vector<std::string>& warnings) {
  std::map<std::string, std::size_t> seen;
  std::vector<DicomSlice> unique;
  for (DicomSlice& slice : slices) {
    const auto [earlier, is_new] = seen.try_emplace(slice.sop_instance_uid, unique.size());
    if (is_new || slice.sop_instance_uid.empty()) {
      unique.push_back(std::move(slice));
      continue;
    }
    const DicomSlice& other = unique[earlier->second];
    check(same_bytes(slice, other), slice,
          "has the SOPInstanceUID of " + name(other) + " but another content; remove one of them");
  }
  if (const auto left_out = slices.size() - unique.size())
    warnings.push_back("copies of files in the series are left out: " + to_text(left_out));
  return unique;
}

// --- each slice for itself -----------------------------------------------------------------------

void check_kind(const DicomSlice& slice) {
  check(slice.number_of_frames == 1, slice,
        "is a multi-frame image of " + to_text(slice.number_of_frames) +
            " frames; convert it to single-frame images");
  check(!slice.sop_class_uid.starts_with("1.2.840.10008.5.1.4.1.1.7"), slice,
        "is a secondary capture, a picture without intensities; give the original series");
  check(slice.samples_per_pixel == 1, slice,
        "has " + to_text(slice.samples_per_pixel) +
            " samples per pixel; give a series of grey images with one");
  check(slice.photometric_interpretation == "MONOCHROME1" ||
            slice.photometric_interpretation == "MONOCHROME2",
        slice,
        "its photometric interpretation '" + one_line(slice.photometric_interpretation) +
            "' is not MONOCHROME1 or MONOCHROME2; give a series of grey images");
  check(slice.rows > 0 && slice.columns > 0, slice,
        "has " + to_text(slice.columns) + "x" + to_text(slice.rows) +
            " pixels; export the series again");
}

// Little or big endian, uncompressed: the pixels take a known part of the file.
void check_length(const DicomSlice& slice) {
  const std::string& syntax = slice.transfer_syntax_uid;
  if (syntax != "1.2.840.10008.1.2" && syntax != "1.2.840.10008.1.2.1" &&
      syntax != "1.2.840.10008.1.2.2")
    return;
  const auto pixel_bytes =
      std::uintmax_t(slice.rows) * std::uintmax_t(slice.columns) * (slice.bits_allocated / 8);
  require(slice.file_bytes >= pixel_bytes, ErrorKind::unreadable_file,
          name(slice) + ": is cut short: " + to_text(slice.file_bytes) +
              " bytes, its pixels need " + to_text(pixel_bytes) + "; export it again");
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

void check_slices(const std::vector<DicomSlice>& slices, const std::string& modality) {
  for (const DicomSlice& slice : slices) {
    check_kind(slice);
    check_length(slice);
    check_plane(slice);
    check_rescale(slice, modality);
    check_same_plane(slice, slices.front());
    check_same_origin(slice, slices.front());
  }
}

// --- the stack -----------------------------------------------------------------------------------

struct Axes {
  Vector3 row, column, normal;
};

// Headers round the directions: they are made exactly perpendicular, the row keeps its own.
Axes orthonormal_axes(const DicomSlice& slice) {
  const Vector3 row = unit(row_direction(slice));
  const Vector3 column = column_direction(slice);
  const Vector3 normal = unit(cross(row, column));
  return {row, cross(normal, row), normal};
}

void sort_along(const Vector3& normal, std::vector<DicomSlice>& slices) {
  std::ranges::stable_sort(
      slices, {}, [&](const DicomSlice& slice) { return dot(*slice.position_mm, normal); });
}

// A difference of decimal numbers is not exact to the last bit: 0.9999999999999929 for 1.
double without_noise(double length_mm) { return std::round(length_mm * 1e9) / 1e9; }

double slice_spacing_mm(const std::vector<DicomSlice>& slices, const Vector3& normal,
                        std::vector<std::string>& warnings) {
  if (slices.size() > 1) {
    const Vector3 range = minus(*slices.back().position_mm, *slices.front().position_mm);
    return without_noise(dot(range, normal) / double(slices.size() - 1));
  }
  const DicomSlice& slice = slices.front();
  check(slice.slice_thickness_mm.value_or(0) > 0, slice,
        "is the only slice and has no SliceThickness; give the whole series");
  warnings.push_back("the series has one slice: its thickness of " +
                     to_text(*slice.slice_thickness_mm) + " mm stands for the slice spacing");
  return *slice.slice_thickness_mm;
}

void check_no_two_in_one_place(const std::vector<DicomSlice>& slices, const Vector3& normal,
                               double spacing_mm) {
  for (std::size_t i = 1; i < slices.size(); ++i) {
    const DicomSlice &here = slices[i], &before = slices[i - 1];
    const double step = dot(minus(*here.position_mm, *before.position_mm), normal);
    check(step > dicom_tolerance::slice_position * spacing_mm, here,
          "lies in the same place as " + name(before) +
              (here.acquisition_number != before.acquisition_number
                   ? ": acquisitions " + to_text(before.acquisition_number) + " and " +
                         to_text(here.acquisition_number) + " in one series"
                   : "") +
              "; take the files of one of them away");
  }
}

void check_evenly_spaced(const std::vector<DicomSlice>& slices, const Axes& axes,
                         double spacing_mm) {
  const DicomSlice& first = slices.front();
  const double sideways_mm = dicom_tolerance::sideways * std::ranges::min(*first.pixel_spacing_mm);
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const Vector3 offset = minus(*slices[i].position_mm, *first.position_mm);
    const double along = dot(offset, axes.normal), expected = double(i) * spacing_mm;
    const double aside =
        std::max(std::abs(dot(offset, axes.row)), std::abs(dot(offset, axes.column)));
    check(aside <= sideways_mm, slices[i],
          "lies " + short_text(aside) + " mm beside the line through " + name(first) +
              " along the normal (a tilted gantry?); resample the series onto a box grid");
    check(std::abs(along - expected) <= dicom_tolerance::slice_position * spacing_mm, slices[i],
          "lies " + short_text(along) + " mm from the first slice where " + short_text(expected) +
              " mm would be even (a missing slice?); give the complete series");
  }
}

Geometry to_geometry(const std::vector<DicomSlice>& slices, const Axes& axes, double spacing_mm) {
  const DicomSlice& first = slices.front();
  Geometry grid;
  grid.size = {first.columns, first.rows, int(slices.size())};
  grid.spacing_mm = {(*first.pixel_spacing_mm)[1], (*first.pixel_spacing_mm)[0], spacing_mm};
  grid.origin_mm = *first.position_mm;
  for (int i = 0; i < 3; ++i) {
    grid.direction[3 * i] = axes.row[i];
    grid.direction[3 * i + 1] = axes.column[i];
    grid.direction[3 * i + 2] = axes.normal[i];
  }
  return grid;
}

}  // namespace

SliceStack stack_slices(const DicomSeries& series) {
  SliceStack stack;
  stack.slices = without_copies(without_localizers(series, stack.warnings), stack.warnings);
  check_slices(stack.slices, series.modality);
  const Axes axes = orthonormal_axes(stack.slices.front());
  sort_along(axes.normal, stack.slices);
  const double spacing_mm = slice_spacing_mm(stack.slices, axes.normal, stack.warnings);
  check_no_two_in_one_place(stack.slices, axes.normal, spacing_mm);
  check_evenly_spaced(stack.slices, axes, spacing_mm);
  stack.geometry = to_geometry(stack.slices, axes, spacing_mm);
  return stack;
}

}  // namespace radiomics
