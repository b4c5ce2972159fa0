#include "radiomics/io/dicom_guard.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_items.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/packed.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

/// What the guard says of a file of these bytes; "" if nothing. What it lets through DCMTK must
/// read or refuse, and come back.
std::string damage(const std::string& bytes) {
  const TemporaryFolder folder;
  const auto file = folder.write("file.dcm", bytes);
  const std::string reason = dicom_damage(file).value_or("");
  std::string problem;
  const auto read = DicomFile::read(file, DicomPart::all, problem);
  EXPECT_TRUE(reason.empty() || problem == reason) << problem;
  return reason;
}

/// Whether DCMTK reads what the guard lets through.
bool is_read(const std::string& bytes) {
  const TemporaryFolder folder;
  std::string problem;
  const auto file = folder.write("file.dcm", bytes);
  return DicomFile::read(file, DicomPart::all, problem).has_value();
}

#define EXPECT_DAMAGE(bytes, part)                                             \
  do {                                                                         \
    const std::string reason_ = damage(bytes);                                 \
    EXPECT_NE(reason_.find(part), std::string::npos) << "'" << reason_ << "'"; \
    EXPECT_EQ(reason_.find('\n'), std::string::npos);                          \
  } while (false)

const std::string modality = element(0x00080060, "CS", "CT");
const std::string name_of_a_person = element(0x00100010, "PN", "Secret^Name ");

struct Image {
  std::uint16_t rows = 2;
  std::uint16_t columns = 3;
  std::uint16_t bits = 16;
  std::uint16_t samples = 1;
  std::string frames{};

  /// The elements that describe the pixels.
  std::string header(DicomEncoding encoding = explicit_little) const {
    return element(0x00080060, "CS", "CT", encoding) +
           short_element(0x00280002, samples, encoding) +
           (frames.empty() ? "" : element(0x00280008, "IS", frames, encoding)) +
           short_element(0x00280010, rows, encoding) +
           short_element(0x00280011, columns, encoding) + short_element(0x00280100, bits, encoding);
  }
};

std::string pixels(std::size_t count, DicomEncoding encoding = explicit_little) {
  return element(0x7fe00010, "OW", std::string(count, '\1'), encoding);
}

/// Compressed pixels: the table of offsets, then the fragments.
std::string fragments(const std::vector<std::string>& values) {
  std::string bytes = element_head(0x7fe00010, "OB", no_length) + item("");
  for (const std::string& value : values) bytes += item(value);
  return bytes + sequence_end();
}

TEST(DicomGuard, LetsEveryEncodingThrough) {
  EXPECT_TRUE(is_read(dicom_file(Image{}.header() + pixels(12))));
  EXPECT_TRUE(is_read(dicom_file(Image{}.header(implicit_little) + pixels(12, implicit_little),
                                 implicit_little_uid)));
  EXPECT_TRUE(is_read(
      dicom_file(Image{}.header(explicit_big) + pixels(12, explicit_big), explicit_big_uid)));
  EXPECT_TRUE(is_read(dicom_file(deflated(Image{}.header() + pixels(12)), deflated_uid)));
  const std::string no_meta_header = Image{}.header() + pixels(200);
  EXPECT_TRUE(is_read(no_meta_header));
  std::string preamble(128, '\0');
  preamble += "DICM";
  EXPECT_TRUE(is_read(preamble + no_meta_header));
  // A transfer syntax that nobody knows: the reader looks at the elements.
  EXPECT_TRUE(is_read(dicom_file(Image{}.header(implicit_little), "1.2.3.4.5")));
}

TEST(DicomGuard, LetsHarmlessOdditiesThrough) {
  EXPECT_TRUE(is_read(dicom_file(modality + element(0x00100020, "LO", "odd"))));
  EXPECT_TRUE(is_read(dicom_file(modality + element(0x00080000, "UL", "\4\0\0\0"))));
  EXPECT_TRUE(is_read(dicom_file(name_of_a_person + modality)));  // not in order
  EXPECT_TRUE(is_read(dicom_file(modality + modality)));
  EXPECT_TRUE(is_read(dicom_file(modality + std::string(512, '\0'))));  // padded
  EXPECT_TRUE(is_read(dicom_file(modality + element(0x00091001, "UN", "\1\2\3\4"))));
  EXPECT_TRUE(is_read(dicom_file(modality + element(0x00091001, "??", "\1\2"))));
}

