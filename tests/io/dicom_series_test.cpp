#include "radiomics/io/dicom_series.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <vector>

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/text.h"
#include "tests/support/data.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

ImageSource open(const fs::path& folder) {
  const DicomCatalogue catalogue = read_catalogue(folder);
  EXPECT_EQ(catalogue.series.size(), 1u);
  return open_series(catalogue.series.at(0));
}

/// A series of three slices, the middle one of which is changed.
class Series : public testing::Test {
 protected:
  Series() {
    write_ct_series(folder_.path(), 3);
    middle_.position = "10\\20\\33";
    middle_.first_pixel = 100;
  }

  ImageSource open_changed() {
    write_ct(folder_ / "1.dcm", middle_);
    return open(folder_.path());
  }

  TemporaryFolder folder_;
  CtFile middle_;
};

bool warns(const ImageSource& source, const std::string& text) {
  return std::ranges::any_of(source.warnings, [&](const std::string& warning) {
    return warning.find(text) != std::string::npos;
  });
}

TEST_F(Series, HasTheGeometryOfItsSlices) {
  const ImageSource source = open(folder_.path());
  EXPECT_EQ(source.geometry.size, (Index3{5, 4, 3}));
  EXPECT_EQ(source.geometry.spacing_mm, (Vector3{1, 2, 3}));
  EXPECT_EQ(source.geometry.origin_mm, (Vector3{10, 20, 30}));
  EXPECT_EQ(source.geometry.direction, (std::array<double, 9>{1, 0, 0, 0, 1, 0, 0, 0, 1}));
  EXPECT_EQ(source.modality, "CT");
  EXPECT_EQ(source.series_uid, "1.2.3");
  EXPECT_EQ(source.frame_of_reference_uid, "1.2.9");
  EXPECT_TRUE(source.warnings.empty());
}

TEST_F(Series, ReadsTheIntensitiesOfABox) {
  const ImageSource source = open(folder_.path());
  const Box box{{1, 2, 1}, {3, 3, 2}};
  const ImageWindow window_of = source.read(box);
  EXPECT_EQ(window_of.box, box);
  EXPECT_EQ(window_of.grid, source.geometry);
  EXPECT_EQ(window_of.volume.geometry(), window(source.geometry, box));
  EXPECT_EQ(window_of.volume(0, 0, 0), 100 + 20 + 1 - 1024);
  EXPECT_EQ(window_of.volume(2, 1, 1), 200 + 30 + 3 - 1024);
}

TEST_F(Series, DecodesOnlyTheSlicesOfTheBox) {
  const ImageSource source = open(folder_.path());
  fs::remove(folder_ / "0.dcm");
  EXPECT_EQ(source.read({{0, 0, 1}, {4, 3, 2}}).volume(0, 0, 0), 100 - 1024);
  fs::remove(folder_ / "1.dcm");  // is kept
  EXPECT_EQ(source.read({{0, 0, 1}, {4, 3, 1}}).volume(4, 3, 0), 134 - 1024);
  EXPECT_ERROR(source.read({{0, 0, 0}, {4, 3, 1}}), ErrorKind::unreadable_file, "0.dcm");
}

TEST_F(Series, IsSortedByPositionNotByName) {
  fs::rename(folder_ / "0.dcm", folder_ / "9.dcm");
  const ImageSource source = open(folder_.path());
  EXPECT_EQ(source.geometry.origin_mm, (Vector3{10, 20, 30}));
  EXPECT_EQ(source.read(whole(source.geometry)).volume(0, 0, 0), -1024);
}

TEST_F(Series, MayBeReadFromSeveralThreads) {
  const ImageSource source = open(folder_.path());
  std::vector<double> sums(40);
  parallel_for(sums.size(), 4, [&](std::size_t i) {
    const ImageWindow part = source.read({{0, 0, int(i % 3)}, {4, 3, 2}});
    for (const double value : part.volume.voxels()) sums[i] += value + 1024;
  });
  // The pixels of a slice add up to 20 * 100 z + 340.
  for (std::size_t i = 0; i < sums.size(); ++i)
    EXPECT_EQ(sums[i], i % 3 == 0 ? 7020 : i % 3 == 1 ? 6680 : 4340);
}

