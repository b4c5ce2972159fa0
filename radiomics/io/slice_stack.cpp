// Attributes: DICOM PS3.3, C.7.6.2 (image plane).

#include "radiomics/io/slice_stack.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_tolerances.h"
#include "radiomics/io/series_parts.h"
#include "radiomics/io/short_text.h"
#include "radiomics/io/slice_checks.h"
#include "radiomics/io/slice_plane.h"

namespace radiomics {
namespace {

// --- which files count ---------------------------------------------------------------------------

bool same_bytes(const DicomSlice& a, const DicomSlice& b) {
  if (a.file_bytes != b.file_bytes) return false;
  std::ifstream in_a(a.file.path(), std::ios::binary), in_b(b.file.path(), std::ios::binary);
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

/// Compares files, each pair of them once however many frames they have.
class Copies {
 public:
  bool same(const DicomSlice& a, const DicomSlice& b) {
    const auto [known, is_new] = compared_.try_emplace({a.file, b.file}, false);
    if (is_new) known->second = same_bytes(a, b);
    return known->second;
  }

 private:
  std::map<std::pair<std::filesystem::path, std::filesystem::path>, bool> compared_;
};

std::vector<DicomSlice> without_copies(std::vector<DicomSlice> slices,
                                       std::vector<std::string>& warnings) {
  std::map<std::pair<std::string, int>, std::size_t> seen;
  std::set<std::filesystem::path> left_out;
  std::vector<DicomSlice> unique;
  Copies copies;
  for (DicomSlice& slice : slices) {
    const auto [earlier, is_new] =
        seen.try_emplace({slice.sop_instance_uid, slice.frame}, unique.size());
    if (is_new || slice.sop_instance_uid.empty()) {
      unique.push_back(std::move(slice));
      continue;
    }
    const DicomSlice& other = unique[earlier->second];
    check(copies.same(slice, other), slice,
          "has the SOPInstanceUID of " + name(other) + " but another content; remove one of them");
    left_out.insert(slice.file);
  }
  if (!left_out.empty())
    warnings.push_back("copies of files in the series are left out: " + to_text(left_out.size()));
  return unique;
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
              ", and nothing in the headers tells the volumes of the series apart; take the files "
              "of one of them away");
  }
}

void check_in_line(const std::vector<DicomSlice>& slices, const Axes& axes) {
  const DicomSlice& first = slices.front();
  const double sideways_mm = dicom_tolerance::sideways * std::ranges::min(*first.pixel_spacing_mm);
  for (const DicomSlice& slice : slices) {
    const Vector3 offset = minus(*slice.position_mm, *first.position_mm);
    const double aside =
        std::max(std::abs(dot(offset, axes.row)), std::abs(dot(offset, axes.column)));
    check(aside <= sideways_mm, slice,
          "lies " + short_text(aside) + " mm beside the line through " + name(first) +
              " along the normal (a tilted gantry?); resample the series onto a box grid");
  }
}

/// Where slices are missing, in words: "" if the steps are not multiples of one distance.
std::string where_slices_are_missing(const std::vector<DicomSlice>& slices, const Vector3& normal) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < slices.size(); ++i)
    steps.push_back(dot(minus(*slices[i].position_mm, *slices[i - 1].position_mm), normal));
  std::vector<double> in_order = steps;
  const auto middle = in_order.begin() + std::ptrdiff_t((in_order.size() - 1) / 2);
  std::ranges::nth_element(in_order, middle);
  const double usual = *middle;
  std::string where;
  int missing = 0, gaps = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const int count = int(std::lround(steps[i] / usual));
    if (std::abs(steps[i] - count * usual) > 2 * dicom_tolerance::slice_position * usual) return "";
    if (count < 2) continue;
    missing += count - 1;
    if (++gaps == 1)
      where = "between " + name(slices[i]) + " and " + name(slices[i + 1]) + " lie " +
              short_text(steps[i]) + " mm, elsewhere " + short_text(usual) + " mm";
  }
  const bool most_are_usual = gaps == 1 || 5 * gaps <= 2 * int(steps.size());
  if (gaps == 0 || !most_are_usual) return "";
  if (gaps > 1)
    where += gaps == 2 ? ", and there is 1 more gap"
                       : ", and there are " + to_text(gaps - 1) + " more gaps";
  return where + ": " + to_text(missing) +
         (missing == 1 ? " slice is missing" : " slices are missing");
}