TEST(DicomGuard, RefusesWhatIsNoFile) {
  EXPECT_DAMAGE("", "is empty");
  EXPECT_DAMAGE(dicom_file(""), "ends with its meta header");
  EXPECT_NE(dicom_damage("/nowhere/file.dcm").value_or("").find("cannot be opened"),
            std::string::npos);
}

TEST(DicomGuard, BoundsLengthsByTheFile) {
  const std::string start = modality + element_head(0x7fe00010, "OW", 0xfffffffe);
  EXPECT_DAMAGE(dicom_file(start + std::string(1000, '\0')),
                "element (7FE0,0010) claims 4294967294 bytes, 1000 are left");
  const std::string complete = dicom_file(modality + name_of_a_person);
  EXPECT_EQ(damage(complete), "");
  for (std::size_t missing = 1; missing < name_of_a_person.size(); ++missing)
    EXPECT_DAMAGE(complete.substr(0, complete.size() - missing), "is cut short");
}

TEST(DicomGuard, SaysNothingOfWhatTheFileHolds) {
  const std::string bytes = dicom_file(name_of_a_person + element_head(0x00100020, "LO", 99));
  EXPECT_DAMAGE(bytes, "(0010,0020)");
  EXPECT_EQ(damage(bytes).find("Secret"), std::string::npos);
}

TEST(DicomGuard, BoundsLengthsByWhatHoldsTheElement) {
  const std::string inner = element(0x0008103e, "LO", "text");
  const auto sequence = [&](std::uint32_t item_length, std::uint32_t sequence_length) {
    return dicom_file(element_head(0x00081140, "SQ", sequence_length) +
                      element_head(0xfffee000, "", item_length) + inner + modality);
  };
  const auto length = std::uint32_t(inner.size());
  EXPECT_EQ(damage(sequence(length, length + 8)), "");
  EXPECT_DAMAGE(sequence(length - 1, length + 7), "element (0008,103E) claims 4 bytes, 3 are left");
  EXPECT_DAMAGE(sequence(length + 1, length + 8), "an item claims");
  EXPECT_DAMAGE(sequence(length, 4000), "element (0008,1140) claims 4000 bytes");
}

TEST(DicomGuard, NeedsDelimitersWhereThereAreNoLengths) {
  const std::string whole = open_sequence(0x00081140, modality);
  EXPECT_TRUE(is_read(dicom_file(whole)));
  EXPECT_DAMAGE(dicom_file(whole.substr(0, whole.size() - 8)), "cut short inside a sequence");
  EXPECT_DAMAGE(dicom_file(whole.substr(0, whole.size() - 16)), "cut short inside a sequence");
  EXPECT_DAMAGE(dicom_file(modality + item_end()), "a delimiter stands where");
  EXPECT_DAMAGE(dicom_file(element_head(0x00081140, "SQ", no_length) + modality),
                "an item must be");
  EXPECT_DAMAGE(dicom_file(element_head(0x00080060, "UT", no_length) + "CT"), "has no length");
}

/// Sequences inside each other, each with a length or with delimiters.
std::string nested(int depth, bool open, DicomEncoding encoding, std::uint32_t tag = 0x00081140) {
  std::string bytes;
  for (int i = 0; i < depth; ++i)
    bytes = open ? open_sequence(tag, bytes, encoding)
                 : element(tag, "SQ", item(bytes, encoding), encoding);
  return bytes;
}

TEST(DicomGuard, BoundsNesting) {
  for (const bool open : {true, false})
    for (const DicomEncoding encoding : {explicit_little, implicit_little, explicit_big}) {
      const std::string uid = encoding.big_endian    ? explicit_big_uid
                              : encoding.explicit_vr ? explicit_little_uid
                                                     : implicit_little_uid;
      EXPECT_TRUE(is_read(dicom_file(nested(32, open, encoding), uid)));
      EXPECT_DAMAGE(dicom_file(nested(33, open, encoding), uid), "nested deeper than 32 sequences");
    }
}

// Only a dictionary of private elements, or a look at the bytes, tells that these are sequences.
TEST(DicomGuard, BoundsNestingOfPrivateSequences) {
  const std::string deep = nested(33, false, implicit_little, 0x00091001);
  EXPECT_DAMAGE(dicom_file(deep, implicit_little_uid), "nested deeper");
  EXPECT_DAMAGE(dicom_file(element(0x00091001, "UN", item(deep, implicit_little))),
                "nested deeper");
  const std::string open = nested(33, true, implicit_little, 0x00091001);
  EXPECT_DAMAGE(dicom_file(element_head(0x00091001, "UN", no_length) + item(open, implicit_little) +
                           sequence_end()),
                "nested deeper");
}

