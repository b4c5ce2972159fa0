#include "radiomics/tables/csv_reader.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace radiomics {
namespace {

using Rows = std::vector<std::vector<std::string>>;

TextTable parse(std::string_view text, char separator = ',') {
  return parse_csv(text, "t.csv", separator);
}

std::string error_of(std::string_view text, char separator = ',') {
  return error_text([&] { parse(text, separator); });
}

// The seven rules of RFC 4180, section 2, with the examples given there.
TEST(CsvReader, FollowsRfc4180) {
  const auto plain = parse("field_name,b,c\r\naaa,bbb,ccc\r\nzzz,yyy,xxx");
  EXPECT_EQ(plain.columns, (std::vector<std::string>{"field_name", "b", "c"}));
  EXPECT_EQ(plain.rows, (Rows{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
  EXPECT_EQ(parse("a,b,c\r\n\"aaa\",\"b\r\nbb\",\"ccc\"\r\n").rows,
            (Rows{{"aaa", "b\r\nbb", "ccc"}}));
  EXPECT_EQ(parse("a,b,c\n\"aaa\",\"b\"\"bb\",\"ccc\"\n").rows, (Rows{{"aaa", "b\"bb", "ccc"}}));
  EXPECT_EQ(parse("a,b\n\"x,y\", z \n").rows, (Rows{{"x,y", " z "}})) << "blanks belong to a cell";
}

TEST(CsvReader, ByteOrderMarkAndLineEndsDoNotMatter) {
  const auto expected = parse("a,b\n1,2\n3,\n");
  for (const char* text : {"\xef\xbb\xbf"
                           "a,b\r\n1,2\r\n3,\r\n",
                           "a,b\r1,2\r3,\r", "a,b\n1,2\n3,",
                           "\"a\",\"b\"\n\"1\",\"2\"\n\"3\",\"\"\n", "\na,b\n\n1,2\n\n\n3,\n\n"}) {
    EXPECT_EQ(parse(text).columns, expected.columns) << text;
    EXPECT_EQ(parse(text).rows, expected.rows) << text;
  }
  EXPECT_EQ(parse("a;b\n1;2\n3;\n", ';').rows, expected.rows);
  EXPECT_EQ(parse("a\tb\n1\t2\n3\t\n", '\t').rows, expected.rows);
}

TEST(CsvReader, KnowsTheLineOfEachRow) {
  EXPECT_EQ(parse("a,b\n\"1\n\n1\",2\n\n3,4\r\n5,\"6\r\n6\"\r\n7,8").lines,
            (std::vector<int>{2, 6, 7, 9}));
}

TEST(CsvReader, CellsOutliveTheirTable) {
  const auto [kept, copy] = [] {
    CsvCells table = parse_csv_cells("a,b\n1,\"x\"\"y\"\n'=A1,\"\"\n5,6\n", "t.csv");
    return std::pair{rows_of(table, {2, 1, 1}), table};
  }();
  EXPECT_EQ(copy.rows(), 3u);
  EXPECT_EQ(copy.at(0, 1), "x\"y");
  EXPECT_EQ(kept.cells, (std::vector<std::string_view>{"5", "6", "=A1", "", "=A1", ""}));
  EXPECT_EQ(kept.lines, (std::vector<int>{4, 3, 3}));
  EXPECT_EQ(kept.columns, copy.columns);
}

TEST(CsvReader, EmptyLinesOfOneColumnAreCells) {
  EXPECT_EQ(parse("a\n1\n\n2\n\n").rows, (Rows{{"1"}, {""}, {"2"}}));
  EXPECT_EQ(parse("a\n\"\"\n").rows, (Rows{{""}}));
}

TEST(CsvReader, RefusesWhatIsNotATable) {
  EXPECT_EQ(error_of(""), "empty_file: t.csv: empty file; export it again");
  EXPECT_TRUE(error_of("\xef\xbb\xbf\r\n\r\n").starts_with("empty_file: "));
  EXPECT_TRUE(error_of("a,b\n").starts_with("no_rows: t.csv: no rows"));
  EXPECT_TRUE(
      error_of("a,b\n1,2\n1\n").starts_with("ragged_row: t.csv:3: 1 cells where the header has 2"));
  EXPECT_TRUE(error_of("a,b\n1,2,3\n").starts_with("ragged_row: t.csv:2: 3 cells"));
  EXPECT_TRUE(error_of("a,b,a\n1,2,3\n").starts_with("duplicate_column: t.csv:1:a: "));
  EXPECT_EQ(
      error_of("a,,\n1,,\n"),
      "duplicate_column: t.csv:1: several columns have no name; name them, or delete those that "
      "are empty");
}

TEST(CsvReader, NamesTheSeparatorThatAFileSeemsToHave) {
  EXPECT_TRUE(error_of("a;b\n1,5;2\n")
                  .starts_with("separator: t.csv:1: all in one column: looks like ; separated"));
  EXPECT_NE(error_of("a\tb\n1\t2\n").find("looks like tab separated"), std::string::npos);
  EXPECT_NE(error_of("a,b\n1,2\n", ';').find("looks like , separated"), std::string::npos);
  EXPECT_EQ(error_of("a b\n1\n"), "accepted");
}

TEST(CsvReader, RefusesBrokenQuotesAndOtherEncodings) {
  EXPECT_TRUE(
      error_of("a,b\n1,\"2\n3,4\n").starts_with("unreadable_file: t.csv:2: a quote that is never"));
  EXPECT_TRUE(error_of("a,b\n1,\"2\"3\n").starts_with("unreadable_file: t.csv:2: text after"));
  EXPECT_TRUE(error_of("a,b\n1,2\"\n").starts_with("unreadable_file: t.csv:2: a quote inside"));
  EXPECT_TRUE(error_of("a,b\n1,2\n3,\xe4\n").starts_with("unreadable_file: t.csv:3: not UTF-8"));
  for (const char* wrong :
       {"\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff\xfe", "\xc3"})
    EXPECT_NE(error_of(std::string("a\n") + wrong), "accepted");
  EXPECT_NE(error_of(std::string_view("a\n1\0", 4)), "accepted") << "UTF-16 has zero bytes";
  EXPECT_EQ(parse("a\nM\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80\n").rows[0][0],
            "M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80");
}

TEST(CsvReader, RefusesPathsWithoutAFile) {
  EXPECT_THROW(read_csv("no/such.csv"), Error);
  EXPECT_THROW(read_csv(std::filesystem::temp_directory_path()), Error);
}

}  // namespace
}  // namespace radiomics
