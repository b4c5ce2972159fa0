#include "radiomics/io/gdcm_decoder.h"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/dicom_bytes.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

using Bytes = std::vector<unsigned char>;

const std::string extended = "1.2.840.10008.1.2.4.51", lossless = "1.2.840.10008.1.2.4.57",
                  jpeg_ls = "1.2.840.10008.1.2.4.80", jpeg2000 = "1.2.840.10008.1.2.4.90";
const std::string coded[] = {run_length_uid, extended, lossless, jpeg_uid, jpeg_ls};

/// The content of an item that begins at a place, which moves behind it.
std::string take_item(const std::string& bytes, std::size_t& place) {
  std::uint32_t length = 0;
  for (std::size_t i = 8; i-- > 4;) length = length << 8 | std::uint8_t(bytes.at(place + i));
  place += 8 + length;
  return bytes.substr(place - length, length);
}

/// The compressed frame of a file: the fragment behind the table of offsets.
Bytes first_fragment(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(stream), {});
  const std::string head = element_head(0x7fe00010, "OB", no_length);
  std::size_t place = bytes.find(head) + head.size();
  take_item(bytes, place);
  const std::string fragment = take_item(bytes, place);
  return {fragment.begin(), fragment.end()};
}

/// 5 x 4 pixels of 12 bits: 10 y + x.
Bytes code_stream(const std::string& transfer_syntax_uid) {
  const TemporaryFolder folder;
  CtFile ct;
  ct.transfer_syntax = transfer_syntax_uid;
  ct.intercept = "0";  // or a lossy encoder changes what is stored
  write_ct(folder / "a.dcm", ct);
  return first_fragment(folder / "a.dcm");
}

FrameFormat format_of(const std::string& transfer_syntax_uid) {
  return {transfer_syntax_uid, 4, 5, 16, 12, 11, false};
}

/// Decodes, and sees to it that nothing is written on standard error.
std::vector<char> decoded(const Bytes& stream, const FrameFormat& format) {
  testing::internal::CaptureStderr();
  std::vector<char> pixels = decode_frame(stream, format);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << format.transfer_syntax_uid;
  return pixels;
}

TEST(DecodeFrame, GivesThePixels) {
  for (const std::string& uid : coded) {
    const std::vector<char> pixels = decoded(code_stream(uid), format_of(uid));
    ASSERT_EQ(pixels.size(), 40u) << uid;
    for (int i = 0; i < 20; ++i) {
      const int value = std::uint8_t(pixels[2 * i]) | std::uint8_t(pixels[2 * i + 1]) << 8;
      // JPEG of quality 90 keeps a slope of 34 units to 8.
      EXPECT_NEAR(value, 10 * (i / 5) + i % 5, uid == extended ? 8 : 0) << uid;
    }
  }
}

TEST(DecodeFrame, RefusesStreamsOfAnotherSize) {
  for (const std::string& uid : coded) {
    const Bytes stream = code_stream(uid);
    FrameFormat wider = format_of(uid), higher = format_of(uid), swapped = format_of(uid);
    wider.columns = 6;
    higher.rows = 400;
    swapped.rows = 5;
    swapped.columns = 4;
    EXPECT_TRUE(decoded(stream, higher).empty()) << uid;
    if (uid == run_length_uid) continue;  // states no size: all of it, or less than enough
    EXPECT_TRUE(decoded(stream, wider).empty()) << uid;
    EXPECT_TRUE(decoded(stream, swapped).empty()) << uid;
  }
}

TEST(DecodeFrame, RefusesStreamsOfMoreBitsThanAPixelHas) {
  for (const std::string& uid : coded) {
    FrameFormat format = format_of(uid);
    format.bits_allocated = format.bits_stored = 8;
    format.high_bit = 7;
    EXPECT_TRUE(decoded(code_stream(uid), format).empty()) << uid;
  }
}