TEST_F(Series, RescaleIsAppliedSliceBySlice) {
  middle_.slope = "0.5";
  middle_.intercept = "-10.25";
  const ImageSource source = open_changed();
  const Image image = source.read(whole(source.geometry)).volume;
  EXPECT_EQ(image(3, 2, 1), 0.5 * 123 - 10.25);
  EXPECT_EQ(image(3, 2, 2), 223 - 1024);
}

TEST_F(Series, KeepsValuesThatNeedMoreThanFloat) {
  middle_.slope = "0.1";
  middle_.intercept = "0";
  const ImageSource source = open_changed();
  EXPECT_EQ(source.read(whole(source.geometry)).volume(3, 2, 1), 0.1 * 123);
}

TEST_F(Series, Monochrome1IsAMatterOfDisplay) {
  middle_.photometric = "MONOCHROME1";
  const ImageSource source = open_changed();
  EXPECT_EQ(source.read(whole(source.geometry)).volume(3, 2, 1), 123 - 1024);
}

TEST_F(Series, RefusesWhatIsMissing) {
  fs::remove(folder_ / "1.dcm");
  write_ct_series(folder_ / "more", 5);
  fs::remove(folder_ / "more/0.dcm");
  fs::remove(folder_ / "more/1.dcm");
  fs::remove(folder_ / "more/2.dcm");
  fs::remove(folder_ / "2.dcm");  // left: slices 0, 3, 4
  EXPECT_ERROR(open(folder_.path()), ErrorKind::unsupported_data,
               "0.dcm and " + (folder_ / "more/3.dcm").string() +
                   " lie 9 mm, elsewhere 3 mm: 2 slices are missing; give the complete series");
  std::ofstream(folder_ / "1.dcm");
  EXPECT_ERROR(open(folder_.path()), ErrorKind::unsupported_data,
               "1.dcm is an empty file: export the series again");
}

TEST_F(Series, CountsTheGapsOfASeries) {
  write_ct_series(folder_.path(), 9);
  for (const char* name : {"2.dcm", "5.dcm", "6.dcm"}) fs::remove(folder_ / name);
  EXPECT_ERROR(open(folder_.path()), ErrorKind::unsupported_data,
               "lie 6 mm, elsewhere 3 mm, and there is 1 more gap: 3 slices are missing");
}

TEST_F(Series, WarnsOfDamagedFilesBesideIt) {
  std::ofstream(folder_ / "3.dcm");
  EXPECT_TRUE(warns(open(folder_.path()), "damaged or empty files lie beside the series: 1;"));
}

TEST_F(Series, WarnsWhereTheStatedSpacingIsAnother) {
  CtFile ct;
  ct.more = {{"SpacingBetweenSlices", "-3.1"}};  // nuclear medicine has signed ones
  write_ct_series(folder_.path(), 3, ct);
  EXPECT_FALSE(warns(open(folder_.path()), "SpacingBetweenSlices"));
  ct.more = {{"SpacingBetweenSlices", "1"}};
  write_ct_series(folder_.path(), 3, ct);
  const ImageSource source = open(folder_.path());
  EXPECT_EQ(source.geometry.spacing_mm[2], 3);
  EXPECT_TRUE(warns(source, "SpacingBetweenSlices says 1 mm, the positions 3 mm"));
}

TEST_F(Series, SpacingAtTheDetectorIsNoPixelSpacing) {
  middle_.spacing = "";
  middle_.more = {{"ImagerPixelSpacing", "2\\1"}};
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, "PixelSpacing is absent");
}

TEST_F(Series, AllowsRoundedPositions) {
  middle_.position = "10.05\\20\\33.1";
  EXPECT_EQ(open_changed().geometry.spacing_mm[2], 3);
}

TEST_F(Series, RefusesUnevenPositions) {
  middle_.position = "10\\20\\33.75";
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data,
               "1.dcm: lies 3.75 mm from the first slice where 3 mm would be even");
}

TEST_F(Series, RefusesATiltedGantry) {
  middle_.position = "10\\20.5\\33";
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, "tilted gantry");
}

TEST_F(Series, RefusesTwoSlicesInOnePlace) {
  middle_.position = "10\\20\\30";
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, "lies in the same place as");
}

TEST_F(Series, LeavesOutCopiesButRefusesTwoContentsOfOneInstance) {
  fs::copy_file(folder_ / "1.dcm", folder_ / "copy.dcm");
  const ImageSource source = open(folder_.path());
  EXPECT_EQ(source.geometry.size[2], 3);
  EXPECT_TRUE(warns(source, "copies of files in the series are left out: 1"));
  middle_.columns = 5;
  middle_.thickness = "4";
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, "has the SOPInstanceUID of");
}

