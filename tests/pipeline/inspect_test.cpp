#include "radiomics/pipeline/inspect.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/pipeline/transfer_syntax_names.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

constexpr const char* closed = "CLOSED_PLANAR";
constexpr const char* square = "0\\0\\0\\3\\0\\0\\3\\3\\0\\0\\3\\0";

RtFile structures(const std::string& patient_id = "P1") {
  RtFile rt;
  rt.patient_id = patient_id;
  rt.rois = {{"GTV", {{closed, square}}, ""}};
  return rt;
}

/// A series of patient P1 in ct/ and its structure set.
void write_export(const TemporaryFolder& folder, const RtFile& rt = structures()) {
  write_ct_series(folder / "ct", 3);
  write_rtstruct(folder / "rt.dcm", rt);
}

std::string text_of(const Inspection& inspection) {
  std::ostringstream out;
  write_inspection_text(inspection, out);
  write_inspection_json(inspection, out);
  return out.str();
}

TEST(Inspect, SeriesAndMaskOfAPatient) {
  const TemporaryFolder folder;
  write_export(folder);
  const Inspection found = inspect(folder.path());
  ASSERT_EQ(found.patients.size(), 1u);
  EXPECT_EQ(found.patients[0].name, "patient 1");
  EXPECT_TRUE(found.patients[0].has_id);
  ASSERT_EQ(found.images.size(), 1u);
  const Inspection::Image& image = found.images[0];
  EXPECT_EQ(image.name, series_name("1.2.3"));
  EXPECT_EQ(image.path, "ct/0.dcm");
  EXPECT_EQ(image.patient, "patient 1");
  EXPECT_EQ(image.modality, "CT");
  EXPECT_EQ(image.encoding, "uncompressed");
  EXPECT_EQ(image.files, 3u);
  EXPECT_EQ(image.geometry.size, (Index3{5, 4, 3}));
  EXPECT_EQ(image.problem, "");
  ASSERT_EQ(found.masks.size(), 1u);
  const Inspection::Mask& mask = found.masks[0];
  EXPECT_EQ(mask.image, 0u);
  EXPECT_EQ(mask.problem, "");
  EXPECT_EQ(mask.patient, "patient 1");
  EXPECT_EQ(mask.study, image.study);
  ASSERT_EQ(mask.refers_to.size(), 1u);
  EXPECT_EQ(mask.refers_to[0].series, image.name);
  EXPECT_TRUE(mask.refers_to[0].here);
  EXPECT_EQ(counts_of(found).problems, 0u);
}

TEST(Inspect, NamesNobody) {
  const TemporaryFolder folder;
  write_export(folder);
  const std::string text = text_of(inspect(folder.path()));
  for (const char* identity : {"\"P1\"", "1.2.3", "1.2.9", "1.2.2", folder.path().c_str()})
    EXPECT_EQ(text.find(identity), std::string::npos) << identity;
}

// Patients in the order of the first file of each, whatever their PatientIDs are.
TEST(Inspect, PatientsAreNumberedByTheirFiles) {
  const TemporaryFolder folder;
  const auto add = [&](const char* name, const char* patient, const char* series) {
    CtFile ct;
    ct.patient_id = patient;
    ct.series_uid = series;
    write_ct_series(folder / name, 2, ct);
  };
  add("a", "Z9", "1.2.3.1");
  add("b", "A1", "1.2.3.2");
  add("c", "Z9", "1.2.3.3");
  const Inspection found = inspect(folder.path());
  ASSERT_EQ(found.patients.size(), 2u);
  ASSERT_EQ(found.images.size(), 3u);
  EXPECT_EQ(found.images[0].patient, "patient 1");
  EXPECT_EQ(found.images[1].patient, "patient 2");
  EXPECT_EQ(found.images[2].patient, "patient 1");
}

TEST(Inspect, WithoutPatientIdAStudyStandsForAPatient) {
  const TemporaryFolder folder;
  CtFile ct;
  ct.patient_id = "";
  write_ct_series(folder / "ct", 3, ct);
  write_rtstruct(folder / "rt.dcm", structures(""));
  const Inspection found = inspect(folder.path());
  ASSERT_EQ(found.patients.size(), 1u);
  EXPECT_FALSE(found.patients[0].has_id);
  ASSERT_EQ(found.masks.size(), 1u);
  EXPECT_EQ(found.masks[0].patient, found.images.at(0).patient);
}

TEST(Inspect, MaskOfAnotherPatient) {
  const TemporaryFolder folder;
  write_export(folder, structures("P2"));
  const Inspection found = inspect(folder.path());
  EXPECT_EQ(found.patients.size(), 2u);
  ASSERT_EQ(found.masks.size(), 1u);
  EXPECT_FALSE(found.masks[0].image);
  EXPECT_NE(found.masks[0].problem.find("another PatientID"), std::string::npos);
}

