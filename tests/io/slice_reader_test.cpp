// Pixels as files hold them: kinds of numbers, transfer syntaxes, frames.

#include "radiomics/io/slice_reader.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "radiomics/io/dicom_series.h"
#include "radiomics/io/transfer_syntax.h"
#include "tests/support/data.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

ImageSource open_only(const std::filesystem::path& folder) {
  const DicomCatalogue catalogue = read_catalogue(folder);
  EXPECT_EQ(catalogue.series.size(), 1u);
  return open_series(catalogue.series.at(0));
}

Image read_whole(const DicomSeries& series) {
  const ImageSource source = open_series(series);
  return source.read(whole(source.geometry)).volume;
}

bool warns(const ImageSource& source, const std::string& text) {
  return std::ranges::any_of(source.warnings, [&](const std::string& warning) {
    return warning.find(text) != std::string::npos;
  });
}

// --- transfer syntaxes ---------------------------------------------------------------------------

/// A kind of pixels: what is stored for pixel (x, y) means `lowest` + 10 y + x.
struct Format {
  const char* name;
  std::uint16_t allocated, stored;
  bool is_signed;
  std::uint16_t first_pixel;
  double lowest;
};

const Format formats[] = {
    {"8 bits", 8, 8, false, 100, 100},
    {"12 of 16 bits", 16, 12, false, 3000, 3000},
    {"12 of 16 bits, signed", 16, 12, true, 4096 - 100, -100},
    {"16 bits", 16, 16, false, 60000, 60000},
    {"16 bits, signed", 16, 16, true, 65536 - 1000, -1000},
};

struct Coding {
  const char* name;
  const char* uid;
};

const Coding lossless[] = {
    {"implicit", "1.2.840.10008.1.2"},      {"explicit", "1.2.840.10008.1.2.1"},
    {"big endian", "1.2.840.10008.1.2.2"},  {"deflated", "1.2.840.10008.1.2.1.99"},
    {"RLE", "1.2.840.10008.1.2.5"},         {"JPEG lossless", "1.2.840.10008.1.2.4.57"},
    {"JPEG SV1", "1.2.840.10008.1.2.4.70"}, {"JPEG-LS", "1.2.840.10008.1.2.4.80"},
};

class Codings : public testing::TestWithParam<std::tuple<Coding, Format>> {};

void PrintTo(const Coding& coding, std::ostream* out) { *out << coding.name; }
void PrintTo(const Format& format, std::ostream* out) { *out << format.name; }

TEST_P(Codings, GiveBackWhatWasStored) {
  const auto& [coding, format] = GetParam();
  const TemporaryFolder folder;
  CtFile ct;
  ct.transfer_syntax = coding.uid;
  ct.bits_allocated = format.allocated;
  ct.bits_stored = format.stored;
  ct.high_bit = std::uint16_t(format.stored - 1);
  ct.is_signed = format.is_signed;
  ct.first_pixel = format.first_pixel;
  ct.intercept = "-7";
  write_ct(folder / "a.dcm", ct);
  const ImageSource source = open_only(folder.path());
  testing::internal::CaptureStderr();
  const Image image = source.read(whole(source.geometry)).volume;
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 5; ++x) EXPECT_EQ(image(x, y, 0), format.lowest + 10 * y + x - 7);
  EXPECT_FALSE(warns(source, "with a loss of detail"));
}

// All but one: the encoder of these tests stops at 12 bits with a sign in JPEG-LS.
std::vector<std::tuple<Coding, Format>> codings_of_formats() {
  std::vector<std::tuple<Coding, Format>> result;
  for (const Coding& coding : lossless)
    for (const Format& format : formats)
      if (std::string_view(coding.name) != "JPEG-LS" || !format.is_signed || format.stored == 16)
        result.emplace_back(coding, format);
  return result;
}

INSTANTIATE_TEST_SUITE_P(All, Codings, testing::ValuesIn(codings_of_formats()));

TEST(LossyCodings, AreWarnedOf) {
  const char* uids[] = {"1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.81"};
  for (const char* uid : uids) {
    const TemporaryFolder folder;
    CtFile ct;
    ct.transfer_syntax = uid;
    ct.first_pixel = 2000;
    write_ct(folder / "a.dcm", ct);
    testing::internal::CaptureStderr();
    const ImageSource source = open_only(folder.path());
    const Image image = source.read(whole(source.geometry)).volume;
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << uid;
    EXPECT_TRUE(warns(source, "with a loss of detail")) << uid;
    // JPEG-LS is near by 2; JPEG of quality 90 keeps such a smooth slope of 34 units to 8.
    EXPECT_NEAR(image(4, 3, 0), 2034 - 1024, 8) << uid;
  }
}

