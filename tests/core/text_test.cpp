#include "radiomics/core/text.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(Text, NumbersAreShortAndReadBack) {
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(1e22), "1e+22");
  EXPECT_EQ(to_text(-0.0), "-0");
  EXPECT_EQ(to_text(-std::numeric_limits<double>::quiet_NaN()), "nan");
  EXPECT_EQ(to_text(7), "7");
  for (const double value : {1 / 3.0, std::numeric_limits<double>::denorm_min(), 1e308})
    EXPECT_EQ(to_number(to_text(value)), value);
}

TEST(Text, RoundedNumbersAreForPeople) {
  EXPECT_EQ(rounded_text(0.00131116, 3), "0.00131");
  EXPECT_EQ(rounded_text(24, 3), "24");
  EXPECT_EQ(rounded_text(0.6000000000000001, 6), "0.6");
  EXPECT_EQ(fixed_text(0.5, 3), "0.500");
  EXPECT_EQ(fixed_text(-std::numeric_limits<double>::quiet_NaN(), 3), "nan");
  EXPECT_EQ(fixed_text(1e308, 2).size(), 312u);
}

TEST(Text, OnlyWholeNumbersOfTheCLocaleAreNumbers) {
  EXPECT_EQ(to_number("-1.5e3"), -1500);
  EXPECT_EQ(to_number("+2"), 2);
  EXPECT_TRUE(std::isnan(*to_number("nan")));
  for (const char* text : {"", " 1", "1 ", "1,5", "0x1", "1 mm", "++1", "abc"})
    EXPECT_FALSE(to_number(text)) << text;
  EXPECT_EQ(to_integer("12"), 12);
  EXPECT_FALSE(to_integer("1.0"));
  EXPECT_FALSE(to_integer("99999999999"));
}

TEST(Text, PatternsMatchWholeNamesIgnoringCase) {
  EXPECT_TRUE(matches("GTV-1", "gtv*"));
  EXPECT_TRUE(matches("GTV-1", "GTV-?"));
  EXPECT_TRUE(matches("a.b.c", "*b*"));
  EXPECT_TRUE(matches("", "*"));
  EXPECT_TRUE(matches("aab", "*ab"));
  EXPECT_FALSE(matches("GTV-1", "GTV"));
  EXPECT_FALSE(matches("GTV", "GTV?"));
  EXPECT_FALSE(matches("my GTV", "GTV*"));
  EXPECT_FALSE(matches(std::string(5000, 'a'), "*a*a*a*a*a*a*a*a*b")) << "and ends soon";
}

TEST(Text, AQuestionMarkIsOneCharacter) {
  EXPECT_TRUE(matches("Tumör", "Tum?r"));
  EXPECT_FALSE(matches("Tumör", "Tum??r"));
  EXPECT_FALSE(matches("\xc3\xbc", "*??")) << "nor is half a character one";
  EXPECT_TRUE(matches("\xc3\xbc\xff.", "??.")) << "a byte that is no UTF-8 is";
  EXPECT_TRUE(matches("a\xc3\xbc.a\xc3\xbc_", "*?_"));
}

TEST(Text, SplitsAndTrims) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
  EXPECT_EQ(trimmed(" \ta b\r\n"), "a b");
  EXPECT_EQ(trimmed(" "), "");
  EXPECT_EQ(join(std::vector{1, 2, 3}, "x"), "1x2x3");
  EXPECT_EQ(one_line("a\nb\tc"), "a b c");
}

TEST(Text, SeparatorsBetweenQuotesDoNotSplit) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(split_outside_quotes("a,\"b, c\",d", ','), (Parts{"a", "\"b, c\"", "d"}));
  EXPECT_EQ(split_outside_quotes("k=\"x,y\",z", ','), (Parts{"k=\"x,y\"", "z"}));
  EXPECT_EQ(split_outside_quotes("\"a \"\"b,\"\"\",c", ','), (Parts{"\"a \"\"b,\"\"\"", "c"}));
  EXPECT_EQ(split_outside_quotes("\"a,b", ','), (Parts{"\"a,b"}));
  EXPECT_EQ(split_outside_quotes("", ','), (Parts{""}));
  EXPECT_EQ(unquoted("\"b, c\""), "b, c");
  EXPECT_EQ(unquoted("\"a \"\"b\"\"\""), "a \"b\"");
  EXPECT_EQ(unquoted("\"\""), "");
  EXPECT_EQ(unquoted("12\""), "12\"");
  EXPECT_EQ(unquoted("\""), "\"");
}

TEST(Text, FixedDecimalsForPeople) {
  EXPECT_EQ(fixed_text(12.5, 2), "12.50");
  EXPECT_EQ(fixed_text(-0.06, 1), "-0.1");
  EXPECT_EQ(fixed_text(-0.0004, 3), "0.000");
  EXPECT_EQ(fixed_text(-0.0006, 3), "-0.001");
  EXPECT_EQ(fixed_text(-0.4, 0), "0");
  EXPECT_EQ(rounded_text(-0.0, 3), "0");
  EXPECT_EQ(rounded_text(-1e-9, 3), "-1e-09");
  EXPECT_EQ(fixed_text(1e300, 0).size(), 301u);
  EXPECT_EQ(fixed_text(std::numeric_limits<double>::quiet_NaN(), 1), "nan");
}

TEST(Text, BytesThatAreNotUtf8BecomeQuestionMarks) {
  for (const char* good : {"", "GTV 1",
                           "Gr\xc3\xb6\xc3\x9f"
                           "e",
                           "\xe8\x82\xba", "\xf0\x9f\x91\x8d"})
    EXPECT_EQ(valid_utf8(good), good);
  const std::string bad = "\xef\xbf\xbd";  // U+FFFD
  EXPECT_EQ(valid_utf8("Gr\xf6\xdf"
                       "e"),
            "Gr" + bad + bad + "e")
      << "Latin-1";
  EXPECT_EQ(valid_utf8("\xc3"), bad) << "cut short";
  EXPECT_EQ(valid_utf8("\xc0\xaf"), bad + bad) << "overlong";
  EXPECT_EQ(valid_utf8("\xed\xa0\x80"), bad + bad + bad) << "a surrogate";
  EXPECT_EQ(valid_utf8("\xf4\x90\x80\x80"), bad + bad + bad + bad) << "above U+10FFFF";
}

}  // namespace
}  // namespace radiomics
