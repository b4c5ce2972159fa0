#include "radiomics/io/codestream.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

using namespace std::string_literals;

std::vector<unsigned char> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

std::string big_endian(std::uint32_t value, int count) {
  std::string bytes;
  for (int i = count - 1; i >= 0; --i) bytes += char(value >> (8 * i) & 0xff);
  return bytes;
}

/// A segment of JPEG: its length counts itself. \source ISO/IEC 10918-1, B.1.1.4
std::string segment(unsigned marker, const std::string& content) {
  return '\xff' + std::string(1, char(marker)) + big_endian(std::uint32_t(content.size() + 2), 2) +
         content;
}

/// A frame header: bits, rows, columns and one component. \source ISO/IEC 10918-1, B.2.2
std::string frame(unsigned marker = 0xc3) {
  return segment(marker, "\x0c"s + big_endian(300, 2) + big_endian(5, 2) + "\1\1\x11\0"s);
}

const std::string start = "\xff\xd8", end = "\xff\xd9";
const std::string comment = segment(0xfe, "Secret^Name"), application = segment(0xe1, "Exif\0\0"s);
const std::string scan = segment(0xda, "\1\1\0\1\0\0"s) + "\xff\0 bits"s;
const std::string jpeg = start + frame() + scan + end;

/// Marker and segment SIZ: capabilities, width and height of the grid, where the image begins in
/// it, two tile sizes and offsets, components, bits - 1. \source ISO/IEC 15444-1, A.5.1
std::string jpeg2000(std::uint32_t first_x = 2, char bits = '\x0b') {
  std::string siz = big_endian(0, 2);
  for (const std::uint32_t number : {7u, 310u, first_x, 10u, 7u, 310u, 0u, 0u})
    siz += big_endian(number, 4);
  siz += big_endian(1, 2) + bits + "\1\1"s;
  return "\xff\x4f" + segment(0x51, siz) + "the rest" + end;
}

// --- without_comments ----------------------------------------------------------------------------

std::string kept(const std::string& stream) {
  const auto result = without_comments(bytes_of(stream));
  return {result.begin(), result.end()};
}

TEST(WithoutComments, LeavesSegmentsForApplicationsAndPeopleOut) {
  EXPECT_EQ(kept(jpeg), jpeg);
  EXPECT_EQ(kept(start + comment + frame() + scan + end), jpeg);
  EXPECT_EQ(kept(start + application + comment + frame() + comment + scan + end), jpeg);
  for (unsigned marker = 0xe0; marker <= 0xef; ++marker)
    EXPECT_EQ(kept(start + segment(marker, "JFIF") + frame() + scan + end), jpeg) << marker;
  EXPECT_EQ(kept(start + segment(0xe0, "") + frame() + scan + end), jpeg);
}

TEST(WithoutComments, KeepsAllOtherSegments) {
  for (const unsigned marker : {0xc0u, 0xc4u, 0xcfu, 0xdbu, 0xddu, 0xf7u, 0xf8u}) {
    const std::string stream = start + segment(marker, "table") + frame() + scan + end;
    EXPECT_EQ(kept(stream), stream) << marker;
  }
}

TEST(WithoutComments, KeepsWhatFollowsTheFirstScanAsItIs) {
  const std::string two_scans = start + frame() + scan + comment + scan + end;
  EXPECT_EQ(kept(two_scans), two_scans);
}

TEST(WithoutComments, DropsFillersBeforeMarkers) {
  EXPECT_EQ(kept(start + "\xff\xff\xff" + frame() + "\xff" + scan + end), jpeg);
}

TEST(WithoutComments, RefusesWhatIsNotOneMarkerAfterTheOther) {
  EXPECT_EQ(kept(""), "");
  EXPECT_EQ(kept(start), "");
  EXPECT_EQ(kept("no stream at all" + end), "");
  EXPECT_EQ(kept(start + " " + frame() + scan + end), "");
  EXPECT_EQ(kept(start + frame() + end), "");                              // no scan
  EXPECT_EQ(kept(start + frame() + "\xff\xe0\xff\xff" + scan + end), "");  // beyond the end
  for (const char* length : {"\0\0", "\0\1"})  // less than the length itself
    EXPECT_EQ(kept(start + "\xff\xe0" + std::string(length, 2) + frame() + scan + end), "");
  for (const unsigned marker : {0x01u, 0xbfu, 0xd0u, 0xd8u, 0xd9u})  // none with a length
    EXPECT_EQ(kept(start + segment(marker, "ab") + frame() + scan + end), "") << marker;
}

TEST(WithoutComments, NeedsTheMarkerOfTheEnd) {
  EXPECT_EQ(kept(start + frame() + scan), "");
  EXPECT_EQ(kept(jpeg.substr(0, jpeg.size() - 1)), "");
  EXPECT_EQ(kept(jpeg + "ab"), "");
  EXPECT_EQ(kept(jpeg + "a\0"s).size(), jpeg.size() + 2);  // any byte, then zeros
}

TEST(WithoutComments, TakesPaddingBehindTheEnd) {
  for (const std::string& padding : {"\0"s, "\0\0\0"s, "\xff"s, "\xff\xff"s, "\0\xff"s, "a"s}) {
    EXPECT_EQ(kept(jpeg + padding), jpeg + padding);
    EXPECT_EQ(kept(jpeg2000() + padding), jpeg2000() + padding);
  }
}