// What only looks like a sequence is passed over, as DCMTK does.
TEST(DicomGuard, TakesBytesThatAreNoSequenceAsTheyAre) {
  const std::string odd = item("four") + "not an item";
  EXPECT_TRUE(is_read(dicom_file(modality + element(0x00091001, "UN", odd) + name_of_a_person)));
  const std::string inner = element(0x00091001, "", odd, implicit_little);
  EXPECT_TRUE(is_read(
      dicom_file(element(0x00091002, "", item(inner), implicit_little), implicit_little_uid)));
}

TEST(DicomGuard, BoundsTheWorkOfSorting) {
  const auto descending = [](int count) {
    std::string bytes;
    for (int i = count; i > 0; --i) bytes += element(0x00110000 + std::uint32_t(i), "LO", "");
    return dicom_file(bytes);
  };
  EXPECT_TRUE(is_read(descending(1000)));
  EXPECT_DAMAGE(descending(60000), "in no order");
}

TEST(DicomGuard, ComparesPixelsWithTheirDescription) {
  EXPECT_EQ(damage(dicom_file(Image{}.header() + pixels(12))), "");
  EXPECT_EQ(damage(dicom_file(Image{}.header() + pixels(14))), "");
  EXPECT_DAMAGE(dicom_file(Image{}.header() + pixels(11)),
                "3x2 pixels of 16 bits in 1 frames take 12 bytes, 11 are there");
  const Image huge{.rows = 65535, .columns = 65535};
  EXPECT_DAMAGE(dicom_file(huge.header() + pixels(12)), "8589672450 bytes, 12 are there");
  const Image frames{.frames = "2000000000"};
  EXPECT_DAMAGE(dicom_file(frames.header() + pixels(12)), "in 2000000000 frames");
  const Image bits{.rows = 3, .bits = 1, .frames = "3 "};  // 27 bits
  EXPECT_EQ(damage(dicom_file(bits.header() + pixels(4))), "");
  EXPECT_DAMAGE(dicom_file(bits.header() + pixels(3)), "take 4 bytes, 3 are there");
}

/// The start of a JPEG of a size, up to its frame header.
std::string jpeg(std::uint16_t rows, std::uint16_t columns) {
  using namespace std::string_literals;
  return "\xff\xd8\xff\xe0\0\4xx\xff\xc3\0\x0b\x10"s + integer_bytes(rows, 2, true) +
         integer_bytes(columns, 2, true) + "\1\1\x11\0"s;
}

TEST(DicomGuard, ComparesCompressedPixelsWithTheirDescription) {
  const auto file = [](const Image& image, const std::vector<std::string>& values) {
    return dicom_file(image.header() + fragments(values), jpeg_uid);
  };
  EXPECT_EQ(damage(file({}, {jpeg(2, 3)})), "");
  EXPECT_DAMAGE(file({}, {jpeg(2, 65535)}), "65535x2 with 1 values each, its header says 3x2");
  EXPECT_DAMAGE(file({}, {std::string(100, '\1')}), "its compressed pixels are none");
  std::string baseline = jpeg(2, 3), deep = jpeg(2, 3);
  baseline[9] = '\xc0';
  EXPECT_DAMAGE(file({}, {baseline}), "in another way than its transfer syntax says");
  deep[12] = 17;
  EXPECT_DAMAGE(file({}, {deep}), "have 17 bits, its header says 16");
  EXPECT_DAMAGE(file({}, {}), "no compressed pixels");
  EXPECT_DAMAGE(file({.rows = 65535, .columns = 65535}, {jpeg(65535, 65535)}), "cannot be made");
  EXPECT_DAMAGE(file({.frames = "3"}, {jpeg(2, 3), jpeg(2, 3)}), "has 3 frames");
  EXPECT_DAMAGE(dicom_file(Image{}.header() + pixels(12), jpeg_uid), "not in fragments");
}