std::string remedy_for_gaps(const std::vector<LeftOutFile>& damaged_files) {
  if (damaged_files.empty()) return "; give the complete series";
  const LeftOutFile& file = damaged_files.front();
  std::string remedy = "; " + file.file.string() + " is " + file.reason;
  if (const auto more = damaged_files.size() - 1)
    remedy += ", and so are " + to_text(more) + " more";
  return remedy + ": export the series again";
}

void check_evenly_spaced(const std::vector<DicomSlice>& slices, const Vector3& normal,
                         double spacing_mm, const std::vector<LeftOutFile>& damaged_files) {
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const double along = dot(minus(*slices[i].position_mm, *slices.front().position_mm), normal);
    const double expected = double(i) * spacing_mm;
    if (std::abs(along - expected) <= dicom_tolerance::slice_position * spacing_mm) continue;
    const std::string where = where_slices_are_missing(slices, normal);
    require(where.empty(), ErrorKind::unsupported_data, where + remedy_for_gaps(damaged_files));
    check(false, slices[i],
          "lies " + short_text(along) + " mm from the first slice where " + short_text(expected) +
              " mm would be even" + remedy_for_gaps(damaged_files));
  }
}

void warn_of_other_spacing(const std::vector<DicomSlice>& slices, double spacing_mm,
                           std::vector<std::string>& warnings) {
  for (const DicomSlice& slice : slices) {
    const double stated = std::abs(slice.spacing_between_slices_mm.value_or(spacing_mm));
    if (std::abs(stated - spacing_mm) <= dicom_tolerance::stated_spacing * spacing_mm) continue;
    warnings.push_back("SpacingBetweenSlices says " + short_text(stated) + " mm, the positions " +
                       short_text(spacing_mm) + " mm: the positions count");
    return;
  }
}

// Two scans that were shifted by half a slice look so, and interleaved acquisitions of one volume.
void warn_of_alternating_acquisitions(const std::vector<DicomSlice>& slices,
                                      std::vector<std::string>& warnings) {
  std::set<std::string> acquisitions{acquisition_of(slices.front())};
  std::size_t changes = 0;
  for (std::size_t i = 1; i < slices.size(); ++i) {
    acquisitions.insert(acquisition_of(slices[i]));
    changes += acquisition_of(slices[i]) != acquisition_of(slices[i - 1]);
  }
  if (changes >= acquisitions.size())
    warnings.push_back("slices of " + to_text(acquisitions.size()) +
                       " acquisitions alternate: they are taken as one volume");
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

bool is_localizer(const DicomSlice& slice) {
  return slice.image_type->size() > 2 && (*slice.image_type)[2] == "LOCALIZER";
}

SliceStack stack_slices(const DicomSeries& series) {
  SliceStack stack;
  stack.slices = without_copies(without_localizers(series, stack.warnings), stack.warnings);
  check_slices(stack.slices, series.modality);
  const Axes axes = orthonormal_axes(stack.slices.front());
  sort_along(axes.normal, stack.slices);
  const double spacing_mm = slice_spacing_mm(stack.slices, axes.normal, stack.warnings);
  check_no_two_in_one_place(stack.slices, axes.normal, spacing_mm);
  check_in_line(stack.slices, axes);
  check_evenly_spaced(stack.slices, axes.normal, spacing_mm, series.damaged_files);
  warn_of_other_spacing(stack.slices, spacing_mm, stack.warnings);
  warn_of_alternating_acquisitions(stack.slices, stack.warnings);
  stack.geometry = to_geometry(stack.slices, axes, spacing_mm);
  return stack;
}

}  // namespace radiomics