TEST(Inspect, MaskOfASeriesThatIsNotHere) {
  const TemporaryFolder folder;
  RtFile rt = structures();
  rt.series_uid = "1.2.77";
  write_export(folder, rt);
  const Inspection found = inspect(folder.path());
  ASSERT_EQ(found.masks.size(), 1u);
  EXPECT_FALSE(found.masks[0].image);
  EXPECT_FALSE(found.masks[0].refers_to.at(0).here);
  EXPECT_EQ(found.masks[0].refers_to.at(0).series, series_name("1.2.77"));
  EXPECT_NE(found.masks[0].problem.find("not in the folder; add it"), std::string::npos);
}

TEST(Inspect, MaskInAnotherFrameOfReference) {
  const TemporaryFolder folder;
  RtFile rt = structures();
  rt.frame_uid = "1.2.88";
  write_export(folder, rt);
  EXPECT_NE(inspect(folder.path()).masks.at(0).problem.find("another frame of reference"),
            std::string::npos);
}

TEST(Inspect, RegionsAsTheirHeadersDescribeThem) {
  const TemporaryFolder folder;
  RtFile rt = structures();
  const std::string point = "0\\0\\0";
  rt.rois = {{"GTV", {{closed, square}, {closed, square}, {"POINT", point}}, ""},
             {"Isocentre", {{"POINT", point}}, ""},
             {"Void", {}, ""},
             {"Open", {{"OPEN_PLANAR", square}}, ""}};
  write_export(folder, rt);
  const auto regions = inspect(folder.path()).masks.at(0).regions;
  ASSERT_EQ(regions.size(), 4u);
  EXPECT_EQ(regions[0].contours, 2);
  EXPECT_EQ(regions[0].points, 1);
  EXPECT_TRUE(regions[0].measurable);
  EXPECT_EQ(regions[0].problem, "");
  EXPECT_EQ(regions[1].points, 1);
  EXPECT_FALSE(regions[1].measurable);
  EXPECT_EQ(regions[1].problem, "");
  EXPECT_FALSE(regions[2].measurable);
  EXPECT_EQ(regions[3].problem, "1 of its contours is not closed; close them");
}

TEST(Inspect, NamesThatCannotBeChosen) {
  const TemporaryFolder folder;
  RtFile rt = structures();
  const std::vector<std::pair<std::string, std::string>> contours{{closed, square}};
  rt.rois = {{"GTV", contours, ""},
             {"GTV", contours, ""},
             {"Marker", contours, ""},
             {"Marker", {{"POINT", "0\\0\\0"}}, ""},
             {" ", contours, ""}};
  write_export(folder, rt);
  const auto regions = inspect(folder.path()).masks.at(0).regions;
  ASSERT_EQ(regions.size(), 5u);
  EXPECT_EQ(regions[0].problem,
            "2 regions have this name, so that none can be chosen; give them different names");
  EXPECT_EQ(regions[1].problem, "") << "said once";
  EXPECT_EQ(regions[2].problem, "") << "points do not count";
  EXPECT_EQ(regions[4].problem, "has no name; give it one");
}

TEST(Inspect, FramesOfSegments) {
  const TemporaryFolder folder;
  SegFile seg;
  seg.labels = {"Liver", "Tumour"};
  const std::vector<int> pixels(20, 1);
  seg.frames = {{"0\\0\\0", 1, pixels}, {"0\\0\\3", 1, pixels}};
  write_seg(folder / "seg.dcm", seg);
  const auto mask = inspect(folder / "seg.dcm").masks.at(0);
  EXPECT_EQ(mask.kind, "SEG");
  EXPECT_EQ(mask.problem, "") << "of a single file it is not asked what it refers to";
  ASSERT_EQ(mask.regions.size(), 2u);
  EXPECT_EQ(mask.regions[0].frames, 2);
  EXPECT_TRUE(mask.regions[0].measurable);
  EXPECT_EQ(mask.regions[1].frames, 0);
  EXPECT_FALSE(mask.regions[1].measurable);
}

