#include "radiomics/pipeline/write_mask.h"

#include <set>

#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "radiomics/io/image_io.h"
#include "radiomics/io/label_writer.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/settings/presets.h"
#include "tests/support/bits.h"
#include "tests/support/cohort_folder.h"
#include "tests/support/data.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/written_masks.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

struct Values {
  std::vector<std::vector<std::uint64_t>> bits;  ///< of all features, region by region
  bool operator==(const Values&) const = default;
};

Values values_of(const Case& input, const Settings& settings) {
  const Extraction extraction = extract(input, settings, 2);
  for (const Failure& failure : extraction.failures) ADD_FAILURE() << failure.message;
  Values values;
  for (const auto& row : extraction.rows) values.bits.push_back(bits_of(row.values));
  return values;
}

/// Writes the mask in the given formats, and measures the image with each.
void expect_same_features(const fs::path& image, const fs::path& mask,
                          const std::vector<std::string>& endings) {
  const TemporaryFolder folder;
  const Values expected = values_of(case_of(image, mask, "A"), preset("native"));
  ASSERT_FALSE(expected.bits.empty());
  for (const std::string& ending : endings) {
    SCOPED_TRACE(mask.string() + " as " + ending);
    const fs::path file = folder / (ending.substr(1) + ending);  // names that nothing mixes up
    const WrittenMask written = write_mask(case_of(image, mask, "A"), file);
    EXPECT_EQ(written.regions.size(), expected.bits.size());
    EXPECT_TRUE(written.failures.empty());
    EXPECT_EQ(values_of(case_of(image, file, "A"), preset("native")), expected);
  }
}

std::vector<std::string> label_endings() {
  return {".nii.gz", ".nii", ".nrrd", ".seg.nrrd", ".mha"};
}

TEST(WriteMask, EveryFormatGivesTheFeaturesOfTheMask) {
  const samples::CohortFolder cohort;
  std::set<std::string> kinds;
  for (const char* patient : {"0001", "0003", "0004", "0008"}) {
    const fs::path folder = cohort.path() / "dicom" / patient;
    kinds.insert(case_of(folder, folder, "A").open_mask().kind);
    expect_same_features(folder, folder, mask_file_endings());
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"RTSTRUCT", "SEG"}));
  const fs::path labels = cohort.path() / "nifti/phantom-14";
  expect_same_features(labels / "image.nii.gz", labels / "mask.nii", label_endings());
}

// Real series with rounded positions; contours, segments that overlap in part, labels.
TEST(WriteMask, EveryFormatGivesTheFeaturesOfRealMasks) {
  REFERENCE_DATA_OR_SKIP(data, "dicom");
  expect_same_features(data / "gephantom_rtutils/ct", data / "gephantom_rtutils/rtstruct",
                       mask_file_endings());
  expect_same_features(data / "liver3_seg/ct", data / "liver3_seg/seg/partial_overlaps.dcm",
                       {".dcm", ".seg.nrrd"});
  expect_same_features(data / "liver3_seg/ct", data / "liver3_seg/mask/liver_spine_seg.nrrd",
                       mask_file_endings());
}

/// An image and a label image on a grid, as files.
class OnAnyGrid : public testing::TestWithParam<std::array<double, 9>> {};

TEST_P(OnAnyGrid, EveryFormatGivesTheFeaturesOfTheMask) {
  const TemporaryFolder folder;
  const Geometry grid{.size = {23, 18, 9},
                      .spacing_mm = {0.7, 1.3, 2.9},
                      .origin_mm = {-123.4, 56.7, -890.1},
                      .direction = GetParam()};
  // The image is written as labels too: whole numbers are intensities.
  std::vector<NamedMask> slices;
  for (int z = 0; z < 9; ++z)
    slices.push_back(random_region(to_text(z + 1), grid, {{0, 0, z}, {22, 17, z}}, unsigned(z)));
  write_labels(folder / "image.nrrd", slices);
  write_labels(folder / "mask.mha",
               std::vector{random_region("2", grid, {{3, 0, 1}, {14, 12, 5}}, 77),
                           random_region("5", grid, {{3, 13, 1}, {22, 17, 8}}, 78)});
  expect_same_features(folder / "image.nrrd", folder / "mask.mha", label_endings());
}

INSTANTIATE_TEST_SUITE_P(
    , OnAnyGrid,
    testing::Values(std::array<double, 9>{1, 0, 0, 0, 1, 0, 0, 0, 1},
                    std::array<double, 9>{0.36, 0.48, -0.8, -0.8, 0.6, 0.0, 0.48, 0.64, 0.6},
                    std::array<double, 9>{0.36, 0.48, 0.8, -0.8, 0.6, 0.0, 0.48, 0.64, -0.6}));

/// A series with contours of squares in slices 0 to 2.
class Written : public testing::Test {
 protected:
  Written() { write_ct_series(folder_ / "ct", 3); }

