#include "radiomics/io/seg_writer.h"

#include <set>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/text.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_output.h"
#include "radiomics/io/dicom_seg.h"
#include "radiomics/io/open.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/written_masks.h"

namespace radiomics {
namespace {

struct Orientation {
  const char* text;
  Vector3 normal;
};

// The last one is turned by 20 degrees about x, rounded as headers are.
const Orientation orientations[] = {
    {"1\\0\\0\\0\\1\\0", {0, 0, 1}},
    {"-1\\0\\0\\0\\1\\0", {0, 0, -1}},
    {"0\\1\\0\\0\\0\\-1", {-1, 0, 0}},
    {"0.8\\0.6\\0\\0\\0\\-1", {-0.6, 0.8, 0}},
    {"1\\0\\0\\0\\0.939693\\0.34202", {0, -0.34202, 0.939693}},
};

/// A series of slices 2.7 mm apart, of 13x7 pixels: frames do not end at the end of a byte.
class SegWriter : public testing::Test {
 protected:
  ImageSource series(const Orientation& orientation = orientations[0], int slices = 5,
                     CtFile ct = {}) {
    const auto folder = folder_ / ("ct" + std::to_string(count_++));
    ct.columns = 13;
    ct.rows = 7;
    ct.spacing = "1.3\\0.7";
    ct.orientation = orientation.text;
    for (int z = 0; z < slices; ++z) {
      const double mm = 2.7 * z;
      const Vector3& n = orientation.normal;
      ct.position = decimals({-123.4 + mm * n[0], 56.7 + mm * n[1], -890.1 + mm * n[2]});
      ct.sop_uid = "1.2.4." + std::to_string(z + 1);
      write_ct(folder / (std::to_string(z) + ".dcm"), ct);
    }
    return open_image(folder);
  }

  MaskSource written(const ImageSource& image, const std::vector<NamedMask>& regions) {
    warnings_ = write_dicom_seg(file_, image, regions, "1.0");
    return open_dicom_seg(file_);
  }

