#include "radiomics/io/dicom_catalogue.h"

#include <fstream>

#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

std::string reason(const DicomCatalogue& catalogue, const fs::path& file) {
  for (const LeftOutFile& left_out : catalogue.left_out)
    if (left_out.file == file) return left_out.reason;
  return "not left out";
}

TEST(DicomCatalogue, DescribesASlice) {
  const TemporaryFolder folder;
  CtFile ct;
  ct.position = "1.5\\-2\\3e1";
  ct.slope = " 2 ";
  write_ct(folder / "a", ct);
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  ASSERT_EQ(catalogue.series.size(), 1u);
  const DicomSeries& series = catalogue.series[0];
  EXPECT_EQ(series.series_uid, "1.2.3");
  EXPECT_EQ(series.study_uid, "1.2.2");
  EXPECT_EQ(series.frame_of_reference_uid, "1.2.9");
  EXPECT_EQ(series.modality, "CT");
  ASSERT_EQ(series.slices.size(), 1u);
  const DicomSlice& slice = series.slices[0];
  EXPECT_EQ(slice.file, folder / "a");
  EXPECT_EQ(slice.file_bytes, fs::file_size(folder / "a"));
  EXPECT_EQ(slice.transfer_syntax_uid, "1.2.840.10008.1.2.1");
  EXPECT_EQ(slice.image_type, (std::vector<std::string>{"ORIGINAL", "PRIMARY", "AXIAL"}));
  EXPECT_EQ(slice.columns, 5);
  EXPECT_EQ(slice.rows, 4);
  EXPECT_EQ(slice.samples_per_pixel, 1);
  EXPECT_EQ(slice.bits_allocated, 16);
  EXPECT_EQ(slice.number_of_frames, 1);
  EXPECT_EQ(slice.position_mm, (Vector3{1.5, -2, 30}));
  EXPECT_EQ(slice.orientation, (std::array<double, 6>{1, 0, 0, 0, 1, 0}));
  EXPECT_EQ(slice.pixel_spacing_mm, (std::array<double, 2>{2, 1}));
  EXPECT_EQ(slice.slice_thickness_mm, 3);
  EXPECT_EQ(slice.rescale_slope, 2);
  EXPECT_EQ(slice.rescale_intercept, -1024);
  EXPECT_FALSE(slice.lossy);
}

TEST(DicomCatalogue, WhatIsNoNumberIsAbsent) {
  const TemporaryFolder folder;
  CtFile ct;
  ct.position = "1\\2";
  ct.spacing = "abc\\def";
  ct.orientation = "1\\0\\0\\0\\1\\nan";
  ct.slope = "";
  ct.intercept = "1e400";
  write_ct(folder / "a", ct);
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  const DicomSlice& slice = catalogue.series.at(0).slices.at(0);
  EXPECT_FALSE(slice.position_mm);
  EXPECT_FALSE(slice.pixel_spacing_mm);
  EXPECT_FALSE(slice.orientation);
  EXPECT_FALSE(slice.rescale_slope);
  EXPECT_FALSE(slice.rescale_intercept);
}

TEST(DicomCatalogue, SeriesAreFoundByUidHoweverFilesAreArranged) {
  const TemporaryFolder folder;
  CtFile first, second;
  second.series_uid = "1.2.33";
  second.modality = "MR";
  write_ct(folder / "x/1", second);
  write_ct(folder / "x/2", first);
  first.first_pixel = 1;
  write_ct(folder / "y/1", first);
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  ASSERT_EQ(catalogue.series.size(), 2u);
  EXPECT_EQ(catalogue.series[0].series_uid, "1.2.33");  // its first file comes first
  EXPECT_EQ(catalogue.series[0].modality, "MR");
  ASSERT_EQ(catalogue.series[1].slices.size(), 2u);
  EXPECT_EQ(catalogue.series[1].slices[0].file, folder / "x/2");
  EXPECT_EQ(catalogue.series[1].slices[1].file, folder / "y/1");
}

TEST(DicomCatalogue, DescribesAnRtstruct) {
  const TemporaryFolder folder;
  RtFile rt;
  rt.rois = {{"GTV", {{"CLOSED_PLANAR", "0\\0\\0\\1\\0\\0\\1\\1\\0"}}, ""},
             {"Isocentre", {{"POINT", "0\\0\\0"}}, ""},
             {"Empty", {}, ""}};
  write_rtstruct(folder / "rt", rt);
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  ASSERT_EQ(catalogue.masks.size(), 1u);
  const DicomMaskObject& mask = catalogue.masks[0];
  EXPECT_EQ(mask.file, folder / "rt");
  EXPECT_EQ(mask.modality, "RTSTRUCT");
  EXPECT_TRUE(mask.references.names("1.2.3"));
  EXPECT_TRUE(mask.references.names_frame("1.2.9"));
  EXPECT_EQ(mask.region_names, (std::vector<std::string>{"GTV", "Empty"}));
}