  void contours(const std::vector<std::pair<std::string, std::string>>& regions) {
    RtFile rt;
    for (const auto& [name, corners] : regions)
      rt.rois.push_back({name, {{"CLOSED_PLANAR", corners}}, ""});
    write_rtstruct(folder_ / "rt.dcm", rt);
  }
  WrittenMask write(const std::string& name, std::vector<std::string> rois = {}) {
    Case input = case_of(folder_ / "ct", folder_ / "rt.dcm", "A");
    input.rois = std::move(rois);
    return write_mask(input, folder_ / name);
  }

  TemporaryFolder folder_;
};

constexpr const char* left = "9.5\\19\\30\\12.5\\19\\30\\12.5\\25\\30\\9.5\\25\\30";
constexpr const char* right = "11.5\\19\\33\\14.5\\19\\33\\14.5\\25\\33\\11.5\\25\\33";
constexpr const char* also_right = "11.5\\19\\30\\14.5\\19\\30\\14.5\\25\\30\\11.5\\25\\30";
constexpr const char* outside = "911.5\\19\\30\\914.5\\19\\30\\914.5\\25\\30\\911.5\\25\\30";

TEST_F(Written, SaysWhichLabelIsWhichRegion) {
  contours({{"Left", left}, {"Right", right}});
  for (const char* name : {"m.nrrd", "m.dcm"}) {
    const WrittenMask mask = write(name);
    ASSERT_EQ(mask.regions.size(), 2u);
    EXPECT_EQ(mask.regions[1].label, 2);
    EXPECT_EQ(mask.regions[1].roi, "Right");
    EXPECT_EQ(mask.regions[1].voxels, 9u) << "3 columns, 3 rows";
  }
  EXPECT_EQ(write("m.nrrd", {"right"}).regions.at(0).label, 1);
  EXPECT_EQ(write("m.dcm").warnings.size(), 1u) << "whose identity it carries";
  EXPECT_EQ(write("m.nrrd").warnings.size(), 0u);
}

TEST_F(Written, OnlyRegionsThatCanBeRead) {
  contours({{"Left", left}, {"Far", outside}, {"Right", right}});
  const WrittenMask mask = write("m.nrrd");
  ASSERT_EQ(mask.failures.size(), 1u);
  EXPECT_EQ(mask.failures[0].roi, "Far");
  ASSERT_EQ(mask.regions.size(), 2u);
  EXPECT_EQ(mask.regions[1].label, 2);
  const WrittenMask nothing = write("none.nrrd", {"Far"});
  EXPECT_TRUE(nothing.regions.empty());
  EXPECT_EQ(nothing.failures.size(), 1u);
  EXPECT_FALSE(exists(folder_ / "none.nrrd"));
}

TEST_F(Written, KeepsRegionsThatOverlapWhereTheFormatCan) {
  contours({{"Left", left}, {"Right", also_right}});
  EXPECT_ERROR(write("m.nii.gz"), ErrorKind::unwritable_output, "'Left' and 'Right'");
  EXPECT_FALSE(exists(folder_ / "m.nii.gz"));
  EXPECT_EQ(write("m.nii.gz", {"Left"}).regions.size(), 1u);
  EXPECT_EQ(write("m.seg.nrrd").regions.size(), 2u);
  EXPECT_EQ(write("m.dcm").regions.size(), 2u);
  const fs::path series = folder_ / "ct";
  EXPECT_EQ(values_of(case_of(series, folder_ / "m.dcm", "A"), preset("native")),
            values_of(case_of(series, folder_ / "rt.dcm", "A"), preset("native")));
}

TEST_F(Written, NeverOverAnInput) {
  contours({{"Left", left}});
  const std::string mask = bytes_of(folder_ / "rt.dcm"), slice = bytes_of(folder_ / "ct/1.dcm");
  EXPECT_ERROR(write("rt.dcm"), ErrorKind::unwritable_output, "give another name");
  EXPECT_ERROR(write("ct/1.dcm"), ErrorKind::unwritable_output, "give another name");
  EXPECT_EQ(bytes_of(folder_ / "rt.dcm"), mask);
  EXPECT_EQ(bytes_of(folder_ / "ct/1.dcm"), slice);
  EXPECT_EQ(write("ct/m.nrrd").regions.size(), 1u);
  EXPECT_EQ(write("ct/m.nrrd").regions.size(), 1u) << "what was written may be replaced";
}

TEST_F(Written, DicomOnlyOfASeries) {
  const Geometry grid{.size = {4, 3, 2}};
  write_labels(folder_ / "image.nrrd", std::vector{random_region("9", grid, whole(grid), 1)});
  const Case input = case_of(folder_ / "image.nrrd", folder_ / "image.nrrd", "A");
  EXPECT_ERROR(write_mask(input, folder_ / "m.dcm"), ErrorKind::unsupported_data,
               "the image is none");
  EXPECT_FALSE(exists(folder_ / "m.dcm"));
}

TEST(MaskFileName, EndsAsAKnownFormat) {
  for (const std::string& ending : mask_file_endings())
    EXPECT_TRUE(is_mask_file_name("folder/mask" + ending)) << ending;
  EXPECT_TRUE(is_mask_file_name("MASK.DCM"));
  for (const char* other : {"mask", ".dcm", "mask.tif", "mask.hdr", ""})
    EXPECT_FALSE(is_mask_file_name(other)) << other;
}

}  // namespace
}  // namespace radiomics