TEST_F(Series, LeavesOutLocalizers) {
  CtFile localizer;
  localizer.image_type = "ORIGINAL\\PRIMARY\\LOCALIZER";
  localizer.orientation = "0\\1\\0\\0\\0\\-1";
  localizer.columns = 9;
  localizer.first_pixel = 7;
  write_ct(folder_ / "0_localizer.dcm", localizer);
  const ImageSource source = open(folder_.path());
  EXPECT_EQ(source.geometry.size, (Index3{5, 4, 3}));
  EXPECT_TRUE(warns(source, "localizer images in the series are left out: 1"));
  for (const char* name : {"0.dcm", "1.dcm", "2.dcm"}) fs::remove(folder_ / name);
  EXPECT_ERROR(open(folder_.path()), ErrorKind::unsupported_data, "localizers only");
}

TEST_F(Series, SingleSliceTakesItsThicknessWithAWarning) {
  fs::remove(folder_ / "0.dcm");
  fs::remove(folder_ / "2.dcm");
  middle_.thickness = "2.5";
  const ImageSource source = open_changed();
  EXPECT_EQ(source.geometry.spacing_mm[2], 2.5);
  EXPECT_TRUE(warns(source, "the series has one slice"));
  middle_.thickness = "";
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, "no SliceThickness");
}

TEST_F(Series, MrNeedsNoRescaleButCtAndPtDo) {
  CtFile image;
  image.slope = image.intercept = "";
  for (const char* modality : {"MR", "CT", "PT"}) {
    image.modality = modality;
    write_ct_series(folder_.path(), 3, image);
    if (image.modality == "MR")
      EXPECT_EQ(open(folder_.path()).read({{0, 0, 1}, {0, 0, 1}}).volume(0, 0, 0), 100);
    else
      EXPECT_ERROR(open(folder_.path()), ErrorKind::unsupported_data, "RescaleSlope");
  }
}

TEST_F(Series, WarnsWithoutFrameOfReference) {
  CtFile image;
  image.frame_uid = "";
  write_ct_series(folder_.path(), 3, image);
  EXPECT_TRUE(warns(open(folder_.path()), "no frame of reference"));
}

TEST_F(Series, RefusesAFileThatIsShorterThanItsPixels) {
  fs::resize_file(folder_ / "1.dcm", 30);
  EXPECT_EQ(read_catalogue(folder_.path()).left_out.size(), 1u);
  CtFile large;
  large.position = "10\\20\\33";
  large.columns = large.rows = 100;
  write_ct_series(folder_.path(), 3, large);
  fs::resize_file(folder_ / "1.dcm", 5000);
  const DicomCatalogue catalogue = read_catalogue(folder_.path());
  ASSERT_EQ(catalogue.left_out.size(), 1u);
  EXPECT_EQ(catalogue.left_out[0].file, folder_ / "1.dcm");
  EXPECT_NE(catalogue.left_out[0].reason.find("(7FE0,0010) claims 20000 bytes"), std::string::npos)
      << catalogue.left_out[0].reason;
}

/// A change of the middle slice that makes the series no box grid, and the message's words.
struct Refusal {
  std::string CtFile::*attribute;
  const char* value;
  const char* words;
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.words; }

class RefusedSeries : public Series, public testing::WithParamInterface<Refusal> {};

TEST_P(RefusedSeries, NamesFileAndReason) {
  middle_.*GetParam().attribute = GetParam().value;
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, "1.dcm: ");
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, GetParam().words);
}

