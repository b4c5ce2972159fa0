#include "radiomics/tables/csv.h"

#include <cmath>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "radiomics/core/text.h"
#include "radiomics/tables/csv_reader.h"
#include "tests/support/table.h"

namespace radiomics {
namespace {

using Texts = std::vector<std::string>;

TEST(CsvCell, QuotesAsRfc4180) {
  EXPECT_EQ(csv_cell("a b"), "a b");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("5\" drawn"), "\"5\"\" drawn\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_cell(""), "");
}

// \source OWASP, CSV Injection: the characters that a cell must not begin with
TEST(CsvCell, NothingIsAFormula) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(csv_cell("-12A"), "'-12A");
  EXPECT_EQ(csv_cell("@SUM(1,2)"), "\"'@SUM(1,2)\"");
  EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
  EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(csv_cell("\n=1"), "\"'\n=1\"");
  for (const std::string wide : {"\uff1d", "\uff0b", "\uff0d", "\uff20"})
    EXPECT_EQ(csv_cell(wide + "1"), "'" + wide + "1");
  EXPECT_EQ(csv_cell("-nan(x)"), "'-nan(x)") << "a call of a function";
}

TEST(CsvCell, NumbersAndOtherTextsStay) {
  for (const char* text :
       {"-5.3", "+3", "-inf", "1e5", "-1e-5", "-.5", "a=b", " =1", "'a", "'", "''",
        "\xc3\x9c"
        "bung",
        "12-03", "\xef\xbc\x81"})
    EXPECT_EQ(csv_cell(text), text);
}

/// All texts of up to four of these characters, which are what quoting and formulas are about.
Texts awkward_texts() {
  const Texts characters{"'", "=", "-", "1", ",", "\"", "\n", "\r", "\t", " ", "\uff1d"};
  Texts texts{""};
  for (std::size_t first = 0, length = 1; length <= 4; ++length) {
    const std::size_t last = texts.size();
    for (std::size_t i = first; i < last; ++i)
      for (const std::string& one : characters) texts.push_back(texts[i] + one);
    first = last;
  }
  return texts;
}

TEST(CsvCell, EveryTextReadsBack) {
  const Texts texts = awkward_texts();
  std::string table = "id,text\n";
  for (const std::string& text : texts) table += "1," + csv_cell(text) + "\n";
  const auto read = parse_csv(table, "t.csv");
  ASSERT_EQ(read.rows.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(read.rows[i][1], texts[i]);
}

TEST(CsvCell, NoTextBeginsAFormula) {
  for (const std::string& text : awkward_texts()) {
    const std::string cell = csv_cell(text);
    const std::size_t first = cell.starts_with('"') ? 1 : 0;
    if (!to_number(text) && cell.size() > first) {
      EXPECT_EQ(std::string("=-\t\r\n\xef").find(cell[first]), std::string::npos) << cell;
    }
  }
}

TEST(WideCsv, ReadsBackAsItWas) {
  FeatureTable table = table_header(3);
  table.carried_columns = {"=note",
                           "Gr\xc3\xb6\xc3\x9f"
                           "e"};
  table.rows = {table_row("-12A", "GTV, \"left\"\nlower", 3), table_row("=A1", "'+x", 3)};
  table.rows[0].carried = {"@x", "-5.3"};
  table.rows[1].carried = {"", "007"};
  table.rows[0].values = {-0.1, std::nan(""), std::numeric_limits<double>::infinity()};
  table.rows[1].values = {1 / 3.0, -std::nan(""), 5e-324};
  std::ostringstream out;
  write_wide_csv(table, out);
  const auto read = parse_csv(out.str(), "t.csv");
  EXPECT_EQ(Texts(read.columns.begin(), read.columns.begin() + 6),
            (Texts{"case", "roi", "=note",
                   "Gr\xc3\xb6\xc3\x9f"
                   "e",
                   "warnings", "diagnostics_modality"}));
  EXPECT_EQ(Texts(read.rows[0].begin(), read.rows[0].begin() + 4),
            (Texts{"-12A", "GTV, \"left\"\nlower", "@x", "-5.3"}));
  EXPECT_EQ(Texts(read.rows[1].begin(), read.rows[1].begin() + 4),
            (Texts{"=A1", "'+x", "", "007"}));
  EXPECT_EQ(Texts(read.rows[0].end() - 3, read.rows[0].end()), (Texts{"-0.1", "nan", "inf"}));
  EXPECT_EQ(Texts(read.rows[1].end() - 3, read.rows[1].end()),
            (Texts{"0.3333333333333333", "nan", "5e-324"}));
}

TEST(WideCsv, LineByLineIsTheWholeTable) {
  FeatureTable table = table_header(4);
  table.rows = {table_row("a", "x", 4), table_row("b", "y", 4)};
  std::ostringstream whole, lines;
  write_wide_csv(table, whole);
  write_wide_header(table, lines);
  for (const auto& row : table.rows) write_wide_row(row, lines);
  EXPECT_EQ(lines.str(), whole.str());
}

TEST(FailuresCsv, HasALineForEach) {
  const std::vector<Failure> failures{{"a", "", "read", "unreadable_file", "-x: y, \"z\""},
                                      {"=b", "GTV", "prepare", "empty_region", "none"}};
  std::ostringstream lines;
  write_failures_header(lines);
  for (const Failure& failure : failures) write_failure(failure, lines);
  EXPECT_EQ(lines.str(),
            "case,roi,step,kind,message\n"
            "a,,read,unreadable_file,\"'-x: y, \"\"z\"\"\"\n"
            "'=b,GTV,prepare,empty_region,none\n");
}

/// Takes any number of bytes and keeps none.
class CountingBuffer : public std::streambuf {
 public:
  std::size_t bytes() const { return bytes_; }

 protected:
  std::streamsize xsputn(const char*, std::streamsize count) override {
    bytes_ += std::size_t(count);
    return count;
  }
  int_type overflow(int_type c) override {
    ++bytes_;
    return c;
  }

 private:
  std::size_t bytes_ = 0;
};

/// Writes a wide table in a process of its own. \return MiB that it took more at its peak, or -1 if
/// less than 100 MiB were written
int mebibytes_for_rows(int rows) {
  const pid_t child = fork();
  if (child == 0) {
    const auto peak_kib = [] {
      rusage usage{};
      getrusage(RUSAGE_SELF, &usage);
      return usage.ru_maxrss;
    };
    const FeatureTable header = table_header(60);
    FeatureTable::Row row = table_row("a", "GTV", 60);
    CountingBuffer buffer;
    std::ostream out(&buffer);
    const auto before = peak_kib();
    write_wide_header(header, out);
    for (int i = 0; i < rows; ++i) {
      row.case_name = std::to_string(i);
      write_wide_row(row, out);
    }
    const bool written = buffer.bytes() > 100u << 20;
    _exit(written ? int(std::min<long>((peak_kib() - before) >> 10, 200)) : 255);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) != 255 ? WEXITSTATUS(status) : -1;
}

TEST(WideCsv, OneHundredThousandRowsAreNotHeld) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the address sanitizer keeps what is freed";
#endif
  const int more = mebibytes_for_rows(100'000);
  EXPECT_GE(more, 0) << "all are written";
  EXPECT_LE(more, 4) << "one line has 1.3 KB; pages that are touched for the first time are left";
}

}  // namespace
}  // namespace radiomics
