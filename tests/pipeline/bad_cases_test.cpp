// Awkward and hostile variants of a case of the sample cohort: each gives the very numbers of the
// unchanged case, or is refused with its reason, or warns.

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/settings/presets.h"
#include "tests/support/bad_case.h"

namespace radiomics {
namespace {

enum class Mask { rtstruct, seg };

/// What must come of a variant. Of the regions, the first is the one that counts.
struct Outcome {
  const char* error = "";    ///< kind of the failure; "": it is measured
  const char* message = "";  ///< a part of the failure's message
  const char* warning = "";  ///< a part of a warning; "": as many warnings as unchanged
  double tolerance = 0;      ///< of the values, relative; negative: other numbers are right
};

struct Variant {
  const char* name;
  Mask mask;
  std::function<void(const BadCase&)> change;
  Outcome outcome;
};

void PrintTo(const Variant& variant, std::ostream* out) { *out << variant.name; }

// --- changes -------------------------------------------------------------------------------------

using Slice = std::function<void(DcmDataset&, int z)>;

/// Sets an attribute of all slices; "" takes it away.
auto all_slices(const DcmTagKey& tag, const std::string& value) {
  return [=](const BadCase& a) {
    a.edit_slices([&](DcmDataset& slice, int) {
      value.empty() ? void(delete slice.remove(tag)) : set_text(slice, tag, value);
    });
  };
}

auto middle_slice(const DcmTagKey& tag, const std::string& value) {
  return [=](const BadCase& a) {
    a.edit_slice(BadCase::middle(), [&](DcmDataset& slice) {
      value.empty() ? void(delete slice.remove(tag)) : set_text(slice, tag, value);
    });
  };
}

auto in_rtstruct(const std::function<void(DcmDataset&)>& edit) {
  return [=](const BadCase& a) { a.edit_rtstruct(edit); };
}

auto in_seg(const std::function<void(DcmDataset&)>& edit) {
  return [=](const BadCase& a) { a.edit_seg(edit); };
}

auto in_contours(const std::function<void(std::vector<double>&)>& edit) {
  return in_rtstruct([=](DcmDataset& rtstruct) { edit_contours(rtstruct, edit); });
}

void shift_along_z(DcmItem& item, double mm) {
  std::vector<double> position = numbers_of(item, DCM_ImagePositionPatient);
  position[2] += mm;
  set_numbers(item, DCM_ImagePositionPatient, position);
}

void add_to_pixels(DcmDataset& slice, int value) {
  auto pixels = pixels_of(slice);
  for (auto& pixel : pixels) pixel = std::uint16_t(pixel + value);
  set_pixels(slice, pixels);
}

/// A second image of every slice, with other pixels.
void second_images(const BadCase& a, const std::function<void(DcmDataset&)>& edit) {
  for (int z = 0; z < BadCase::slice_count(); ++z)
    a.add_slice(z, "second" + std::to_string(z), [&](DcmDataset& slice) {
      set_text(slice, DCM_SOPInstanceUID, "1.2.3.99." + std::to_string(z + 1));
      add_to_pixels(slice, 200);
      edit(slice);
    });
}

/// A second series of the same scan, shifted along z.
auto second_series(double shift_mm) {
  return [=](const BadCase& a) {
    second_images(a, [&](DcmDataset& slice) {
      set_text(slice, DCM_SeriesInstanceUID, "1.2.3.99");
      shift_along_z(slice, shift_mm);
    });
  };
}

/// A second acquisition in the same series: the masks name the images of the first.
void second_acquisition(const BadCase& a) {
  second_images(a, [](DcmDataset& slice) { set_text(slice, DCM_AcquisitionNumber, "2"); });
}

/// What every DICOM file starts with.
std::string preamble() {
  std::string bytes(128, '\0');
  return bytes.append("DICM");
}

void other_names_and_junk(const BadCase& a) {
  for (int z = 0; z < BadCase::slice_count(); ++z)
    std::filesystem::rename(a.slice(z), a.ct() / ("IM" + std::to_string(100 - z)));
  BadCase::replace(a.ct() / "Thumbs.db", "\xd0\xcf\x11\xe0");
  BadCase::replace(a.ct() / "empty.txt", "");
  BadCase::replace(a.ct() / "dicm_only.bin", preamble());
  std::filesystem::copy_file(a.rtstruct(), a.ct() / "RS");
  std::filesystem::create_symlink("..", a.ct() / "loop");
}

void every_second_slice(const BadCase& a) {
  for (int z = 1; z < BadCase::slice_count(); z += 2) a.remove_slice(z);
}

void other_pixels_in_the_same_place(const BadCase& a) {
  a.add_slice(BadCase::middle(), "other", [](DcmDataset& slice) {
    set_text(slice, DCM_SOPInstanceUID, "1.2.3.98");
    add_to_pixels(slice, 50);
  });
}

void rescale_of_every_slice(const BadCase& a) {
  a.edit_slices([](DcmDataset& slice, int z) {
    if (z % 2 == 0) return;
    add_to_pixels(slice, 100);
    const double intercept = numbers_of(slice, DCM_RescaleIntercept).front();
    set_numbers(slice, DCM_RescaleIntercept, {intercept - 100});
  });
}

void dirty_high_bits(const BadCase& a) {
  a.edit_slices([](DcmDataset& slice, int z) {
    auto pixels = pixels_of(slice);
    for (std::size_t i = 0; i < pixels.size(); ++i)
      pixels[i] = std::uint16_t(pixels[i] | ((i + std::size_t(z)) % 16) << 12);
    set_pixels(slice, pixels);
  });
}

void signed_storage(const BadCase& a) {
  a.edit_slices([](DcmDataset& slice, int) {
    const int intercept = int(numbers_of(slice, DCM_RescaleIntercept).front());
    add_to_pixels(slice, intercept);
    for (const auto& [tag, value] :
         {std::pair(DCM_BitsStored, "16"), {DCM_HighBit, "15"}, {DCM_PixelRepresentation, "1"}})
      set_text(slice, tag, value);
    set_numbers(slice, DCM_RescaleIntercept, {0});
  });
}

void rows_and_columns_reversed(const BadCase& a) {
  a.edit_slices([](DcmDataset& slice, int) {
    auto pixels = pixels_of(slice);
    std::ranges::reverse(pixels);
    set_pixels(slice, pixels);
    const auto spacing = numbers_of(slice, DCM_PixelSpacing);
    auto position = numbers_of(slice, DCM_ImagePositionPatient);
    position[0] += spacing[1] * (numbers_of(slice, DCM_Columns).front() - 1);
    position[1] += spacing[0] * (numbers_of(slice, DCM_Rows).front() - 1);
    set_numbers(slice, DCM_ImagePositionPatient, position);
    set_text(slice, DCM_ImageOrientationPatient, "-1\\0\\0\\0\\-1\\0");
  });
}

void scattered_positions(const BadCase& a) {
  a.edit_slices([](DcmDataset& slice, int z) {
    shift_along_z(slice, (z % 2 ? 0.25 : -0.25) * BadCase::spacing_mm());
  });
}

void nested_too_deep(const BadCase& a) {
  const std::string_view syntax(
      "\x02\x00\x10\x00UI\x14\x00"
      "1.2.840.10008.1.2.1\0",
      28);
  const std::string_view item(
      "\x08\x00\x40\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff", 20);
  std::string bytes = preamble().append(syntax);
  for (int i = 0; i < 30000; ++i) bytes.append(item);
  BadCase::replace(a.slice(BadCase::middle()), bytes);
}

void other_frame_of_reference(DcmDataset& rtstruct) {
  for (DcmItem* region : items_of(rtstruct, DCM_StructureSetROISequence))
    set_text(*region, DCM_ReferencedFrameOfReferenceUID, "1.2.3.97");
}

void contours_twice(DcmDataset& rtstruct) {
  DcmItem& region = *items_of(rtstruct, DCM_ROIContourSequence).front();
  for (DcmItem* contour : items_of(region, DCM_ContourSequence)) {
    auto points = numbers_of(*contour, DCM_ContourData);
    std::rotate(points.begin(), points.begin() + 9, points.end());  // it starts elsewhere
    auto copy = std::make_unique<DcmItem>(*contour);
    set_numbers(*copy, DCM_ContourData, points);
    region.insertSequenceItem(DCM_ContourSequence, copy.release());
  }
}

void first_contour(DcmDataset& rtstruct, const DcmTagKey& tag, const std::string& value) {
  DcmItem& region = *items_of(rtstruct, DCM_ROIContourSequence).front();
  set_text(*items_of(region, DCM_ContourSequence).front(), tag, value);
}

void one_name_twice(DcmDataset& rtstruct) {
  const auto regions = items_of(rtstruct, DCM_StructureSetROISequence);
  set_text(*regions.at(1), DCM_ROIName, text_of(*regions.at(0), DCM_ROIName));
}

void frames_upside_down(DcmDataset& seg) {
  const auto rows = std::size_t(numbers_of(seg, DCM_Rows).front());
  const auto columns = std::size_t(numbers_of(seg, DCM_Columns).front());
  const Uint8* bytes = nullptr;
  unsigned long count = 0;
  seg.findAndGetUint8Array(DCM_PixelData, bytes, &count);
  std::vector<Uint8> turned(count);
  const auto frames = items_of(seg, DCM_PerFrameFunctionalGroupsSequence);
  for (std::size_t f = 0; f < frames.size(); ++f)
    for (std::size_t y = 0; y < rows; ++y)
      for (std::size_t x = 0; x < columns; ++x) {
        const std::size_t from = (f * rows + y) * columns + x;
        const std::size_t to = (f * rows + rows - 1 - y) * columns + x;
        turned[to / 8] = Uint8(turned[to / 8] | (bytes[from / 8] >> from % 8 & 1) << to % 8);
      }
  seg.putAndInsertUint8Array(DCM_PixelData, turned.data(), count);
  DcmItem& shared = *items_of(seg, DCM_SharedFunctionalGroupsSequence).front();
  const auto spacing =
      numbers_of(*items_of(shared, DCM_PixelMeasuresSequence).front(), DCM_PixelSpacing);
  set_text(*items_of(shared, DCM_PlaneOrientationSequence).front(), DCM_ImageOrientationPatient,
           "1\\0\\0\\0\\-1\\0");
  for (DcmItem* frame : frames) {
    DcmItem& plane = *items_of(*frame, DCM_PlanePositionSequence).front();
    auto position = numbers_of(plane, DCM_ImagePositionPatient);
    position[1] += double(rows - 1) * spacing[0];
    set_numbers(plane, DCM_ImagePositionPatient, position);
  }
}

void half_a_slice_off(DcmDataset& seg) {
  for (DcmItem* frame : items_of(seg, DCM_PerFrameFunctionalGroupsSequence))
    shift_along_z(*items_of(*frame, DCM_PlanePositionSequence).front(),
                  0.5 * BadCase::spacing_mm());
}

void segment_that_is_not_defined(DcmDataset& seg) {
  DcmItem& frame = *items_of(seg, DCM_PerFrameFunctionalGroupsSequence).front();
  set_text(*items_of(frame, DCM_SegmentIdentificationSequence).front(), DCM_ReferencedSegmentNumber,
           "7");
}

const std::string word_in_contour = "1\\2\\3\\4\\abc\\3\\1\\5\\3";

const Variant variants[] = {
    // the series
    {"other_names_and_junk", Mask::rtstruct, other_names_and_junk, {}},
    {"missing_slice",
     Mask::rtstruct,
     [](const BadCase& a) { a.remove_slice(BadCase::middle()); },
     {"unsupported_data", "missing"}},
    {"every_second_slice",
     Mask::rtstruct,
     every_second_slice,
     {"geometry_mismatch", "off the nearest slice"}},
    {"missing_last_slice",
     Mask::rtstruct,
     [](const BadCase& a) { a.remove_slice(BadCase::slice_count() - 1); },
     {"", "", "of which 1 are not in the series", 1e-7}},  // positions have 4 decimals
    {"copy_of_a_slice",
     Mask::rtstruct,
     [](const BadCase& a) { std::filesystem::copy_file(a.slice(3), a.ct() / "copy"); },
     {"", "", "copies of files in the series are left out: 1"}},
    {"two_slices_in_one_place",
     Mask::rtstruct,
     other_pixels_in_the_same_place,
     {"unsupported_data", "lies in the same place as"}},
    {"second_series", Mask::rtstruct, second_series(0), {}},
    {"second_series_between_the_slices", Mask::rtstruct, second_series(0.5), {}},
    {"second_acquisition", Mask::rtstruct, second_acquisition, {}},
    {"second_acquisition_and_seg", Mask::seg, second_acquisition, {}},
    {"slice_of_another_patient",
     Mask::rtstruct,
     middle_slice(DCM_PatientID, "SOMEBODY"),
     {"unsupported_data", "belongs to another patient"}},
    {"empty_slice",
     Mask::rtstruct,
     [](const BadCase& a) { BadCase::replace(a.slice(BadCase::middle()), ""); },
     {"unsupported_data", "is an empty file"}},
    {"slice_cut_short",
     Mask::rtstruct,
     [](const BadCase& a) { BadCase::cut(a.slice(BadCase::middle()), 0.4); },
     {"unsupported_data", "cut short"}},
    {"nested_too_deep", Mask::rtstruct, nested_too_deep, {"unsupported_data", "nested"}},
    {"no_rescale",
     Mask::rtstruct,
     all_slices(DCM_RescaleSlope, ""),
     {"unsupported_data", "RescaleSlope or RescaleIntercept is absent"}},
    {"rescale_of_every_slice", Mask::rtstruct, rescale_of_every_slice, {}},
    {"monochrome1", Mask::rtstruct, all_slices(DCM_PhotometricInterpretation, "MONOCHROME1"), {}},
    {"signed_storage", Mask::rtstruct, signed_storage, {}},
    {"dirty_high_bits", Mask::rtstruct, dirty_high_bits, {}},
    {"slice_thickness_lies", Mask::rtstruct, all_slices(DCM_SliceThickness, "1"), {}},
    {"pixel_spacing_of_one",
     Mask::rtstruct,
     middle_slice(DCM_PixelSpacing, "1.3\\1.3"),
     {"unsupported_data", "pixel spacing"}},
    {"gantry_tilt",
     Mask::rtstruct,
     all_slices(DCM_ImageOrientationPatient, "1\\0\\0\\0\\0.965926\\-0.258819"),
     {"unsupported_data", "tilted gantry"}},
    {"scattered_positions", Mask::rtstruct, scattered_positions, {"unsupported_data", "even"}},
    {"rows_and_columns_reversed",
     Mask::rtstruct,
     rows_and_columns_reversed,
     {"", "", "", 1e-7}},  // sums in another order
    // the structure set
    {"another_patient",
     Mask::rtstruct,
     in_rtstruct([](DcmDataset& a) { set_text(a, DCM_PatientID, "SOMEBODY"); }),
     {"reference_mismatch", "--accept-mismatch patient"}},
    {"another_frame_of_reference",
     Mask::rtstruct,
     in_rtstruct(other_frame_of_reference),
     {"reference_mismatch", "--accept-mismatch frame-of-reference"}},
    {"contours_between_slices",
     Mask::rtstruct,
     in_contours([](std::vector<double>& points) {
       for (std::size_t i = 2; i < points.size(); i += 3) points[i] += 0.4 * BadCase::spacing_mm();
     }),
     {"geometry_mismatch", "off the nearest slice"}},
    {"contours_off_by_rounding",
     Mask::rtstruct,
     in_contours([](std::vector<double>& points) {
       for (std::size_t i = 2; i < points.size(); i += 3) points[i] += 0.01;
     }),
     {}},
    {"contours_twice",
     Mask::rtstruct,
     in_rtstruct(contours_twice),
     {"", "", "contours that repeat another one count once"}},
    {"open_contour",
     Mask::rtstruct,
     in_rtstruct([](DcmDataset& a) { first_contour(a, DCM_ContourGeometricType, "OPEN_PLANAR"); }),
     {"invalid_region", "OPEN_PLANAR"}},
    {"word_in_a_contour",
     Mask::rtstruct,
     in_rtstruct([](DcmDataset& a) { first_contour(a, DCM_ContourData, word_in_contour); }),
     {"invalid_region", "no finite number"}},
    {"region_far_away",
     Mask::rtstruct,
     in_contours([](std::vector<double>& points) {
       for (std::size_t i = 0; i < points.size(); i += 3) points[i] += 2000;
     }),
     {"empty_region", "no voxel of the image"}},
    {"one_name_twice",
     Mask::rtstruct,
     in_rtstruct(one_name_twice),
     {"ambiguous_input", "2 regions"}},
    {"rtstruct_cut_short",
     Mask::rtstruct,
     [](const BadCase& a) { BadCase::cut(a.rtstruct(), 0.6); },
     {"unreadable_file", "rtstruct.dcm"}},
    // the segmentation
    {"frames_upside_down", Mask::seg, in_seg(frames_upside_down), {}},
    {"frames_half_a_slice_off",
     Mask::seg,
     in_seg(half_a_slice_off),
     {"geometry_mismatch", "is not on the voxels of the image"}},
    {"more_frames_stated_than_there",
     Mask::seg,
     in_seg([](DcmDataset& a) { set_text(a, DCM_NumberOfFrames, "2000000000"); }),
     {"unreadable_file", "2000000000"}},
    {"segment_that_is_not_defined",
     Mask::seg,
     in_seg(segment_that_is_not_defined),
     {"unreadable_file", "segment 7, which is not defined"}},
    {"segmentation_of_another_frame",
     Mask::seg,
     in_seg([](DcmDataset& a) { set_text(a, DCM_FrameOfReferenceUID, "1.2.3.97"); }),
     {"reference_mismatch", "--accept-mismatch frame-of-reference"}},
};

// --- what comes of them --------------------------------------------------------------------------

Extraction measured(const BadCase& bad, Mask mask) {
  return extract(case_of(bad.ct(), mask == Mask::seg ? bad.seg() : bad.rtstruct(), "case"),
                 preset("native"));
}

/// The first region of the unchanged case.
const FeatureTable::Row& unchanged(Mask mask) {
  static const BadCase good;
  static const FeatureTable::Row rtstruct = measured(good, Mask::rtstruct).rows.at(0);
  static const FeatureTable::Row seg = measured(good, Mask::seg).rows.at(0);
  return mask == Mask::seg ? seg : rtstruct;
}

const FeatureTable::Row* row_of(const Extraction& result, const std::string& roi) {
  const auto row = std::ranges::find(result.rows, roi, &FeatureTable::Row::roi);
  return row == result.rows.end() ? nullptr : &*row;
}

void expect_refused(const Extraction& result, const std::string& roi, const Outcome& outcome) {
  EXPECT_EQ(row_of(result, roi), nullptr);
  ASSERT_FALSE(result.failures.empty());
  EXPECT_EQ(result.failures[0].kind, outcome.error) << result.failures[0].message;
  EXPECT_NE(result.failures[0].message.find(outcome.message), std::string::npos)
      << result.failures[0].message;
}

void expect_measured(const FeatureTable::Row& row, const FeatureTable::Row& good,
                     const Outcome& outcome) {
  const bool warns = *outcome.warning != '\0';
  ASSERT_EQ(row.warnings.size(), good.warnings.size() + warns) << join(row.warnings, "; ");
  if (warns) {
    EXPECT_TRUE(std::ranges::any_of(row.warnings, [&](const std::string& warning) {
      return warning.find(outcome.warning) != std::string::npos;
    })) << join(row.warnings, "; ");
  }
  ASSERT_EQ(row.values.size(), good.values.size());
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    if (std::isnan(good.values[i])) {
      EXPECT_TRUE(std::isnan(row.values[i])) << i;
      continue;
    }
    const double allowed = outcome.tolerance * std::max(1.0, std::abs(good.values[i]));
    EXPECT_LE(std::abs(row.values[i] - good.values[i]), allowed) << "value " << i;
  }
}

class BadCases : public testing::TestWithParam<Variant> {};

TEST_P(BadCases, GiveTheRightNumbersOrAReason) {
  const auto& [name, mask, change, outcome] = GetParam();
  const FeatureTable::Row& good = unchanged(mask);
  const BadCase bad;
  change(bad);
  const Extraction result = measured(bad, mask);
  if (*outcome.error != '\0') return expect_refused(result, good.roi, outcome);
  const FeatureTable::Row* row = row_of(result, good.roi);
  ASSERT_NE(row, nullptr) << (result.failures.empty() ? "" : result.failures[0].message);
  EXPECT_TRUE(result.failures.empty());
  expect_measured(*row, good, outcome);
}

INSTANTIATE_TEST_SUITE_P(Variants, BadCases, testing::ValuesIn(variants),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(BadCase, IsMeasuredWhereNothingIsChanged) {
  for (const Mask mask : {Mask::rtstruct, Mask::seg})
    EXPECT_GT(unchanged(mask).diagnostics.voxels_drawn, 1000u);
}

}  // namespace
}  // namespace radiomics