const Refusal refusals[] = {
    {&CtFile::position, "", "ImagePositionPatient is absent"},
    {&CtFile::position, "10\\20\\nan", "ImagePositionPatient is absent or not three numbers"},
    {&CtFile::orientation, "", "ImageOrientationPatient is absent"},
    {&CtFile::orientation, "1\\0\\0\\0.5\\0.866\\0", "not two perpendicular unit vectors"},
    {&CtFile::orientation, "2\\0\\0\\0\\1\\0", "not two perpendicular unit vectors"},
    {&CtFile::orientation, "0.99619\\0.08716\\0\\-0.08716\\0.99619\\0", "of one orientation"},
    {&CtFile::spacing, "", "PixelSpacing is absent"},
    {&CtFile::spacing, "0\\0", "PixelSpacing 0, 0 mm is not positive"},
    {&CtFile::spacing, "-2\\1", "PixelSpacing -2, 1 mm is not positive"},
    {&CtFile::spacing, "2\\1.2", "has the pixel spacing 1.2 mm"},
    {&CtFile::slope, "", "RescaleSlope or RescaleIntercept is absent"},
    {&CtFile::slope, "0", "RescaleSlope is 0"},
    {&CtFile::intercept, "abc", "absent or no number"},
    {&CtFile::photometric, "RGB", "not MONOCHROME1 or MONOCHROME2"},
    {&CtFile::frames, "3", "multi-frame image of 3 frames whose places it does not tell"},
    {&CtFile::patient_id, "P2", "belongs to another patient"},
    {&CtFile::frame_uid, "1.2.10", "another frame of reference"},
    {&CtFile::sop_class_uid, "1.2.840.10008.5.1.4.1.1.7", "secondary capture"},
};
INSTANTIATE_TEST_SUITE_P(Cases, RefusedSeries, testing::ValuesIn(refusals));

TEST_F(Series, RefusesOtherSizesAndColours) {
  middle_.rows = 3;
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, "has 5x3 pixels");
  middle_.rows = 4;
  middle_.samples = 3;
  EXPECT_ERROR(open_changed(), ErrorKind::unsupported_data, "3 samples per pixel");
}

TEST_F(Series, NeverNamesAPatient) {
  middle_.patient_id = "Doe^Jane";
  const Error error = error_of([&] { open_changed(); });
  EXPECT_EQ(std::string(error.what()).find("Doe"), std::string::npos);
}

// Rows along -x, columns along -y: the normal is +z again, and the axes stay right-handed.
TEST(SeriesAxes, AreRightHandedWhateverTheOrientation) {
  const TemporaryFolder folder;
  CtFile ct;
  ct.orientation = "0\\1\\0\\1\\0\\0";  // the normal is -z
  write_ct_series(folder.path(), 3, ct);
  const ImageSource source = open(folder.path());
  EXPECT_EQ(source.geometry.origin_mm, (Vector3{10, 20, 36}));
  EXPECT_EQ(source.geometry.direction, (std::array<double, 9>{0, 1, 0, 1, 0, 0, 0, 0, -1}));
  EXPECT_EQ(source.read({{0, 0, 0}, {0, 0, 0}}).volume(0, 0, 0), 200 - 1024);
}

// The orientations of real headers are rounded; the geometry's invariant is exact.
TEST(SeriesAxes, AreMadeOrthonormal) {
  const TemporaryFolder folder;
  CtFile ct;
  ct.orientation = "0.8\\0.6001\\0\\-0.5999\\0.8\\0";
  write_ct_series(folder.path(), 3, ct);
  const auto d = open(folder.path()).geometry.direction;
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b)
      EXPECT_NEAR(d[a] * d[b] + d[a + 3] * d[b + 3] + d[a + 6] * d[b + 6], a == b, 1e-15);
}

// --- real files ----------------------------------------------------------------------------------

ImageSource open_file(const DicomCatalogue& catalogue, const std::string& name) {
  for (DicomSeries series : catalogue.series)
    for (const DicomSlice& slice : series.slices)
      if (slice.file.filename() == name) {
        series.slices = {slice};
        return open_series(series);
      }
  ADD_FAILURE() << "no " << name;
  return {};
}

// data/dicom/reference/codecs_wg04.json: CT1 and CT2 in six compressions; the lossless ones differ
// from the uncompressed file by 0, and each has the mean that is given there to four digits.
TEST(SeriesCodecs, LosslessOnesAreEqualAndLossyOnesWarned) {
  REFERENCE_DATA_OR_SKIP(folder, "dicom/codecs_wg04");
  const DicomCatalogue catalogue = read_catalogue(folder);
  for (const std::string ct : {"CT1_", "CT2_"}) {
    const ImageSource plain = open_file(catalogue, ct + "UNC");
    const Image expected = plain.read(whole(plain.geometry)).volume;
    for (const char* codec : {"J2KR", "JLSL", "JPLL", "RLE", "J2KI", "JLSN"}) {
      const ImageSource source = open_file(catalogue, ct + codec);
      const Image image = source.read(whole(source.geometry)).volume;
      const bool lossless = std::string(codec) != "J2KI" && std::string(codec) != "JLSN";
      EXPECT_EQ(std::ranges::equal(image.voxels(), expected.voxels()), lossless) << ct << codec;
      EXPECT_EQ(warns(source, "with a loss of detail"), !lossless) << ct << codec;
    }
  }
}

