#include "radiomics/pipeline/references.h"

#include "tests/support/errors.h"

namespace radiomics {
namespace {

/// A series of three images, and an RTSTRUCT that was drawn on it.
struct Pair {
  Pair() {
    image.patient_id = "P1";
    image.series_uid = "1.2.3";
    image.frame_of_reference_uid = "1.2.9";
    image.instance_uids = {"1.1", "1.2", "1.3"};
    mask.kind = "RTSTRUCT";
    mask.references = {"P1", {"1.2.9"}, {{"1.2.3", {"1.1", "1.2", "1.3"}}}, {"1.2"}};
  }

  std::vector<std::string> check(const AcceptedMismatches& accepted = {}) const {
    return check_references(image, mask, {"ct", "rt.dcm"}, accepted);
  }

  ImageSource image;
  MaskSource mask;
};

using Warnings = std::vector<std::string>;

TEST(References, AgreeWithoutAWord) { EXPECT_EQ(Pair().check(), Warnings{}); }

TEST(References, AnotherPatient) {
  Pair pair;
  pair.mask.references.patient_id = "P2";
  EXPECT_ERROR(pair.check(), ErrorKind::reference_mismatch,
               "rt.dcm: has another PatientID than ct; find out whose it is, or accept it with "
               "--accept-mismatch patient");
  EXPECT_EQ(pair.check({.patient = true}),
            Warnings{"accepted mismatch (patient): has another PatientID than the image"});
}

TEST(References, AnotherSeries) {
  Pair pair;
  pair.mask.references.series = {{"1.2.4", {"9.1"}}};
  pair.mask.references.drawn_on_uids = {"9.1"};
  EXPECT_ERROR(pair.check(), ErrorKind::reference_mismatch, "refers to another image series");
  EXPECT_ERROR(pair.check({.patient = true, .frame_of_reference = true, .images = true}),
               ErrorKind::reference_mismatch, "--accept-mismatch series");
  EXPECT_EQ(pair.check({.series = true}).size(), 1u);
}

TEST(References, AnotherFrameOfReference) {
  Pair pair;
  pair.mask.references.frame_of_reference_uids = {"1.2.8"};
  EXPECT_ERROR(pair.check(), ErrorKind::reference_mismatch, "has another frame of reference");
  EXPECT_EQ(pair.check({.frame_of_reference = true}).size(), 1u);
  pair.mask.references.frame_of_reference_uids = {"1.2.8", "1.2.9"};  // registered images
  EXPECT_EQ(pair.check(), Warnings{});
}

TEST(References, ImagesThatAreNotThereAreWarnedOf) {
  Pair pair;
  pair.image.instance_uids = {"1.1", "1.2"};
  EXPECT_EQ(pair.check(),
            Warnings{"the mask refers to 3 images, of which 1 are not in the series"});
  pair.image.instance_uids = {"2.1", "2.2", "2.3"};
  EXPECT_EQ(pair.check(),
            Warnings{"the mask refers to 3 images, of which 3 are not in the series"});
}

TEST(References, ImagesDecideWhereNoSeriesIsNamed) {
  Pair pair;
  pair.mask.references.series.clear();
  const std::string no_series =
      "the mask names no image series: only frame of reference and geometry were compared";
  EXPECT_EQ(pair.check(), Warnings{no_series});
  pair.mask.references.drawn_on_uids = {"8.1", "8.2"};
  EXPECT_ERROR(pair.check(), ErrorKind::reference_mismatch,
               "refers to 2 images, none of which is in ct");
  EXPECT_EQ(pair.check({.images = true}).size(), 2u);
}

TEST(References, WhatIsNotNamedCannotContradict) {
  Pair pair;
  pair.mask.references = {};
  EXPECT_EQ(pair.check(), Warnings{"the mask names no image series: only geometry was compared"});
  pair.mask.kind = "labels";
  EXPECT_EQ(pair.check(), Warnings{});
  pair = {};
  pair.image = {};  // a NIfTI image
  EXPECT_EQ(pair.check(), Warnings{});
}

class RegionReferences : public testing::Test {
 protected:
  std::vector<std::string> check(const AcceptedMismatches& accepted = {}) const {
    return check_references(pair_.image, region_, "rt.dcm: region 'GTV'", accepted);
  }

  Pair pair_;
  RegionMask region_;
};

TEST_F(RegionReferences, FrameOfTheRegionCounts) {
  region_.frame_of_reference_uid = "1.2.8";
  EXPECT_ERROR(check(), ErrorKind::reference_mismatch,
               "rt.dcm: region 'GTV': is in another frame of reference than the image");
  EXPECT_EQ(check({.frame_of_reference = true}).size(), 1u);
}

TEST_F(RegionReferences, ContoursLieOnTheImagesThatTheyName) {
  region_.drawn_on = {{0, "1.1"}, {1, "1.2"}, {2, "1.3"}};
  EXPECT_EQ(check(), Warnings{});
  region_.drawn_on[1].z = 0;
  EXPECT_EQ(check(), Warnings{"contours that name another image than that of the slice on which "
                              "they lie, where they stay: 1"});
}

TEST_F(RegionReferences, AllContoursOnOtherSlicesAreAContradiction) {
  region_.drawn_on = {{1, "1.1"}, {2, "1.2"}, {3, "1.3"}};
  EXPECT_ERROR(check(), ErrorKind::reference_mismatch,
               "has 3 contours, all on other slices than those that they name in the image");
  EXPECT_EQ(check({.images = true}).size(), 1u);
}

TEST_F(RegionReferences, NamesOfImagesThatAreNotHereSayNothing) {
  region_.drawn_on = {{1, "7.1"}, {2, "7.2"}};
  EXPECT_EQ(check(), Warnings{});
}

TEST(AcceptedMismatches, AreNamed) {
  AcceptedMismatches accepted;
  for (const char* name : mismatch_names) accept(accepted, name);
  EXPECT_TRUE(accepted.patient && accepted.series && accepted.frame_of_reference &&
              accepted.images);
  EXPECT_ERROR(accept(accepted, "date"), ErrorKind::invalid_argument,
               "patient, series, frame-of-reference, images");
}

}  // namespace
}  // namespace radiomics