TEST(DicomGuard, LooksAtTheHeaderOfRunLengthCoding) {
  const auto frame = [](std::uint32_t segments, std::uint32_t second) {
    return integer_bytes(segments, 4) + integer_bytes(64, 4) + integer_bytes(second, 4) +
           std::string(52, '\0') + std::string(8, '\1');
  };
  const auto file = [](const std::string& value) {
    return dicom_file(Image{}.header() + fragments({value}), run_length_uid);
  };
  EXPECT_EQ(damage(file(frame(2, 68))), "");
  EXPECT_DAMAGE(file(frame(2, 73)), "run-length");
  EXPECT_DAMAGE(file(frame(2, 63)), "run-length");
  EXPECT_DAMAGE(file(frame(3, 68)), "run-length");
  EXPECT_DAMAGE(file("short"), "run-length");
}

TEST(DicomGuard, TakesFragmentsWithoutADelimiterAtTheEndOfTheFile) {
  const std::string whole = dicom_file(Image{}.header() + fragments({jpeg(2, 3)}), jpeg_uid);
  EXPECT_EQ(damage(whole.substr(0, whole.size() - 8)), "");
  EXPECT_DAMAGE(whole.substr(0, whole.size() - 9), "an item claims");
}

TEST(DicomGuard, BoundsDeflation) {
  const std::string whole = deflated(modality + name_of_a_person);
  EXPECT_EQ(damage(dicom_file(whole, deflated_uid)), "");
  EXPECT_DAMAGE(dicom_file(whole.substr(0, whole.size() - 1), deflated_uid), "cannot be unpacked");
  EXPECT_DAMAGE(dicom_file("\7", deflated_uid), "cannot be unpacked");
  const std::string inner = deflated(modality + element_head(0x7fe00010, "OW", 0xfffffffe));
  EXPECT_DAMAGE(dicom_file(inner, deflated_uid), "(7FE0,0010) claims 4294967294 bytes, 0 are left");
}

/// The most memory that this process has had, in bytes.
double peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * double(usage.ru_maxrss);
}

// The bound that the header states, for what takes most memory: empty items and elements.
TEST(DicomGuard, BoundsTheMemoryOfTheParser) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the address sanitizer has a memory of its own";
#endif
  const std::string one = item(element(0x00090010, "LO", "A ") + element(0x00091010, "LO", ""));
  std::string items;
  while (items.size() < (4 << 20)) items += one;
  const TemporaryFolder folder;
  const auto file = folder.write("file.dcm", dicom_file(element(0x30060039, "SQ", items)));
  const double bound = 40.0 * double(file_size(file)) + (64 << 20), before = peak_memory();
  std::string problem;
  EXPECT_TRUE(DicomFile::read(file, DicomPart::all, problem)) << problem;
  EXPECT_LT(peak_memory() - before, bound);
}

TEST(DicomGuard, BoundsTheNumberOfElements) {
  std::string items;
  items.reserve(8 * (dicom_limit::elements + 1));
  for (std::uint64_t i = 0; i <= dicom_limit::elements; ++i) items += item("");
  EXPECT_DAMAGE(dicom_file(element(0x30060039, "SQ", items)), "has more than 4000000 elements");
}

// A bomb in a folder costs its own slice and nothing else.
TEST(DicomGuard, KeepsABombOutOfItsFolder) {
  const TemporaryFolder folder;
  write_ct_series(folder.path(), 3);
  folder.write("a_nested.dcm", dicom_file(nested(30000, true, explicit_little)));
  folder.write("b_length.dcm", dicom_file(modality + element_head(0x7fe00010, "OW", 0xfffffffe)));
  folder.write("c_empty.dcm", "");
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  ASSERT_EQ(catalogue.series.size(), 1u);
  EXPECT_EQ(catalogue.series[0].slices.size(), 3u);
  ASSERT_EQ(catalogue.left_out.size(), 3u);
  EXPECT_EQ(catalogue.left_out[0].reason, "a DICOM file that is nested deeper than 32 sequences");
  EXPECT_EQ(catalogue.left_out[1].reason,
            "a DICOM file that is cut short or damaged: element (7FE0,0010) claims 4294967294 "
            "bytes, 0 are left");
  EXPECT_EQ(catalogue.left_out[2].reason, "an empty file");
}

TEST(DicomGuard, NeedsAMetaHeaderOfTheLengthThatItSays) {
  std::string bytes = dicom_file(modality);
  bytes[132 + 8] = char(bytes[132 + 8] + 8);
  EXPECT_DAMAGE(bytes, "its meta header ends at byte");
}

}  // namespace
}  // namespace radiomics