TEST(Inspect, WhatHeadersShowToBeWrongWithAMask) {
  const TemporaryFolder folder;
  const auto problem = [&] { return inspect(folder / "mask.dcm").masks.at(0).problem; };
  RtFile rt = structures();
  rt.rois.push_back(rt.rois.front());
  rt.rois[0].number = rt.rois[1].number = "7";
  write_rtstruct(folder / "mask.dcm", rt);
  EXPECT_EQ(problem(), "several regions have the number 7; export it again");
  rt.rois.clear();
  write_rtstruct(folder / "mask.dcm", rt);
  EXPECT_EQ(problem(), "holds no regions; export it again with them");
  SegFile seg;
  const std::vector<int> pixels(20, 1);
  seg.frames = {{"0\\0\\0", 1, pixels}};
  seg.frames.push_back(seg.frames.front());
  seg.stated_frames = "1";
  write_seg(folder / "mask.dcm", seg);
  EXPECT_EQ(problem(), "says that it has 1 frames, but describes 2; export it again");
  seg.frames.pop_back();
  seg.stated_frames = "";
  seg.frames[0].segment = 7;
  write_seg(folder / "mask.dcm", seg);
  EXPECT_EQ(problem(), "1 frame belongs to segment 7, which is not defined; export it again");
}

TEST(Inspect, LabelMapsDoNotSayWhichFrameHoldsWhat) {
  const TemporaryFolder folder;
  SegFile seg;
  seg.type = "LABELMAP";
  seg.bits = 8;
  seg.frames = {{"0\\0\\0", 0, std::vector<int>(20, 1)}};
  write_seg(folder / "seg.dcm", seg);
  const auto region = inspect(folder / "seg.dcm").masks.at(0).regions.at(0);
  EXPECT_FALSE(region.frames);
  EXPECT_TRUE(region.measurable);
}

TEST(Inspect, ProblemsOfASeriesAreNoException) {
  const TemporaryFolder folder;
  write_export(folder);
  std::filesystem::remove(folder / "ct/1.dcm");
  CtFile other;
  other.series_uid = "1.2.4";
  write_ct_series(folder / "more", 6, other);
  std::filesystem::remove(folder / "more/2.dcm");
  const Inspection found = inspect(folder.path());
  ASSERT_EQ(found.images.size(), 2u);
  EXPECT_EQ(found.images[0].problem, "") << "two slices are evenly spaced";
  EXPECT_NE(found.images[1].problem.find("more/"), std::string::npos);
  EXPECT_EQ(found.images[1].problem.find(folder.path().string()), std::string::npos);
  EXPECT_EQ(found.images[1].pixels, (std::array<int, 2>{5, 4}));
}

TEST(Inspect, LeftOutFilesByReason) {
  const TemporaryFolder folder;
  write_export(folder);
  folder.write("notes.txt", "x");
  folder.write(".hidden", "x");
  folder.write("ct/empty.dcm", "");
  folder.write("ct/cut.dcm", [&] {
    std::ifstream file(folder / "ct/0.dcm", std::ios::binary);
    std::string bytes(200, ' ');
    file.read(bytes.data(), 200);
    return bytes;
  }());
  const Inspection found = inspect(folder.path());
  const auto group = [&](const std::string& file) -> Inspection::LeftOut {
    for (const auto& one : found.left_out)
      if (std::ranges::count(one.files, file) > 0) return one;
    return {"not left out", false, {}};
  };
  EXPECT_EQ(group("notes.txt").reason, "no DICOM file");
  EXPECT_FALSE(group("notes.txt").is_problem);
  EXPECT_FALSE(group(".hidden").is_problem);
  EXPECT_TRUE(group("ct/empty.dcm").is_problem);
  EXPECT_TRUE(group("ct/empty.dcm").reason.ends_with("; export again"));
  EXPECT_TRUE(group("ct/cut.dcm").is_problem);
  EXPECT_EQ(counts_of(found).problems, 2u);
}

TEST(Inspect, ASingleSliceAndADamagedFile) {
  const TemporaryFolder folder;
  write_export(folder);
  const Inspection found = inspect(folder / "ct/1.dcm");
  ASSERT_EQ(found.images.size(), 1u);
  EXPECT_EQ(found.images[0].files, 1u);
  EXPECT_EQ(found.images[0].path, "1.dcm");
  std::string start(128, '\0');
  start += "DICM";
  folder.write("cut.dcm", start);
  EXPECT_ERROR(inspect(folder / "cut.dcm"), ErrorKind::unreadable_file, "cut.dcm: is ");
  EXPECT_ERROR(inspect(folder / "none"), ErrorKind::unreadable_file, "none");
}

TEST(TransferSyntaxName, IsForPeople) {
  EXPECT_EQ(transfer_syntax_name("1.2.840.10008.1.2.1"), "uncompressed");
  EXPECT_EQ(transfer_syntax_name("1.2.840.10008.1.2.4.90"), "JPEG 2000 lossless");
  EXPECT_EQ(transfer_syntax_name("1.2.3.4.5"), "stored in an unknown way");
}

}  // namespace
}  // namespace radiomics