TEST(TransferSyntaxes, OthersAreRefusedBeforePixelsAreLookedAt) {
  for (const char* uid : {"1.2.3.4.5", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.110",
                          "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.92"})
    EXPECT_EQ(known_transfer_syntax(uid), nullptr);
  const TemporaryFolder folder;
  write_ct(folder / "a.dcm", {});
  DicomSeries series = read_catalogue(folder.path()).series.at(0);
  series.slices[0].transfer_syntax_uid = std::string("1.2.840.10008.1.2.4.201");
  EXPECT_ERROR(open_series(series), ErrorKind::unsupported_data,
               "a.dcm: its transfer syntax 1.2.840.10008.1.2.4.201 is not one that is read");
}

// --- numbers -------------------------------------------------------------------------------------

TEST(PixelBits, ThoseThatAreNotUsedDoNotCount) {
  for (const char* uid : {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5"})
    for (const bool is_signed : {false, true}) {
      const TemporaryFolder folder;
      CtFile ct;
      ct.transfer_syntax = uid;
      ct.is_signed = is_signed;
      ct.rubbish = 0xA000;
      ct.first_pixel = 0xF00;  // -256 of 12 bits with a sign
      write_ct(folder / "a.dcm", ct);
      const ImageSource source = open_only(folder.path());
      EXPECT_EQ(source.read({{2, 1, 0}, {2, 1, 0}}).volume(0, 0, 0),
                (is_signed ? -256 : 0xF00) + 12 - 1024)
          << uid;
    }
}

TEST(PixelBits, ThirtyTwoAreRead) {
  const TemporaryFolder folder;
  CtFile ct;
  ct.bits_allocated = ct.bits_stored = 32;
  ct.high_bit = 31;
  ct.first_pixel = 65500;  // plus 34: beyond 16 bits
  write_ct(folder / "a.dcm", ct);
  const ImageSource source = open_only(folder.path());
  EXPECT_EQ(source.read({{4, 3, 0}, {4, 3, 0}}).volume(0, 0, 0), 65534 - 1024);
}

TEST(PixelBits, ThatDoNotFitTogetherAreRefused) {
  for (const auto& [stored, high, words] :
       {std::tuple{12, 15, "stores 12 of 16 bits with the highest at 15"},
        std::tuple{17, 16, "stores 17 of 16 bits"}, std::tuple{0, 0, "stores 0 of 16 bits"}}) {
    const TemporaryFolder folder;
    CtFile ct;
    ct.bits_stored = std::uint16_t(stored);
    ct.high_bit = std::uint16_t(high);
    write_ct(folder / "a.dcm", ct);
    EXPECT_ERROR(open_only(folder.path()), ErrorKind::unsupported_data, words);
  }
}

TEST(Rescale, OtherUnitsAreWarnedOf) {
  const TemporaryFolder folder;
  CtFile ct;
  ct.more = {{"RescaleType", "HU"}};
  write_ct(folder / "a.dcm", ct);
  EXPECT_FALSE(warns(open_only(folder.path()), "RescaleType"));
  ct.more = {{"RescaleType", "Z_EFF"}};
  write_ct(folder / "a.dcm", ct);
  EXPECT_TRUE(warns(open_only(folder.path()), "RescaleType is Z_EFF, not HU"));
  ct.more = {{"RescaleType", "DOE JANE"}};
  write_ct(folder / "a.dcm", ct);
  EXPECT_TRUE(warns(open_only(folder.path()), "RescaleType is another unit, not HU"));
  ct.modality = "PT";
  ct.more = {{"Units", "BQML"}};
  write_ct(folder / "a.dcm", ct);
  EXPECT_TRUE(warns(open_only(folder.path()), "the unit of the intensities is BQML, not SUV"));
}

// --- types of elements ---------------------------------------------------------------------------

/// The file with another type for an element of the data set that has a short length.
void retype(const std::filesystem::path& file, std::uint32_t tag, const std::string& vr) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(stream), {});
  const std::string number = integer_bytes(tag >> 16, 2) + integer_bytes(tag & 0xffff, 2);
  const std::size_t place = bytes.find(number, 132);
  ASSERT_NE(place, std::string::npos);
  bytes.replace(place + 4, 2, vr);
  std::ofstream(file, std::ios::binary) << bytes;
}

