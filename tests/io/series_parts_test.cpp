#include "radiomics/io/series_parts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/io/dicom_series.h"
#include "radiomics/io/open.h"
#include "tests/support/data.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

using Attributes = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> words(const DicomCatalogue& catalogue) {
  std::vector<std::string> result;
  for (const DicomSeries& series : catalogue.series) result.push_back(series.part);
  return result;
}

/// Writes slices into one series; every file has a name and an instance of its own.
class Parts : public testing::Test {
 protected:
  /// `count` slices 3 mm apart from `first_mm` on.
  void write(int count, const Attributes& attributes, double first_mm = 30, CtFile ct = {}) {
    for (int z = 0; z < count; ++z) {
      ct.position = "10\\20\\" + std::to_string(first_mm + 3 * z);
      ct.first_pixel = std::uint16_t(100 * written_);
      ct.more = attributes;
      write_ct(folder_ / (std::to_string(written_++) + ".dcm"), ct);
    }
  }

  DicomCatalogue catalogue() const { return read_catalogue(folder_.path()); }

  TemporaryFolder folder_;
  int written_ = 0;
};

TEST_F(Parts, OneVolumeStaysWhole) {
  write(3, {{"AcquisitionNumber", "1"}});
  const DicomCatalogue found = catalogue();
  ASSERT_EQ(found.series.size(), 1u);
  EXPECT_EQ(found.series[0].part, "");
  EXPECT_EQ(found.series[0].part_number, 0);
  EXPECT_EQ(series_name(found.series[0]), series_name("1.2.3"));
}

TEST_F(Parts, AcquisitionsThatContinueEachOtherAreOneVolume) {
  write(3, {{"AcquisitionNumber", "1"}}, 30);
  write(3, {{"AcquisitionNumber", "2"}}, 39);
  const DicomCatalogue found = catalogue();
  ASSERT_EQ(found.series.size(), 1u);
  const ImageSource source = open_series(found.series[0]);
  EXPECT_EQ(source.geometry.size[2], 6);
  EXPECT_TRUE(source.warnings.empty());
}

TEST_F(Parts, AcquisitionsOfOnePlaceAreParts) {
  write(3, {{"AcquisitionNumber", "10"}});
  write(2, {{"AcquisitionNumber", "9"}});
  const DicomCatalogue found = catalogue();
  EXPECT_EQ(words(found), (std::vector<std::string>{"acquisition 9", "acquisition 10"}));
  ASSERT_EQ(found.series.size(), 2u);
  EXPECT_EQ(found.series[0].slices.size(), 2u);
  EXPECT_EQ(found.series[1].slices.size(), 3u);
  EXPECT_EQ(found.series[0].series_uid, "1.2.3");
  EXPECT_EQ(found.series[0].patient_id, "P1");
  EXPECT_EQ(series_name(found.series[1]), series_name("1.2.3") + ".2");
  const ImageSource source = open_series(found.series[1]);
  EXPECT_EQ(source.name, series_name("1.2.3") + ".2");
  EXPECT_EQ(source.read({{0, 0, 2}, {0, 0, 2}}).volume(0, 0, 0), 200 - 1024);
}

TEST_F(Parts, PassesThatOverlapAreParts) {
  write(4, {{"AcquisitionNumber", "1"}}, 30);    // 30 to 39
  write(4, {{"AcquisitionNumber", "2"}}, 37.5);  // 37.5 to 46.5: no place is shared
  EXPECT_EQ(words(catalogue()), (std::vector<std::string>{"acquisition 1", "acquisition 2"}));
}

TEST_F(Parts, AcquisitionsThatAlternateAreOneVolumeWithAWarning) {
  for (int z = 0; z < 6; ++z) write(1, {{"AcquisitionNumber", z % 2 ? "2" : "1"}}, 30 + 3 * z);
  const DicomCatalogue found = catalogue();
  ASSERT_EQ(found.series.size(), 1u);
  EXPECT_EQ(
      open_series(found.series[0]).warnings,
      std::vector<std::string>{"slices of 2 acquisitions alternate: they are taken as one volume"});
}

TEST_F(Parts, AGapBetweenAcquisitionsIsAGap) {
  write(3, {{"AcquisitionNumber", "1"}}, 30);
  write(3, {{"AcquisitionNumber", "2"}}, 42);
  const DicomCatalogue found = catalogue();
  ASSERT_EQ(found.series.size(), 1u);
  EXPECT_ERROR(open_series(found.series[0]), ErrorKind::unsupported_data, "1 slice is missing");
}

