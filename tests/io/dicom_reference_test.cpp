// Real DICOM cases against masks and numbers made by other programs: data/dicom/reference.

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_seg.h"
#include "radiomics/io/dicom_series.h"
#include "radiomics/io/image_io.h"
#include "radiomics/io/rtstruct.h"
#include "tests/support/data.h"
#include "tests/support/errors.h"

namespace radiomics {
namespace {

ImageSource open_only_series(const std::filesystem::path& folder) {
  const DicomCatalogue catalogue = read_catalogue(folder);
  EXPECT_EQ(catalogue.series.size(), 1u);
  return open_series(catalogue.series.at(0));
}

/// What data/dicom/reference says about a region: `count` voxels within `box`, and their
/// intensities.
struct Reference {
  const char* ct;
  const char* mask;
  const char* region;
  std::size_t count;
  Vector3 centroid_mm;
  double mean, lowest, highest;
  Box box;
};

void PrintTo(const Reference& reference, std::ostream* out) {
  *out << reference.mask << " " << reference.region;
}

/// The same of a mask of ours.
struct Measured {
  std::size_t count = 0;
  Vector3 centroid_mm{};
  double mean = 0, lowest = 1e30, highest = -1e30;
};

Measured measure(const ImageWindow& image, const MaskWindow& mask) {
  Measured result;
  const Index3 size = mask.volume.geometry().size;
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x) {
        if (!mask.volume(x, y, z)) continue;
        const double value = image.volume(x, y, z);
        ++result.count;
        const Vector3 position = position_mm(mask.volume.geometry(), Index3{x, y, z});
        for (int i = 0; i < 3; ++i) result.centroid_mm[i] += position[i];
        result.mean += value;
        result.lowest = std::min(result.lowest, value);
        result.highest = std::max(result.highest, value);
      }
  for (double& value : result.centroid_mm) value /= double(result.count);
  result.mean /= double(result.count);
  return result;
}

class DicomReference : public testing::TestWithParam<Reference> {};

// Masks have one right answer here: where edges pass through voxel centres, and only there, may
// half-open rules differ, and in these cases none does. The numbers of the reference are rounded to
// 3 (centroid) and 4 digits (mean).
TEST_P(DicomReference, RegionIsThatOfOtherPrograms) {
  const Reference& expected = GetParam();
  REFERENCE_DATA_OR_SKIP(ct, expected.ct);
  REFERENCE_DATA_OR_SKIP(file, expected.mask);
  const ImageSource image = open_only_series(ct);
  const bool contours = std::string(expected.mask).find("rtstruct") != std::string::npos;
  const MaskSource masks = contours ? open_rtstruct(file) : open_dicom_seg(file);
  const RegionMask region = masks.mask(expected.region, image.geometry);

  EXPECT_EQ(region.warnings, std::vector<std::string>{});  // these are clean files
  EXPECT_EQ(region.mask.box, expected.box);
  const Measured found = measure(image.read(region.mask.box), region.mask);
  EXPECT_EQ(found.count, expected.count);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(found.centroid_mm[i], expected.centroid_mm[i], 6e-4);
  EXPECT_NEAR(found.mean, expected.mean, 6e-5);
  EXPECT_EQ(found.lowest, expected.lowest);
  EXPECT_EQ(found.highest, expected.highest);
}

// clang-format off
constexpr const char* pat1 = "ibsi/ibsi1_ct_dicom/ct";
constexpr const char* pat2 = "dicom/radphantom_pat2/ct";
constexpr const char* lung = "dicom/lung4d_113/ct";
constexpr const char* gephantom = "dicom/gephantom_rtutils/ct";
constexpr const char* liver = "dicom/liver3_seg/ct";
constexpr const char* tiny = "dicom/tiny_24x38x3/ct";
const Reference references[] = {
    {pat1, "ibsi/ibsi1_ct_dicom/rtstruct/DCM_RS_00060.dcm", "GTV-1", 125256,
     {-74.485, 16.333, -18.742}, -46.8827, -1000, 723,
     {{51, 51, 17}, {150, 149, 42}}},
    {pat2, "dicom/radphantom_pat2/rtstruct/DCM_RS_00041.dcm", "GTV-1", 2256,
     {-70.277, 23.225, -533.577}, -257.7252, -886, 206,
     {{52, 52, 17}, {88, 87, 23}}},
    {lung, "dicom/lung4d_113/rtstruct/1-1.dcm", "Tumor_c40", 23611,
     {58.9, 142.114, -944.067}, -21.7204, -809, 203,
     {{294, 269, 48}, {344, 360, 75}}},
    {lung, "dicom/lung4d_113/rtstruct/1-1.dcm", "LN_c40", 2240,
     {-1.637, 99.985, -901.58}, 8.6902, -280, 292,
     {{236, 247, 71}, {276, 288, 86}}},
    {lung, "dicom/lung4d_113/rtstruct/1-1.dcm", "Carina_c40", 170,
     {3.428, 119.529, -922.0}, -439.4882, -993, 193,
     {{253, 283, 70}, {266, 296, 70}}},
    {lung, "dicom/lung4d_113/rtstruct/1-1.dcm", "Vertebra_c40", 3448,
     {5.045, 160.51, -915.891}, 172.6352, -74, 634,
     {{243, 314, 70}, {281, 346, 74}}},
    {gephantom, "dicom/gephantom_rtutils/rtstruct/rt.dcm", "ROI-1", 5460,
     {-48.307, -33.877, 62.687}, 1.119, -14, 18,
     {{131, 151, 0}, {182, 224, 2}}},
    {gephantom, "dicom/gephantom_rtutils/rtstruct/rt.dcm", "ROI-2", 5040,
     {-41.562, 40.188, 64.929}, 1.1306, -15, 16,
     {{146, 314, 0}, {203, 368, 2}}},
    {gephantom, "dicom/gephantom_rtutils/rtstruct/rt.dcm", "ROI-3", 4813,
     {37.122, -41.603, 62.452}, 1.2418, -14, 16,
     {{307, 139, 0}, {357, 204, 2}}},
    {gephantom, "dicom/gephantom_rtutils/rtstruct/rt.dcm", "ROI-4", 9198,
     {47.539, 36.855, 64.905}, 1.1202, -13, 16,
     {{313, 291, 0}, {397, 366, 2}}},
    {liver, "dicom/liver3_seg/seg/liver.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {liver, "dicom/liver3_seg/seg/partial_overlaps.dcm", "GREEN", 9602,
     {-75.119, -45.922, -127.69}, 53.3949, -186, 221,
     {{129, 171, 1}, {269, 267, 1}}},
    {liver, "dicom/liver3_seg/seg/partial_overlaps.dcm", "ORANGE", 11888,
     {-11.712, -22.117, -127.69}, -21.8026, -958, 233,
     {{200, 197, 1}, {348, 312, 1}}},
    {liver, "dicom/liver3_seg/seg/partial_overlaps.dcm", "PURPLE", 10743,
     {-27.396, -28.094, -126.723}, 11.0054, -944, 258,
     {{156, 206, 0}, {354, 282, 2}}},
    {liver, "dicom/liver3_seg/seg/partial_overlaps.dcm", "LIGHT_BLUE", 6693,
     {28.573, 60.872, -128.69}, -446.3498, -1024, 1056,
     {{274, 313, 0}, {372, 396, 0}}},
    {liver, "dicom/liver3_seg/seg/partial_overlaps.dcm", "DARK_BLUE", 4713,
     {-99.42, 69.823, -128.69}, -506.1825, -942, 143,
     {{122, 330, 0}, {210, 399, 0}}},
    {liver, "dicom/liver3_seg/seg_codecs/liver.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {liver, "dicom/liver3_seg/seg_codecs/liver_expb.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {tiny, "dicom/tiny_24x38x3/seg/label.seg", "Liver", 315,
     {55.825, 11.845, -175.25}, 1.0, 1, 1,
     {{4, 0, 1}, {23, 19, 1}}},
    {tiny, "dicom/tiny_24x38x3/seg_labelmap/sparse-labelmap-noppv.dcm", "Liver", 630,
     {55.825, 11.845, -175.25}, 0.0, 0, 0,
     {{4, 0, 0}, {23, 19, 2}}},
    {tiny, "dicom/tiny_24x38x3/seg_labelmap/sparse-labelmap-ppv5.dcm", "Liver", 630,
     {55.825, 11.845, -175.25}, 0.0, 0, 0,
     {{4, 0, 0}, {23, 19, 2}}},
    // Other encodings of the frames of liver.dcm; those that are not byte aligned lack its border.
    {liver, "dicom/liver3_seg/seg_codecs/liver_deflate.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {liver, "dicom/liver3_seg/seg_codecs/liver_j2k.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {liver, "dicom/liver3_seg/seg_codecs/liver_rle.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {liver, "dicom/liver3_seg/seg_codecs/liver_nonbyte_aligned.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {liver, "dicom/liver3_seg/seg_codecs/liver_nonbyte_aligned_deflate.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {liver, "dicom/liver3_seg/seg_codecs/liver_nonbyte_aligned_j2k.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
    {liver, "dicom/liver3_seg/seg_codecs/liver_nonbyte_aligned_rle.dcm", "Liver", 107098,
     {-74.057, -33.262, -127.699}, 37.3289, -778, 221,
     {{79, 145, 0}, {350, 366, 2}}},
};
// clang-format on
INSTANTIATE_TEST_SUITE_P(Cases, DicomReference, testing::ValuesIn(references));

// Labels in NIfTI, whose axes run the other way than those of the CT, which is compressed.
TEST(LabelReference, RegionsAreThoseOfOtherPrograms) {
  REFERENCE_DATA_OR_SKIP(folder, "dicom/totalseg_j2k");
  REFERENCE_DATA_OR_SKIP(reference, "dicom/reference/totalseg_j2k.json");
  const ImageSource image = open_only_series(folder / "ct");
  const MaskSource masks = open_label_file(folder / "mask/example_seg_dicom.nii.gz");
  const auto expected = nlohmann::json::parse(std::ifstream(reference)).at("labels");
  ASSERT_EQ(masks.names.size(), expected.size());
  for (const auto& [label, values] : expected.items()) {
    SCOPED_TRACE(label);
    const RegionMask region = masks.mask(label, image.geometry);
    const Measured found = measure(image.read(region.mask.box), region.mask);
    EXPECT_EQ(found.count, values.at("voxels"));
    EXPECT_NEAR(found.mean, values.at("mean"), 6e-5);  // of four digits
    EXPECT_EQ(found.lowest, values.at("min"));
    EXPECT_EQ(found.highest, values.at("max"));
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_NEAR(found.centroid_mm[i], values.at("centroid_lps_mm").at(i), 6e-4);
  }
}

}  // namespace
}  // namespace radiomics