  DicomFile object() {
    std::string problem;
    return std::move(DicomFile::read(file_, DicomPart::all, problem).value());
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "seg.dcm";
  std::vector<std::string> warnings_;
  int count_ = 0;
};

/// Regions that overlap, touch every border of the grid and leave slices out.
std::vector<NamedMask> regions_on(const Geometry& grid) {
  Mask gap(grid);
  gap(5, 3, 0) = gap(12, 6, 4) = 1;
  return {random_region("Tumour", grid, {{2, 1, 1}, {9, 5, 3}}, 1),
          random_region("Lung L", grid, {{0, 0, 0}, {12, 6, 4}}, 2),
          {"L\xc3\xa9sion", cut_to_box(gap)}};
}

TEST_F(SegWriter, WhatIsReadBackIsWhatWasWritten) {
  for (const Orientation& orientation : orientations) {
    SCOPED_TRACE(orientation.text);
    const ImageSource image = series(orientation);
    const std::vector<NamedMask> regions = regions_on(image.geometry);
    const MaskSource read = written(image, regions);
    EXPECT_EQ(read.names, (std::vector<std::string>{"Tumour", "Lung L", "L\xc3\xa9sion"}));
    EXPECT_TRUE(read.references.names("1.2.3"));
    EXPECT_TRUE(read.references.names_frame("1.2.9"));
    EXPECT_TRUE(warnings_.empty());
    for (const NamedMask& region : regions) {
      const RegionMask found = read.mask(region.name, image.geometry);
      EXPECT_EQ(found.mask.box, region.mask.box);
      EXPECT_EQ(bytes_of(found.mask), bytes_of(region.mask));
      EXPECT_TRUE(found.warnings.empty());
    }
  }
}

TEST_F(SegWriter, HasAFrameWhereverASegmentHasAVoxel) {
  const ImageSource image = series();
  written(image, regions_on(image.geometry));
  const DicomFile file = object();
  const auto frames = items(file.dataset(), DCM_PerFrameFunctionalGroupsSequence);
  ASSERT_EQ(frames.size(), 3u + 5u + 2u);
  EXPECT_EQ(text(file.dataset(), DCM_NumberOfFrames), "10");
  const std::vector<int> segments{1, 1, 1, 2, 2, 2, 2, 2, 3, 3}, z{1, 2, 3, 0, 1, 2, 3, 4, 0, 4};
  for (std::size_t i = 0; i < frames.size(); ++i) {
    DcmItem& segment = *items(*frames[i], DCM_SegmentIdentificationSequence).at(0);
    EXPECT_EQ(integer(segment, DCM_ReferencedSegmentNumber), segments[i]);
    DcmItem& derivation = *items(*frames[i], DCM_DerivationImageSequence).at(0);
    DcmItem& slice = *items(derivation, DCM_SourceImageSequence).at(0);
    EXPECT_EQ(text(slice, DCM_ReferencedSOPInstanceUID), "1.2.4." + to_text(z[i] + 1));
    DcmItem& position = *items(*frames[i], DCM_PlanePositionSequence).at(0);
    const auto mm = numbers(position, DCM_ImagePositionPatient);
    ASSERT_TRUE(mm && mm->size() == 3);
    // 16 characters of hundreds of millimetres
    EXPECT_NEAR((*mm)[2], position_mm(image.geometry, Index3{0, 0, z[i]})[2], 1e-9);
  }
  DcmItem& referenced = *items(file.dataset(), DCM_ReferencedSeriesSequence).at(0);
  EXPECT_EQ(items(referenced, DCM_ReferencedInstanceSequence).size(), 5u) << "all slices";
}

TEST_F(SegWriter, CarriesTheIdentityOfItsSeries) {
  CtFile ct;
  ct.patient_id = "P-17";
  const ImageSource image = series(orientations[0], 3, ct);
  written(image, {random_region("A", image.geometry, {{0, 0, 0}, {5, 5, 2}}, 3)});
  const DicomFile file = object();
  EXPECT_EQ(text(file.dataset(), DCM_PatientID), "P-17");
  EXPECT_EQ(text(file.dataset(), DCM_StudyInstanceUID), "1.2.2");
  EXPECT_EQ(text(file.dataset(), DCM_SoftwareVersions), "1.0");
}

TEST_F(SegWriter, TheSameRegionsGiveTheSameBytesAndOthersAnotherInstance) {
  const ImageSource image = series();
  std::vector<NamedMask> regions = regions_on(image.geometry);
  std::set<std::string> instances;
  const auto bytes = [&](const std::vector<NamedMask>& these, const std::string& version) {
    write_dicom_seg(file_, image, these, version);
    instances.insert(text(object().dataset(), DCM_SOPInstanceUID));
    return bytes_of(file_);
  };
  const std::string first = bytes(regions, "1.0");
  EXPECT_EQ(bytes(regions, "1.0"), first);
  EXPECT_EQ(instances.size(), 1u);
  bytes(regions, "1.1");
  regions[0].mask.volume(1, 1, 1) ^= 1;
  bytes(regions, "1.0");
  regions[0].name = "GTV";
  bytes(regions, "1.0");
  EXPECT_EQ(instances.size(), 4u);
}

TEST_F(SegWriter, MakesLabelsThatDicomAllows) {
  const ImageSource image = series();
  const auto labels = [&](const std::vector<std::string>& names) {
    std::vector<NamedMask> regions;
    for (const std::string& name : names)
      regions.push_back(random_region(name, image.geometry, {{0, 0, 0}, {5, 5, 2}}, 3));
    return written(image, regions).names;
  };
  std::string longest;
  for (int i = 0; i < 64; ++i) longest += "\xc3\xa9";
  EXPECT_EQ(labels({longest}), std::vector<std::string>{longest}) << "characters, not bytes";
  EXPECT_TRUE(warnings_.empty());
  EXPECT_EQ(labels({longest + "X", "a\\b", ""}),
            (std::vector<std::string>{longest, "a/b", "unnamed"}));
  EXPECT_EQ(warnings_.size(), 3u);
  EXPECT_ERROR(labels({longest + "X", longest + "Y"}), ErrorKind::ambiguous_input, "--roi");
}

TEST_F(SegWriter, HasNoTimeOfWriting) {
  const ImageSource image = series();
  written(image, regions_on(image.geometry));
  EXPECT_EQ(text(object().dataset(), DCM_ContentDate), "19000101") << "the series has none";
  EXPECT_EQ(text(object().dataset(), DCM_ContentTime), "000000");
}

TEST_F(SegWriter, NeedsASeriesThatItCanReferTo) {
  const std::vector<NamedMask> regions = regions_on(series().geometry);
  ImageSource image = series();
  image.series_uid = "";
  EXPECT_ERROR(write_dicom_seg(file_, image, regions, "1"), ErrorKind::unsupported_data,
               "refers to the slices of a DICOM series");
  image = series();
  image.frame_of_reference_uid = "";
  EXPECT_ERROR(write_dicom_seg(file_, image, regions, "1"), ErrorKind::unsupported_data,
               "has no FrameOfReferenceUID");
  image = series();
  image.instance_uids[2] = "";
  EXPECT_ERROR(write_dicom_seg(file_, image, regions, "1"), ErrorKind::unsupported_data,
               "has no SOPInstanceUID");
  EXPECT_FALSE(exists(file_));
}

TEST_F(SegWriter, LeavesNothingWhereItCannotWrite) {
  const ImageSource image = series();
  folder_.write("file", "");
  EXPECT_ERROR(write_dicom_seg(folder_ / "file" / "m.dcm", image, regions_on(image.geometry), "1"),
               ErrorKind::unwritable_output, "file");
}

// 16 characters are what DICOM gives a decimal string.
TEST(DicomDecimals, AreAsExactAsTheirLengthAllows) {
  EXPECT_EQ(decimals({0.1, -0.0, 3}), "0.1\\0\\3");
  EXPECT_EQ(decimals({0.1 + 0.2}), "0.3");
  for (const double value : {-123.456789012345678, 1.0 / 3, -1e-7 / 3, 12345.678901234567}) {
    const std::string text = decimals({value});
    EXPECT_LE(text.size(), 16u);
    EXPECT_NEAR(*to_number(text), value, std::abs(value) * 1e-9) << "ten significant digits";
  }
}

}  // namespace
}  // namespace radiomics