/// What data/dicom/reference says of a series.
struct SeriesReference {
  const char* folder;
  Index3 size;
  Vector3 spacing_mm, origin_mm;
  double lowest, highest, mean;
};

void PrintTo(const SeriesReference& reference, std::ostream* out) { *out << reference.folder; }

class SeriesReferences : public testing::TestWithParam<SeriesReference> {};

TEST_P(SeriesReferences, IntensitiesAndGeometry) {
  const SeriesReference& expected = GetParam();
  REFERENCE_DATA_OR_SKIP(folder, expected.folder);
  const ImageSource source = open(folder);
  EXPECT_EQ(source.geometry.size, expected.size);
  for (int i = 0; i < 3; ++i) {
    // The mean slice distance, where the reference has one distance to six digits.
    EXPECT_NEAR(source.geometry.spacing_mm[i], expected.spacing_mm[i], 1e-6);
    EXPECT_EQ(source.geometry.origin_mm[i], expected.origin_mm[i]);
  }
  const Image image = source.read(whole(source.geometry)).volume;
  double sum = 0;
  for (const double value : image.voxels()) sum += value;
  EXPECT_NEAR(sum / double(image.voxels().size()), expected.mean, 6e-5);  // four digits are given
  EXPECT_EQ(std::ranges::min(image.voxels()), expected.lowest);
  EXPECT_EQ(std::ranges::max(image.voxels()), expected.highest);
}

const SeriesReference series_references[] = {
    {"ibsi/ibsi1_ct_dicom/ct",
     {204, 201, 60},
     {0.97699999809265, 0.97699999809265, 3},
     {-174.39450073242, -79.625503540039, -100.40000152587},
     -1000,
     3065,
     -266.4704},
    {"dicom/radphantom_pat2/ct",
     {141, 138, 41},
     {0.97699999809265, 0.97699999809265, 3},
     {-135.31449890136, -44.453498840332, -591.90002441406},
     -1000,
     2254,
     -251.1565},
    {"dicom/lung4d_113/ct",
     {512, 512, 99},
     {0.9766, 0.9766, 3},
     {-250, -163.019, -1132},
     -1000,
     2976,
     -704.0156},
    {"dicom/gephantom_rtutils/ct",
     {512, 512, 5},
     {0.488281, 0.488281, 5},
     {-125, -125, 60},
     -3024,
     126,
     -835.4889},
    {"dicom/liver3_seg/ct",
     {512, 512, 3},
     {0.810547, 0.810547, 1},
     {-235.199997, -226.800003, -128.690002},
     -3024,
     1381,
     -954.8836},
};
INSTANTIATE_TEST_SUITE_P(Cases, SeriesReferences, testing::ValuesIn(series_references));

TEST(SeriesJpeg2000, IsReadThoughImagesNameNoSeries) {
  REFERENCE_DATA_OR_SKIP(folder, "dicom/totalseg_j2k/ct");
  const ImageSource source = open(folder);
  EXPECT_EQ(source.geometry.size, (Index3{512, 512, 20}));
  EXPECT_EQ(source.geometry.spacing_mm, (Vector3{0.9765625, 0.9765625, 2}));
  const Image image = source.read(whole(source.geometry)).volume;
  EXPECT_EQ(std::ranges::min(image.voxels()), -1024);  // of a 12-bit CT: air outside the circle
}

TEST(SeriesNaturalBad, IsRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {"dicom/natural_bad/gantrytilt", "tilted gantry"},
      {"dicom/natural_bad/tilt_gap", "tilted gantry"},
      {"dicom/tilt_ge/ct", "tilted gantry"},
      {"dicom/natural_bad/gap", "lie 10 mm, elsewhere 5 mm: 1 slice is missing"},
      {"dicom/tiny_highdicom/ct", "lies in the same place as"},
  };
  for (const auto& [name, words] : cases) {
    REFERENCE_DATA_OR_SKIP(folder, name);
    EXPECT_ERROR(open(folder), ErrorKind::unsupported_data, words);
  }
}

}  // namespace
}  // namespace radiomics