TEST(DicomCatalogue, DescribesASegmentation) {
  const TemporaryFolder folder;
  SegFile seg;
  seg.labels = {"Liver", "Tumour"};
  seg.frames = {{"0\\0\\0", 1, std::vector<int>(20, 1)}};
  write_seg(folder / "seg", seg);
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  ASSERT_EQ(catalogue.masks.size(), 1u);
  const DicomMaskObject& mask = catalogue.masks[0];
  EXPECT_EQ(mask.modality, "SEG");
  EXPECT_TRUE(mask.references.names("1.2.3"));
  EXPECT_TRUE(mask.references.names_frame("1.2.9"));
  EXPECT_EQ(mask.region_names, (std::vector<std::string>{"Liver", "Tumour"}));
}

TEST(DicomCatalogue, SaysWhatIsLeftOutAndWhy) {
  const TemporaryFolder folder;
  std::ofstream(folder / "empty");
  std::ofstream(folder / "notes.txt") << std::string(1000, 'x');
  std::ofstream(folder / "magic") << std::string(128, '\0') << "DICM" << std::string(100, 'x');
  write_other(folder / "report", "SR");
  write_other(folder / "none", "");
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  EXPECT_TRUE(catalogue.series.empty());
  EXPECT_EQ(catalogue.left_out.size(), 5u);
  EXPECT_EQ(reason(catalogue, folder / "empty"), "an empty file");
  EXPECT_EQ(reason(catalogue, folder / "notes.txt"), "no DICOM file");
  EXPECT_EQ(reason(catalogue, folder / "magic"),
            "a DICOM file that is cut short or damaged: element (7878,7878) claims 2021161080 "
            "bytes, 92 are left");
  EXPECT_EQ(reason(catalogue, folder / "report"),
            "a DICOM object of modality SR: neither CT, MR or PT nor RTSTRUCT or SEG");
  EXPECT_EQ(reason(catalogue, folder / "none"),
            "a DICOM object without a modality, such as a DICOMDIR");
}

TEST(DicomCatalogue, IsTheSameForAnyNumberOfThreads) {
  const TemporaryFolder folder;
  for (int series = 0; series < 6; ++series) {
    CtFile ct;
    ct.series_uid = "1.2." + std::to_string(30 + series);
    write_ct_series(folder / std::to_string(series), 8, ct);
    write_rtstruct(folder / (std::to_string(series) + "/rt"), {});
    write_other(folder / (std::to_string(series) + "/plan"), "RTPLAN");
  }
  const DicomCatalogue one = read_catalogue(folder.path());
  ASSERT_EQ(one.series.size(), 6u);
  EXPECT_EQ(one.reading.files_read, 60u);
  for (const int threads : {2, 3, 8}) {
    const DicomCatalogue several = read_catalogue(folder.path(), {threads, {}});
    EXPECT_TRUE(several.series == one.series);
    EXPECT_TRUE(several.masks == one.masks);
    EXPECT_TRUE(several.left_out == one.left_out);
  }
}

TEST(DicomCatalogue, SlicesShareTheTextsOfTheirSeries) {
  const TemporaryFolder folder;
  write_ct_series(folder.path(), 2);
  const DicomCatalogue catalogue = read_catalogue(folder.path(), {2, {}});
  const auto& slices = catalogue.series.at(0).slices;
  EXPECT_EQ(&*slices[0].transfer_syntax_uid, &*slices[1].transfer_syntax_uid);
  EXPECT_EQ(&*slices[0].image_type, &*slices[1].image_type);
  EXPECT_EQ(slices[0].file.folder().data(), slices[1].file.folder().data());
  EXPECT_GT(slices[0].modified_ns, 0);
}

TEST(DicomCatalogue, ReadsFilesWithoutPreamble) {
  const TemporaryFolder folder;
  write_ct(folder / "with", {});
  std::ifstream whole(folder / "with", std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(whole)), {});
  // Preamble, magic word, then the group of the meta header, whose length is its first value.
  const auto length = std::size_t(static_cast<unsigned char>(bytes[140])) +
                      256 * static_cast<unsigned char>(bytes[141]);
  fs::remove(folder / "with");
  std::ofstream(folder / "without", std::ios::binary) << bytes.substr(144 + length);
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  ASSERT_EQ(catalogue.series.size(), 1u);
  EXPECT_EQ(catalogue.series[0].slices[0].transfer_syntax_uid, "1.2.840.10008.1.2.1");
}

}  // namespace
}  // namespace radiomics
