#include "radiomics/io/plain_slice.h"

#include <gtest/gtest.h>

#include "radiomics/io/codestream.h"
#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/slice_reader.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/errors.h"
#include "tests/support/packed.h"

namespace radiomics {
namespace {

/// A slice of 3 x 2 pixels 0 to 5. \param more  elements between frame of reference and pixels
std::string slice(DicomEncoding encoding, const std::string& more = "",
                  std::uint16_t high_bit = 11) {
  std::string pixels;
  for (std::uint32_t i = 0; i < 6; ++i) pixels += integer_bytes(i, 2, encoding.big_endian);
  return element(0x00080060, "CS", "CT", encoding) + element(0x00100010, "PN", "Secret", encoding) +
         short_element(0x00280002, 1, encoding) +
         element(0x00280004, "CS", "MONOCHROME2 ", encoding) +
         short_element(0x00280010, 2, encoding) + short_element(0x00280011, 3, encoding) +
         short_element(0x00280100, 16, encoding) + short_element(0x00280101, 12, encoding) +
         short_element(0x00280102, high_bit, encoding) + short_element(0x00280103, 0, encoding) +
         more + element(0x7fe00010, "OW", pixels, encoding);
}

std::string plain(const std::string& bytes) {
  const TemporaryFolder folder;
  return plain_slice(folder.write("slice.dcm", bytes));
}

TEST(PlainSlice, HoldsThePixelsAndNothingElse) {
  const std::string expected = plain(dicom_file(slice(explicit_little)));
  EXPECT_NE(expected.find(integer_bytes(5, 2)), std::string::npos);
  EXPECT_EQ(expected.find("Secret"), std::string::npos);
  EXPECT_EQ(plain(dicom_file(slice(implicit_little), implicit_little_uid)), expected);
  EXPECT_EQ(plain(dicom_file(slice(explicit_big), explicit_big_uid)), expected);
  EXPECT_EQ(plain(dicom_file(deflated(slice(explicit_little)), deflated_uid)), expected);
}

TEST(PlainSlice, RefusesWhatADecoderDoesNotExpect) {
  EXPECT_NE(plain(dicom_file(slice(explicit_little, "", 15))), "");
  EXPECT_EQ(plain(dicom_file(slice(explicit_little, "", 16))), "");
  EXPECT_EQ(plain(dicom_file(slice(explicit_little, "", 10))), "");
  EXPECT_EQ(plain(""), "");
}

TEST(PlainSlice, LeavesCommentsInStreamsOut) {
  const auto stream = [](const std::string& text) {
    return without_comments({text.begin(), text.end()});
  };
  using namespace std::string_literals;
  const std::string frame = "\xff\xc3\0\x03z"s, scan = "\xff\xda\0\x03z and all the rest\xff\xd9"s;
  const std::string kept = "\xff\xd8"s + frame + scan;
  const std::vector<unsigned char> expected(kept.begin(), kept.end());
  EXPECT_EQ(stream(kept), expected);
  EXPECT_EQ(stream("\xff\xd8\xff\xe0\0\4ab"s + frame + "\xff\xfe\0\3c"s + scan), expected);
  EXPECT_TRUE(stream("\xff\xd8"s + frame).empty());                         // no scan
  EXPECT_TRUE(stream("\xff\xd8\xff\xe0\xff\xff"s + frame + scan).empty());  // beyond the end
  EXPECT_EQ(stream(kept + '\xff').size(), kept.size() + 1);
  EXPECT_EQ(stream(kept + '\0').size(), kept.size() + 1);        // filled to be even
  EXPECT_TRUE(stream(kept.substr(0, kept.size() - 1)).empty());  // no end
  EXPECT_TRUE(stream("\xff\xd8 "s + frame + scan).empty());
  const std::string jpeg2000 = "\xff\x4f\xff\x51\0\4ab"s;
  EXPECT_EQ(stream(jpeg2000).size(), jpeg2000.size());
}

// GDCM ends the program at an intercept of another type.
TEST(PlainSlice, KeepsElementsOfWrongTypesFromTheDecoder) {
  const TemporaryFolder folder;
  const std::string rescale = element(0x00281052, "AE", "-1024 ") + element(0x00281053, "DS", "1 ");
  folder.write("slice.dcm", dicom_file(slice(explicit_little, rescale)));
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  ASSERT_EQ(catalogue.series.size(), 1u);
  const DicomSlice& found = catalogue.series[0].slices[0];
  EXPECT_EQ(decode_slice(found), (std::vector<double>{-1024, -1023, -1022, -1021, -1020, -1019}));
}

}  // namespace
}  // namespace radiomics