TEST_F(Parts, StacksOfOtherOrientationAreParts) {
  CtFile sagittal;
  sagittal.orientation = "0\\1\\0\\0\\0\\-1";
  sagittal.spacing = "1\\1";
  write(3, {{"AcquisitionNumber", "1"}});
  for (const char* position : {"10\\0\\0", "11\\0\\0"}) {
    sagittal.position = position;
    sagittal.more = {{"AcquisitionNumber", "2"}};
    sagittal.first_pixel = std::uint16_t(1000 + written_);
    write_ct(folder_ / (std::to_string(written_++) + ".dcm"), sagittal);
  }
  EXPECT_EQ(words(catalogue()), (std::vector<std::string>{"acquisition 1", "acquisition 2"}));
}

// In the order in which they are tried: each case has the attributes of two images of a place.
TEST_F(Parts, AreToldByTheFirstAttributeThatDoes) {
  const std::vector<std::pair<std::string, std::string>> kinds = {
      {"AcquisitionNumber", "acquisition"},
      {"TemporalPositionIdentifier", "temporal position"},
      {"NominalPercentageOfCardiacPhase", "percent of the cardiac phase"},
      {"TriggerTime", "trigger time"},
      {"FrameReferenceTime", "frame reference time"},
      {"EchoNumbers", "echo"},
      {"EchoTime", "echo time"},
      {"InversionTime", "inversion time"},
      {"KVP", "tube voltage"},
  };
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const TemporaryFolder folder;
    for (const int value : {100, 80})
      for (int z = 0; z < 3; ++z) {
        CtFile ct;
        ct.position = "0\\0\\" + std::to_string(z);
        ct.first_pixel = std::uint16_t(value + z);
        for (std::size_t j = 0; j < kinds.size(); ++j)  // the others before it do not vary
          ct.more.emplace_back(kinds[j].first, j < i ? "1" : std::to_string(value));
        write_ct(folder / (std::to_string(value) + "_" + std::to_string(z)), ct);
      }
    EXPECT_EQ(words(read_catalogue(folder.path())),
              (std::vector<std::string>{kinds[i].second + " 80", kinds[i].second + " 100"}));
  }
}

TEST_F(Parts, ImageTypesAreNamedByDicomsWords) {
  CtFile ct;
  write(3, {}, 30, ct);
  ct.image_type = "DERIVED\\SECONDARY\\MIP\\DOE JANE";
  write(3, {}, 30, ct);
  EXPECT_EQ(words(catalogue()),
            (std::vector<std::string>{"image type 1 (DERIVED SECONDARY MIP)",
                                      "image type 2 (ORIGINAL PRIMARY AXIAL)"}));
}

TEST_F(Parts, TimesAreRanksOnly) {
  write(3, {{"AcquisitionTime", "101112.5"}});
  write(3, {{"AcquisitionTime", "091112"}});
  const DicomCatalogue found = catalogue();
  EXPECT_EQ(words(found), (std::vector<std::string>{"time point 1", "time point 2"}));
  EXPECT_EQ(found.series.at(0).slices.at(0).file.filename(), "3.dcm");
}

TEST_F(Parts, TwoAttributesTogetherTellWhatOneCannot) {
  for (const char* echo : {"1", "2"})
    for (const char* position : {"1", "2"})
      write(2, {{"EchoNumbers", echo}, {"TemporalPositionIdentifier", position}});
  EXPECT_EQ(words(catalogue()), (std::vector<std::string>{
                                    "temporal position 1, echo 1", "temporal position 1, echo 2",
                                    "temporal position 2, echo 1", "temporal position 2, echo 2"}));
}

TEST_F(Parts, WhatOnlyNumbersTheImagesTellsNothing) {
  for (int i = 0; i < 6; ++i)
    write(1, {{"AcquisitionNumber", std::to_string(i)}}, 30 + 3 * (i % 3));
  const DicomCatalogue found = catalogue();
  ASSERT_EQ(found.series.size(), 1u);
  EXPECT_ERROR(open_series(found.series[0]), ErrorKind::unsupported_data,
               "lies in the same place as");
}

TEST_F(Parts, AnAttributeThatSomeImagesLackTellsNothing) {
  write(3, {{"AcquisitionNumber", "1"}});
  write(3, {});
  EXPECT_EQ(catalogue().series.size(), 1u);
}