const char* const explicit_codings[] = {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2.5",
                                        "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"};

// GDCM, given such a file, ends the program.
TEST(ElementsOfAWrongType, KeepTheirValueIfTheyAreText) {
  for (const char* uid : explicit_codings)
    for (const char* vr : {"AE", "LO", "SH", "CS"}) {
      const TemporaryFolder folder;
      CtFile ct;
      ct.transfer_syntax = uid;
      write_ct(folder / "a.dcm", ct);
      retype(folder / "a.dcm", 0x00281052, vr);  // RescaleIntercept
      const Image image = read_whole(read_catalogue(folder.path()).series.at(0));
      EXPECT_EQ(image(4, 3, 0), 34 - 1024) << uid << " " << vr;
    }
}

TEST(ElementsOfAWrongType, EndAsAnErrorOrAsTheValue) {
  const std::uint32_t tags[] = {0x00080060, 0x00200032, 0x00200037, 0x00280002, 0x00280004,
                                0x00280010, 0x00280011, 0x00280030, 0x00280100, 0x00280101,
                                0x00280102, 0x00280103, 0x00281052, 0x00281053};
  for (const char* uid : explicit_codings)
    for (const std::uint32_t tag : tags)
      for (const char* vr : {"AE", "AT", "DA", "FD", "IS", "SS", "UI", "UL", "US", "??"}) {
        const TemporaryFolder folder;
        CtFile ct;
        ct.transfer_syntax = uid;
        write_ct(folder / "a.dcm", ct);
        retype(folder / "a.dcm", tag, vr);
        const DicomCatalogue catalogue = read_catalogue(folder.path());
        if (catalogue.series.empty()) continue;  // left out, and said so
        SCOPED_TRACE(testing::Message() << uid << ", " << std::hex << tag << " as " << vr);
        try {
          EXPECT_EQ(read_whole(catalogue.series[0])(4, 3, 0), 34 - 1024);
        } catch (const Error& error) {
          EXPECT_NE(std::string(error.what()).find("a.dcm"), std::string::npos) << error.what();
        }
      }
}

// --- frames --------------------------------------------------------------------------------------

class Frames : public testing::Test {
 protected:
  Frames() {
    for (const int z : {2, 0, 1})  // the order of frames tells nothing
      image_.frames.push_back(
          {"10\\20\\" + std::to_string(30 + 3 * z), std::uint16_t(100 * z), "", 0});
  }

  ImageSource open_written() {
    write_enhanced(folder_ / "a.dcm", image_);
    return open_only(folder_.path());
  }

  TemporaryFolder folder_;
  EnhancedFile image_;
};

TEST_F(Frames, AreSlices) {
  for (const char* uid :
       {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5",
        "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"}) {
    image_.transfer_syntax = uid;
    const ImageSource source = open_written();
    EXPECT_EQ(source.geometry.size, (Index3{5, 4, 3}));
    EXPECT_EQ(source.geometry.spacing_mm, (Vector3{1, 2, 3}));
    EXPECT_EQ(source.geometry.origin_mm, (Vector3{10, 20, 30}));
    const Image image = source.read(whole(source.geometry)).volume;
    for (int z = 0; z < 3; ++z)
      for (int y = 0; y < 4; ++y)
        for (int x = 0; x < 5; ++x) EXPECT_EQ(image(x, y, z), 100 * z + 10 * y + x - 1024) << uid;
  }
}

TEST_F(Frames, HaveTheRescaleOfTheirOwn) {
  image_.frames[0].slope = "2";
  const ImageSource source = open_written();
  EXPECT_EQ(source.read({{1, 0, 2}, {1, 0, 2}}).volume(0, 0, 0), 2 * 201 - 1024);
  EXPECT_EQ(source.read({{1, 0, 1}, {1, 0, 1}}).volume(0, 0, 0), 101 - 1024);
}

TEST_F(Frames, AreNamedInMessages) {
  image_.frames[2].position = "10\\20\\nan";
  EXPECT_ERROR(open_written(), ErrorKind::unsupported_data,
               "a.dcm, frame 3: ImagePositionPatient is absent");
}

TEST_F(Frames, WhoseNumberLiesAreRefused) {
  image_.stated_frames = "2";
  EXPECT_ERROR(open_written(), ErrorKind::unsupported_data, "is a multi-frame image of");
  for (const char* stated : {"4", "2000000000"}) {  // more than the bytes of the file
    image_.stated_frames = stated;
    write_enhanced(folder_ / "a.dcm", image_);
    const DicomCatalogue catalogue = read_catalogue(folder_.path());
    ASSERT_EQ(catalogue.left_out.size(), 1u);
    EXPECT_NE(catalogue.left_out[0].reason.find(std::string("in ") + stated + " frames"),
              std::string::npos)
        << catalogue.left_out[0].reason;
  }
}

