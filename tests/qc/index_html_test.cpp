#include "radiomics/qc/index_html.h"

#include <filesystem>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(SheetFileName, KeepsSafeCharacters) {
  std::set<std::string> used;
  EXPECT_EQ(sheet_file_name("s0a1b2c", "GTV-1", used), "s0a1b2c_GTV-1.png");
  EXPECT_EQ(sheet_file_name("case 7", "GTV (new) / 2", used), "case-7_GTV-new-2.png");
  EXPECT_EQ(sheet_file_name("Gr\xc3\xb6\xc3\x9f\x65", "1", used), "Gr-e_1.png");
}

TEST(SheetFileName, IsUniqueAlsoWhereCaseIsIgnored) {
  std::set<std::string> used;
  EXPECT_EQ(sheet_file_name("a", "GTV", used), "a_GTV.png");
  EXPECT_EQ(sheet_file_name("a", "gtv", used), "a_gtv-2.png");
  EXPECT_EQ(sheet_file_name("a", "GTV", used), "a_GTV-3.png");
  EXPECT_EQ(sheet_file_name("a", "gtv-2", used), "a_gtv-2-2.png");
}

TEST(SheetFileName, NeverLeavesItsFolder) {
  std::set<std::string> used;
  for (const std::string& name : {std::string("../../etc"), std::string("/"), std::string(".."),
                                  std::string(), std::string("a\0b", 3), std::string("C:\\x")}) {
    const std::filesystem::path file = sheet_file_name(name, name, used);
    EXPECT_EQ(file.filename(), file) << file;
    EXPECT_NE(file.string().front(), '.') << file;
  }
  EXPECT_LE(sheet_file_name(std::string(999, 'x'), std::string(999, 'y'), used).size(), 160u);
}

TEST(IndexHtml, ShowsSheetsAndFailures) {
  const SheetEntry sheet{"c1", "GTV", "c1_GTV.png", {8, 0.08}, {"one slice has no contour"}};
  const Failure failure{"c2", "", "open", "unreadable_file", "c2.nii: is cut short"};
  const std::string html = index_html({&sheet, 1}, {&failure, 1});
  for (const char* part : {"<img src=\"c1_GTV.png\"", "0.080", "one slice has no contour", "c2",
                           "unreadable_file", "c2.nii: is cut short"})
    EXPECT_TRUE(contains(html, part)) << part;
}

TEST(IndexHtml, EscapesAllText) {
  const std::string evil = "<script>\"&'\xff";
  const SheetEntry sheet{evil, evil, "x.png", {1, 1}, {evil}};
  const Failure failure{evil, evil, evil, evil, evil};
  const std::string html = index_html({&sheet, 1}, {&failure, 1});
  EXPECT_FALSE(contains(html, "<script"));
  EXPECT_FALSE(contains(html, "\xff"));
  EXPECT_TRUE(contains(html, "&lt;script&gt;&quot;&amp;&#39;\xef\xbf\xbd"));
}

}  // namespace
}  // namespace radiomics