TEST_F(Parts, CopiesMakeNoPartsAndStayWithTheirPart) {
  write(3, {{"AcquisitionNumber", "1"}});
  std::filesystem::copy_file(folder_ / "1.dcm", folder_ / "copy.dcm");
  EXPECT_EQ(catalogue().series.size(), 1u);
  write(3, {{"AcquisitionNumber", "2"}});
  const DicomCatalogue found = catalogue();
  ASSERT_EQ(found.series.size(), 2u);
  EXPECT_EQ(found.series[0].slices.size(), 4u);
  EXPECT_EQ(open_series(found.series[0]).geometry.size[2], 3);
}

TEST_F(Parts, LocalizersStayWithTheFirstPart) {
  CtFile localizer;
  localizer.image_type = "ORIGINAL\\PRIMARY\\LOCALIZER";
  localizer.orientation = "0\\1\\0\\0\\0\\-1";
  write(1, {{"AcquisitionNumber", "0"}}, 30, localizer);
  write(3, {{"AcquisitionNumber", "1"}});
  write(3, {{"AcquisitionNumber", "2"}});
  const DicomCatalogue found = catalogue();
  EXPECT_EQ(words(found), (std::vector<std::string>{"acquisition 1", "acquisition 2"}));
  EXPECT_EQ(found.series.at(0).slices.size(), 4u);
}

TEST_F(Parts, AreChosenByNameOrByTheImagesOfTheMaskNeverByUs) {
  write(3, {{"EchoNumbers", "1"}});
  write(3, {{"EchoNumbers", "2"}});
  const std::string name = series_name("1.2.3");
  const auto first_value = [&](const SeriesChoice& choice) {
    return open_image(folder_.path(), choice).read({{0, 0, 0}, {0, 0, 0}}).volume(0, 0, 0);
  };
  EXPECT_EQ(first_value({name + ".1", {}}), -1024);
  EXPECT_EQ(first_value({name + ".2", {}}), 300 - 1024);
  const std::string uid_of_fourth = "1.2.4.1.2.3.301";  // as write_ct() makes it
  EXPECT_EQ(first_value({"", {"1.2.3"}, {uid_of_fourth}}), 300 - 1024);
  EXPECT_EQ(first_value({"1.2.3", {}, {uid_of_fourth}}), 300 - 1024);
  const std::string list =
      name + ".1 (CT, echo 1, 3 images), " + name + ".2 (CT, echo 2, 3 images)";
  for (const SeriesChoice& choice :
       {SeriesChoice{}, SeriesChoice{"1.2.3", {}}, SeriesChoice{name, {}},
        SeriesChoice{"", {"1.2.3"}}, SeriesChoice{"", {"1.2.3"}, {"1.2.4.1.2.3.1", uid_of_fourth}}})
    EXPECT_ERROR(first_value(choice), ErrorKind::ambiguous_input, list);
  EXPECT_ERROR(first_value({name + ".3", {}}), ErrorKind::missing_image, list);
}

TEST(PartsOfFrames, OfOneObjectAreCutAlike) {
  const TemporaryFolder folder;
  EnhancedFile image;
  for (const std::uint32_t index : {1u, 2u})
    for (int z = 0; z < 3; ++z)
      image.frames.push_back(
          {"0\\0\\" + std::to_string(z), std::uint16_t(300 * index + 100 * z), "", index});
  write_enhanced(folder / "a.dcm", image);
  const DicomCatalogue found = read_catalogue(folder.path());
  EXPECT_EQ(words(found), (std::vector<std::string>{"temporal position 1", "temporal position 2"}));
  const ImageSource source = open_series(found.series.at(1));
  EXPECT_EQ(source.read({{0, 0, 1}, {0, 0, 1}}).volume(0, 0, 0), 700 - 1024);
}

// Four acquisitions of one slice (contrast monitoring), and two MR stacks in one series.
TEST(PartsOfRealSeries, AreFound) {
  REFERENCE_DATA_OR_SKIP(folder, "dicom/natural_bad");
  EXPECT_EQ(words(read_catalogue(folder / "same_position")),
            (std::vector<std::string>{"acquisition 12", "acquisition 13", "acquisition 14",
                                      "acquisition 15"}));
  EXPECT_EQ(words(read_catalogue(folder / "mr_mixed_orientation")),
            (std::vector<std::string>{"acquisition 2", "acquisition 5"}));
  EXPECT_EQ(words(read_catalogue(folder / "gap")), std::vector<std::string>{""});
}

}  // namespace
}  // namespace radiomics