TEST(WithoutComments, LeavesJpeg2000AsItIs) {
  const std::string stream = jpeg2000();
  EXPECT_EQ(kept(stream), stream);
  EXPECT_EQ(kept(stream.substr(0, stream.size() - 2)), "");  // no end
  EXPECT_EQ(kept("\xff\x4f"), "");
}

// --- codestream_head -----------------------------------------------------------------------------

std::optional<CodestreamHead> head_of(const std::string& stream, const std::string& before = "") {
  ByteWindow bytes(bytes_of(before + stream + "behind the end"));
  return codestream_head(bytes, before.size(), before.size() + stream.size());
}

void expect_head(const std::string& stream, unsigned marker) {
  for (const std::string& before : {""s, "fragment"s, std::string(20000, '\xff')}) {
    const auto head = head_of(stream, before);
    ASSERT_TRUE(head) << marker;
    EXPECT_EQ(head->marker, marker);
    EXPECT_EQ(head->bits, 12u);
    EXPECT_EQ(head->rows, 300u);
    EXPECT_EQ(head->columns, 5u);
    EXPECT_EQ(head->components, 1u);
  }
}

TEST(CodestreamHead, IsThatOfTheFrame) {
  expect_head(jpeg, 0xc3);
  for (const unsigned marker : {0xc0u, 0xc1u, 0xcfu, 0xf7u})
    expect_head(start + frame(marker) + scan + end, marker);
  expect_head(start + application + comment + "\xff\xff" + frame() + scan + end, 0xc3);
  expect_head(start + segment(0xc4, std::string(60000, 'x')) + frame(0xf7) + scan + end, 0xf7);
  expect_head(jpeg2000(), 0x51);
}

TEST(CodestreamHead, IsNoTable) {
  for (const unsigned table : {0xc4u, 0xc8u, 0xccu})
    EXPECT_FALSE(head_of(start + frame(table) + scan + end)) << table;
}

TEST(CodestreamHead, OfJpeg2000LeavesOutWhatLiesBesideTheImage) {
  EXPECT_EQ(head_of(jpeg2000(0))->columns, 7u);
  EXPECT_EQ(head_of(jpeg2000(7))->columns, 0u);
  EXPECT_FALSE(head_of(jpeg2000(8)));                  // begins behind its end
  EXPECT_EQ(head_of(jpeg2000(2, '\x8b'))->bits, 12u);  // with a sign
}

TEST(CodestreamHead, IsAbsentWhereTheStreamIsNone) {
  EXPECT_FALSE(head_of("plain pixels, which have no header at all"));
  EXPECT_FALSE(head_of(""));
  EXPECT_FALSE(head_of(start + scan + frame() + end));  // behind the scan
  EXPECT_FALSE(head_of(start + "ab" + frame() + scan + end));
  EXPECT_FALSE(head_of(start + "\xff\xe0\xff\xff" + frame() + scan + end));
  const std::string whole = start + comment + frame();
  for (std::size_t length = 0; length < whole.size() - 3; ++length)
    EXPECT_FALSE(head_of(whole.substr(0, length))) << length;
}

TEST(CodestreamHead, IsAbsentWhereMemoryEnds) {
  for (const std::string& stream : {start + frame(), jpeg2000()})
    for (std::size_t length = 0; length < 12; ++length) {
      ByteWindow bytes(bytes_of(stream.substr(0, length)));
      EXPECT_FALSE(codestream_head(bytes, 0, 1000)) << length;
    }
}

// --- has_run_length_head -------------------------------------------------------------------------

/// The header of a frame in RLE, and 36 bytes of its segments. \source DICOM PS3.5, G.5
std::string run_lengths(const std::vector<std::uint32_t>& numbers) {
  std::string head;
  for (const std::uint32_t number : numbers)
    for (int i = 0; i < 4; ++i) head += char(number >> (8 * i) & 0xff);
  head.resize(64);
  return head + std::string(36, 'x');
}

bool is_run_length(const std::string& frame, double segments, const std::string& before = "") {
  ByteWindow bytes(bytes_of(before + frame + "behind the end"));
  return has_run_length_head(bytes, before.size(), before.size() + frame.size(), segments);
}

TEST(HasRunLengthHead, WhereSegmentsLieInOrderInTheFrame) {
  EXPECT_TRUE(is_run_length(run_lengths({1, 64}), 1));
  EXPECT_TRUE(is_run_length(run_lengths({2, 64, 80}), 2));
  EXPECT_TRUE(is_run_length(run_lengths({2, 64, 80}), 2, "table of offsets"));
  EXPECT_FALSE(is_run_length(run_lengths({2, 63, 80}), 2));   // in the header
  EXPECT_FALSE(is_run_length(run_lengths({2, 80, 64}), 2));   // in another order
  EXPECT_FALSE(is_run_length(run_lengths({2, 64, 101}), 2));  // behind the end
  EXPECT_FALSE(is_run_length(run_lengths({2, 64}), 2));       // nowhere
}

TEST(HasRunLengthHead, WhereThereAreAsManySegmentsAsBytes) {
  for (const std::uint32_t stated : {0u, 1u, 3u, 16u, 0x40000002u, 0xffffffffu})
    EXPECT_FALSE(is_run_length(run_lengths({stated, 64, 80, 90}), 2)) << stated;
  EXPECT_FALSE(is_run_length(run_lengths({2, 64, 80}), 1.5));
  EXPECT_FALSE(is_run_length(run_lengths({2, 64, 80}).substr(0, 63), 2));
  EXPECT_FALSE(is_run_length("", 0));
}

}  // namespace
}  // namespace radiomics
