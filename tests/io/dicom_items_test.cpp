#include "radiomics/io/dicom_items.h"

#include <gtest/gtest.h>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

TEST(DicomItems, NumbersAreStrict) {
  EXPECT_EQ(parse_numbers("1\\ 2.5 \\-3e1\\+4"), (std::vector<double>{1, 2.5, -30, 4}));
  for (const char* text : {"", "1\\", "\\1", "1\\\\2", "1,5", "0x10", "nan", "inf", "1e400", "1 2"})
    EXPECT_FALSE(parse_numbers(text)) << text;
}

TEST(DicomItems, Utf8IsKeptAndTheRestReplaced) {
  const std::string replaced = "\xef\xbf\xbd";
  for (const char* text : {"", "GTV-1", "Großhirn", "肺部肿瘤", "\xf0\x9f\xab\x81"})
    EXPECT_EQ(valid_utf8(text), text);
  EXPECT_EQ(valid_utf8("a\xff"
                       "b"),
            "a" + replaced + "b");
  EXPECT_EQ(valid_utf8("\xc3"), replaced);                                // cut short
  EXPECT_EQ(valid_utf8("\xc0\x80"), replaced + replaced);                 // overlong
  EXPECT_EQ(valid_utf8("\xed\xa0\x80"), replaced + replaced + replaced);  // a surrogate
  EXPECT_EQ(valid_utf8("\xf4\x90\x80\x80").size(), 4 * replaced.size());  // above U+10FFFF
}

}  // namespace
}  // namespace radiomics