TEST(DecodeFrame, RefusesWhatIsNoStream) {
  for (const std::string& uid : coded) {
    EXPECT_TRUE(decoded({}, format_of(uid)).empty()) << uid;
    EXPECT_TRUE(decoded(Bytes(100, 'x'), format_of(uid)).empty()) << uid;
  }
}

/// The stream with a segment behind its first marker.
Bytes with_segment(Bytes stream, unsigned char marker, const std::string& text) {
  Bytes segment{0xff, marker, 0, static_cast<unsigned char>(text.size() + 2)};
  segment.insert(segment.end(), text.begin(), text.end());
  stream.insert(stream.begin() + 2, segment.begin(), segment.end());
  return stream;
}

// GDCM ends the program at some of these.
TEST(DecodeFrame, DoesNotLookAtCommentsAndApplications) {
  for (const std::string& uid : coded) {
    if (uid == run_length_uid) continue;
    const Bytes stream = code_stream(uid);
    const std::vector<char> pixels = decoded(stream, format_of(uid));
    for (const char* text : {"", "JFIF", "Adobe", "mrfx", "\xff\xd9"})
      for (const int marker : {0xe0, 0xe8, 0xee, 0xfe})
        EXPECT_EQ(decoded(with_segment(stream, std::uint8_t(marker), text), format_of(uid)), pixels)
            << uid << " " << text;
  }
}

/// What a decoder makes of damaged pixels may be anything; but it comes back, with all or nothing.
void expect_all_or_nothing(const Bytes& stream, const FrameFormat& format) {
  const std::vector<char> pixels = decode_frame(stream, format);
  EXPECT_TRUE(pixels.empty() || pixels.size() == format.byte_count()) << pixels.size();
}

TEST(DecodeFrame, ComesBackFromDamagedStreams) {
  for (const std::string& uid : coded) {
    SCOPED_TRACE(uid);
    const Bytes stream = code_stream(uid);
    for (std::size_t i = 0; i < stream.size(); ++i) {
      expect_all_or_nothing({stream.begin(), stream.begin() + std::ptrdiff_t(i)}, format_of(uid));
      for (const unsigned char wrong : {0x00, 0x01, 0x80, 0xff}) {
        Bytes damaged = stream;
        damaged[i] ^= wrong == 0 ? damaged[i] : wrong;
        expect_all_or_nothing(damaged, format_of(uid));
      }
    }
  }
}

TEST(DecodeFrame, RefusesStreamsThatAreCutShort) {
  for (const std::string& uid : {extended, lossless, jpeg_uid, jpeg_ls}) {
    const Bytes stream = code_stream(uid);
    for (const std::size_t missing : {4, 8, 20})  // the end, its padding, and more
      EXPECT_TRUE(
          decoded({stream.begin(), stream.end() - std::ptrdiff_t(missing)}, format_of(uid)).empty())
          << uid;
  }
}

// GDCM divides by the number of segments.
TEST(DecodeFrame, RefusesRunLengthsOfAnotherNumberOfSegments) {
  Bytes stream = code_stream(run_length_uid);
  ASSERT_EQ(stream.at(0), 2);  // two bytes of a pixel
  for (const int segments : {0, 1, 3, 15, 255}) {
    stream[0] = std::uint8_t(segments);
    EXPECT_TRUE(decoded(stream, format_of(run_length_uid)).empty()) << segments;
  }
}

// A header of 5 x 4 pixels of 12 bits, and nothing but the end.
TEST(DecodeFrame, RefusesAJpeg2000ThatHoldsNoPixels) {
  const unsigned char tile = 5, rows = 4, columns = 5;
  Bytes stream{0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0, 0, 0, 0, columns, 0, 0, 0, rows};
  stream.insert(stream.end(), {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, tile, 0, 0, 0, tile});
  stream.insert(stream.end(), {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 11, 1, 1, 0xff, 0xd9});
  EXPECT_TRUE(decode_frame(stream, format_of(jpeg2000)).empty());  // OpenJPEG speaks
}

}  // namespace
}  // namespace radiomics