TEST_F(Frames, ThatAreDeflatedOrColouredAreRefused) {
  image_.transfer_syntax = "1.2.840.10008.1.2.1.99";
  EXPECT_ERROR(open_written(), ErrorKind::unsupported_data, "is a deflated multi-frame image");
  image_.transfer_syntax = "";
  image_.presentation = "COLOR";
  EXPECT_ERROR(open_written(), ErrorKind::unsupported_data, "holds colours");
}

TEST_F(Frames, ThatAreCutShortAreRefused) {
  for (const char* uid : {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.70",
                          "1.2.840.10008.1.2.4.80"}) {
    image_.transfer_syntax = uid;
    write_enhanced(folder_ / "a.dcm", image_);
    const auto length = std::filesystem::file_size(folder_ / "a.dcm");
    std::filesystem::resize_file(folder_ / "a.dcm", length - 20);  // within the last frame
    SCOPED_TRACE(uid);
    const DicomCatalogue catalogue = read_catalogue(folder_.path());
    if (catalogue.series.empty())  // found by the header already
      EXPECT_EQ(catalogue.left_out.at(0).reason.find("a DICOM file that"), 0u);
    else
      EXPECT_ERROR(read_whole(catalogue.series.at(0)), ErrorKind::unreadable_file, "a.dcm, frame");
  }
}

// GDCM divides by the number of segments, which is the first of a frame's numbers.
TEST_F(Frames, OfRunLengthsWithoutSegmentsAreRefused) {
  image_.transfer_syntax = "1.2.840.10008.1.2.5";
  write_enhanced(folder_ / "a.dcm", image_);
  const DicomSeries series = read_catalogue(folder_.path()).series.at(0);
  std::fstream file(folder_ / "a.dcm", std::ios::binary | std::ios::in | std::ios::out);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const std::string head = integer_bytes(2, 4) + integer_bytes(64, 4);
  file.seekp(std::streamoff(bytes.rfind(head)));  // of the last frame
  file.put('\0');
  file.close();
  EXPECT_ERROR(read_whole(series), ErrorKind::unreadable_file, "a.dcm, frame");
}

TEST(CodeStreams, OfAnotherSizeThanTheHeaderAreRefused) {
  for (const char* uid :
       {"1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"}) {
    const TemporaryFolder folder;
    CtFile ct;
    ct.transfer_syntax = uid;
    write_ct(folder / "a.dcm", ct);
    DicomSeries series = read_catalogue(folder.path()).series.at(0);
    series.slices[0].rows = series.slices[0].columns = 100;
    SCOPED_TRACE(uid);
    EXPECT_ERROR(read_whole(series), ErrorKind::unreadable_file, "a.dcm: the pixels cannot");
  }
}

TEST(FilesThatAreCutShort, AreRefused) {
  for (const Coding& coding : lossless)
    for (const std::uintmax_t cut : {12, 20, 30}) {
      const TemporaryFolder folder;
      CtFile ct;
      ct.transfer_syntax = coding.uid;
      write_ct(folder / "a.dcm", ct);
      std::filesystem::resize_file(folder / "a.dcm",
                                   std::filesystem::file_size(folder / "a.dcm") - cut);
      const DicomCatalogue catalogue = read_catalogue(folder.path());
      if (catalogue.series.empty()) continue;  // found by the header already
      SCOPED_TRACE(coding.name + std::to_string(cut));
      EXPECT_ERROR(read_whole(catalogue.series.at(0)), ErrorKind::unreadable_file, "a.dcm");
    }
}

// The same three slices as single-frame files and as a legacy converted object.
TEST(FramesOfARealObject, AreThoseOfItsSingleFrames) {
  REFERENCE_DATA_OR_SKIP(folder, "dicom/tiny_24x38x3");
  const ImageSource single = open_only(folder / "ct"), multi = open_only(folder / "ct_enhanced");
  EXPECT_EQ(multi.geometry, single.geometry);
  const Image a = single.read(whole(single.geometry)).volume;
  const Image b = multi.read(whole(multi.geometry)).volume;
  EXPECT_TRUE(std::ranges::equal(a.voxels(), b.voxels()));
}

}  // namespace
}  // namespace radiomics
