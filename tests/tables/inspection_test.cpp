#include "radiomics/tables/inspection.h"

#include <cmath>
#include <numbers>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace radiomics {
namespace {

Inspection::Image image(const std::string& name, const std::string& patient) {
  Inspection::Image one;
  one.name = name;
  one.path = name + "/first.dcm";
  one.patient = patient;
  one.study = patient.empty() ? "" : "t1";
  one.modality = patient.empty() ? "" : "CT";
  one.encoding = "JPEG 2000";
  one.files = 4;
  one.pixels = {5, 4};
  one.geometry = {{5, 4, 4}, {1, 2, 3}, {-7, 8, -9}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  return one;
}

Inspection::Mask mask(const std::string& patient, std::optional<std::size_t> image) {
  Inspection::Mask one;
  one.path = "rt.dcm";
  one.kind = "RTSTRUCT";
  one.patient = patient;
  one.study = patient.empty() ? "" : "t1";
  one.image = image;
  return one;
}

Inspection::Region region(const std::string& name, int contours, int points = 0) {
  return {name, contours, points, {}, contours > 0, ""};
}

std::string text_of(const Inspection& inspection) {
  std::ostringstream out;
  write_inspection_text(inspection, out);
  return out.str();
}

nlohmann::json json_of(const Inspection& inspection) {
  std::ostringstream out;
  write_inspection_json(inspection, out);
  return nlohmann::json::parse(out.str());
}

/// A patient with a series, its mask and a mask of a series that is not there.
Inspection small_export() {
  Inspection inspection;
  inspection.patients = {{"patient 1", true}};
  inspection.images = {image("s1", "patient 1")};
  inspection.masks = {mask("patient 1", 0), mask("patient 1", {})};
  inspection.masks[0].refers_to = {{"s1", true}};
  inspection.masks[0].regions = {region("GTV", 3), region("Isocentre", 0, 2), region("Void", 0)};
  inspection.masks[1].path = "other.dcm";
  inspection.masks[1].refers_to = {{"s2", false}};
  inspection.masks[1].problem = "its series is not here; add it";
  return inspection;
}

// 5 x 4 x 4 voxels of the image() stand at the columns below: whoever changes the layout reads it.
TEST(Inspection, TextIsPatientsStudiesSeriesMasks) {
  EXPECT_EQ(text_of(small_export()), R"(1 patient, 1 study, 1 series, 2 masks, 1 problem

patient 1
  study t1
    s1  CT  5x4x4 voxels of 1x2x3 mm, axial, z -9 to 0 mm, 4 files, JPEG 2000
      in s1
      RTSTRUCT  rt.dcm
        'GTV'        3 contours
        'Isocentre'  2 points, not measured
        'Void'       empty: nothing was drawn
    without an image
      RTSTRUCT  other.dcm
        refers to s2 (not here)
        problem: its series is not here; add it

1 problem
)");
}

TEST(Inspection, TextOfWhatIsRefused) {
  Inspection inspection = small_export();
  inspection.patients[0].has_id = false;
  inspection.masks.clear();
  inspection.images[0].problem = "a slice is missing; add it";
  inspection.images[0].warnings = {"lossy"};
  const std::string text = text_of(inspection);
  EXPECT_NE(text.find("patient 1 (no PatientID: a study stands for a patient)\n"),
            std::string::npos);
  EXPECT_NE(text.find("    s1  CT  4 files of 5x4 pixels, JPEG 2000\n"
                      "      in s1\n"
                      "      problem: a slice is missing; add it\n"
                      "      warning: lossy\n"
                      "      no mask belongs to it\n"),
            std::string::npos)
      << text;
  EXPECT_TRUE(text.ends_with("\n1 problem\n"));
}

TEST(Inspection, TextOfFilesAndLabels) {
  Inspection inspection;
  inspection.images = {image("scan", "")};
  inspection.images[0].path = "scan.nii";
  inspection.images[0].geometry.spacing_mm = {1.899999976158142, 1.9, 3};
  inspection.masks = {mask("", 0)};
  inspection.masks[0].kind = "labels";
  inspection.masks[0].regions = {{"1", 0, 0, {}, true, ""}, {"2", 0, 0, {}, true, ""}};
  EXPECT_EQ(text_of(inspection), R"(1 image file, 1 mask, no problems

image files
  scan.nii  5x4x4 voxels of 1.9x1.9x3 mm, axial, z -9 to 0 mm
    labels  rt.dcm
      '1'
      '2'

no problems
)");
}

TEST(Inspection, ReferencesAreSaidWhereTheyAreNotPlain) {
  Inspection inspection = small_export();
  inspection.masks[0].refers_to = {{"s1", true}, {"s9", false}};
  inspection.masks[0].images_named = 7;
  inspection.masks[0].images_here = 5;
  inspection.masks[1].refers_to.assign(9, {"s8", false});
  const std::string text = text_of(inspection);
  EXPECT_NE(text.find("refers to s1 (here), s9 (not here)\n"), std::string::npos);
  EXPECT_NE(text.find("refers to 7 images, of which 5 lie here\n"), std::string::npos);
  EXPECT_NE(text.find("s8 (not here), 5 more\n"), std::string::npos);
  inspection.masks[0].refers_to.clear();
  EXPECT_NE(text_of(inspection).find("names no series\n"), std::string::npos);
}

TEST(Inspection, LeftOutFilesHaveExamplesIfTheyAreMissed) {
  Inspection inspection = small_export();
  inspection.masks.clear();
  inspection.left_out = {{"damaged; export again", true, {"a", "b", "c", "d", "e"}},
                         {"hidden", false, {".x"}}};
  const std::string text = text_of(inspection);
  EXPECT_NE(text.find("left out\n"
                      "  problem: 5 files: damaged; export again\n"
                      "    a\n    b\n    c\n    and 2 more (--format json lists them)\n"
                      "  1 file: hidden\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find(".x"), std::string::npos);
  EXPECT_EQ(json_of(inspection)["left_out"][0]["files"].size(), 5u);
  EXPECT_EQ(json_of(inspection)["left_out"][1]["files"][0], ".x");
}

TEST(Inspection, LongProblemsAreWrapped) {
  Inspection inspection = small_export();
  std::string problem;
  for (int i = 0; i < 60; ++i) problem += "word" + std::to_string(i) + " ";
  inspection.images[0].problem = problem + "end";
  std::istringstream lines(text_of(inspection));
  std::string joined;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 140u);
    joined += line.substr(std::min(line.size(), line.find_first_not_of(' '))) + " ";
  }
  EXPECT_NE(joined.find(problem + "end"), std::string::npos) << "nothing is lost";
}

TEST(Inspection, NamesOfFilesCannotBreakLines) {
  Inspection inspection = small_export();
  inspection.masks[0].regions[0].name = "a\nproblem: b";
  inspection.images[0].path = "x\ny/1.dcm";
  const std::string text = text_of(inspection);
  EXPECT_NE(text.find("'a problem: b'"), std::string::npos);
  EXPECT_NE(text.find("in x y\n"), std::string::npos);
}

TEST(Inspection, JsonIsFlatLists) {
  const auto json = json_of(small_export());
  EXPECT_EQ(json["summary"], (nlohmann::json{{"patients", 1},
                                             {"studies", 1},
                                             {"series", 1},
                                             {"files", 0},
                                             {"masks", 2},
                                             {"problems", 1}}));
  EXPECT_EQ(json["patients"][0], (nlohmann::json{{"name", "patient 1"}, {"has_id", true}}));
  const auto& series = json["images"][0];
  EXPECT_EQ(series["case"], "s1");
  EXPECT_EQ(series["patient"], "patient 1");
  EXPECT_EQ(series["study"], "t1");
  EXPECT_EQ(series["encoding"], "JPEG 2000");
  EXPECT_EQ(series["size"], (nlohmann::json{5, 4, 4}));
  EXPECT_EQ(series["orientation"], "axial");
  EXPECT_EQ(series["slice_axis"], "z");
  EXPECT_EQ(series["slice_range_mm"], (nlohmann::json{-9, 0}));
  EXPECT_TRUE(series["problem"].is_null());
  EXPECT_EQ(json["masks"][0]["case"], "s1");
  EXPECT_EQ(json["masks"][0]["regions"], nlohmann::json{"GTV"});
  EXPECT_EQ(json["masks"][0]["all_regions"][1], (nlohmann::json{{"name", "Isocentre"},
                                                                {"contours", 0},
                                                                {"points", 2},
                                                                {"measurable", false},
                                                                {"problem", nullptr}}));
  EXPECT_TRUE(json["masks"][1]["case"].is_null());
  EXPECT_EQ(json["masks"][1]["refers_to"][0], (nlohmann::json{{"case", "s2"}, {"here", false}}));
}

TEST(Inspection, ProblemsOfRegionsCount) {
  Inspection inspection = small_export();
  inspection.masks[0].regions[0].problem = "not closed; close them";
  inspection.masks[0].regions[2].frames = 0;
  EXPECT_EQ(counts_of(inspection).problems, 2u);
  EXPECT_NE(text_of(inspection).find("'GTV'        3 contours\n          problem: not closed"),
            std::string::npos);
  EXPECT_EQ(json_of(inspection)["masks"][0]["all_regions"][2]["frames"], 0);
}

Geometry turned_about_x(double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  Geometry grid{{5, 4, 11}, {1, 1, 2}, {0, 0, 0}, {}};
  grid.direction = {
      1, 0, 0, 0, std::cos(angle), -std::sin(angle), 0, std::sin(angle), std::cos(angle)};
  return grid;
}

TEST(Orientation, IsThatOfTheSlicesNormal) {
  EXPECT_EQ(orientation_of(turned_about_x(0)), "axial");
  EXPECT_EQ(orientation_of(turned_about_x(4.9)), "axial");
  EXPECT_EQ(orientation_of(turned_about_x(15)), "oblique, 15 degrees from axial");
  EXPECT_EQ(orientation_of(turned_about_x(60)), "oblique, 30 degrees from coronal");
  EXPECT_EQ(orientation_of(turned_about_x(90)), "coronal");
  EXPECT_EQ(orientation_of(turned_about_x(180)), "axial");  // from head to foot
  Geometry sagittal = turned_about_x(0);
  sagittal.direction = {0, 0, 1, 1, 0, 0, 0, 1, 0};
  EXPECT_EQ(orientation_of(sagittal), "sagittal");
}

// Ten steps of 2 mm.
TEST(SliceRangeOf, GoesAlongThePatientsAxis) {
  const SliceRange axial = slice_range_of(turned_about_x(0));
  EXPECT_EQ(axial.axis, "z");
  EXPECT_EQ(axial.mm, (std::array<double, 2>{0, 20}));
  const SliceRange downwards = slice_range_of(turned_about_x(180));
  EXPECT_EQ(downwards.axis, "z");
  EXPECT_NEAR(downwards.mm[0], -20, 1e-12);  // rounding of sine and cosine
  EXPECT_NEAR(downwards.mm[1], 0, 1e-12);
  const SliceRange oblique = slice_range_of(turned_about_x(30));
  EXPECT_EQ(oblique.axis, "normal");
  EXPECT_NEAR(oblique.mm[1] - oblique.mm[0], 20, 1e-12);
}

}  // namespace
}  // namespace radiomics
