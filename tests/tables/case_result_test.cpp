#include "radiomics/tables/case_result.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/table.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

const Provenance provenance{.input = "cohort",
                            .settings = {{"resample.spacing_mm", "2, 2, 2"}, {"names", "a\"b"}},
                            .warnings = {"a note"}};

std::string written(const CaseResult& result, const FeatureTable& header) {
  std::ostringstream out;
  write_case_result(result, header, provenance, out);
  return out.str();
}

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

void expect_same(const FeatureTable::Row& a, const FeatureTable::Row& b) {
  EXPECT_EQ(a.case_name, b.case_name);
  EXPECT_EQ(a.roi, b.roi);
  EXPECT_EQ(a.carried, b.carried);
  EXPECT_EQ(a.warnings, b.warnings);
  EXPECT_EQ(a.diagnostics, b.diagnostics);
  ASSERT_EQ(a.values.size(), b.values.size());
  for (std::size_t i = 0; i < a.values.size(); ++i)
    EXPECT_TRUE(bits(a.values[i]) == bits(b.values[i]) ||
                (std::isnan(a.values[i]) && std::isnan(b.values[i])))
        << a.values[i] << " " << b.values[i];
}

class CaseResultTest : public testing::Test {
 protected:
  CaseResultTest() {
    header_.carried_columns = {"age",
                               "Gr\xc3\xb6\xc3\x9f"
                               "e \"x\"",
                               "age"};
    CaseResult& result = result_;
    result.fingerprint = std::string(64, 'f');
    result.rows = {table_row("c", "GTV", 6), table_row("c", "a\"b\\\n\t\x01\x7f\xe2\x82\xac", 6)};
    result.rows[0].carried = {"61", "=A1", ""};
    result.rows[0].warnings = {"one; two", "three"};
    result.rows[1].carried = {"", "\xf0\x9f\x98\x80", "\\u0041\\"};
    result.rows[1].diagnostics = {};
    result.failures = {{"c", "ring", "prepare", "empty_region", "no voxel, \"none\""},
                       {"c", "x", "read", "unreadable_file", "gone"},
                       {"c", "y", "prepare", "empty_region", ""}};
  }

  CaseResult read(const std::string& text) const {
    return read_case_result(folder_.write("c.json", text), header_);
  }
  CaseState state(const std::string& text) const {
    return read_case_state(folder_.write("c.json", text));
  }

  FeatureTable header_ = table_header(6);
  CaseResult result_;
  TemporaryFolder folder_;
};

TEST_F(CaseResultTest, ReadsBackAsItWas) {
  using Limits = std::numeric_limits<double>;
  result_.rows[0].values = {0.1,
                            -0.0,
                            Limits::quiet_NaN(),
                            Limits::infinity(),
                            -Limits::infinity(),
                            Limits::denorm_min()};
  result_.rows[1].values = {Limits::max(),     1e22,   9007199254740993.0, -18446744073709551616.0,
                            Limits::epsilon(), 1 / 3.0};
  const CaseResult back = read(written(result_, header_));
  EXPECT_EQ(back.fingerprint, result_.fingerprint);
  EXPECT_EQ(back.failures, result_.failures);
  ASSERT_EQ(back.rows.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) expect_same(back.rows[i], result_.rows[i]);
}

TEST_F(CaseResultTest, IsJsonWithTheStateFirst) {
  const auto json = nlohmann::ordered_json::parse(written(result_, header_));
  std::vector<std::string> names;
  for (const auto& item : json.items()) names.push_back(item.key());
  EXPECT_EQ(names, (std::vector<std::string>{"fingerprint", "failure_kinds", "provenance", "rows",
                                             "failures"}));
  EXPECT_EQ(json["failure_kinds"], nlohmann::ordered_json({"empty_region", "unreadable_file"}));
  EXPECT_EQ(json["provenance"]["settings"]["names"], "a\"b");
  EXPECT_EQ(json["rows"][1]["roi"], result_.rows[1].roi);
  EXPECT_EQ(json["rows"][0]["features"]["filter0_glcm_mean_3d_v_mrg"].get<double>(), -20);
}

TEST_F(CaseResultTest, TellsItsStateFromTheBeginning) {
  const std::string text = written(result_, header_);
  const CaseState whole = state(text);
  EXPECT_EQ(whole.fingerprint, result_.fingerprint);
  EXPECT_EQ(whole.failure_kinds, (std::vector<std::string>{"empty_region", "unreadable_file"}));
  EXPECT_EQ(read_fingerprint(folder_ / "c.json"), result_.fingerprint);
  result_.failures.clear();
  EXPECT_TRUE(state(written(result_, header_)).failure_kinds.empty());
}

TEST_F(CaseResultTest, WhatIsNoResultHasNoState) {
  EXPECT_EQ(read_fingerprint(folder_ / "none.json"), "");
  EXPECT_EQ(read_fingerprint(folder_.path()), "") << "a folder";
  for (const char* text : {"", "\n}\n", "{}\n", "{\"a\": 1\n}\n", "{\"fingerprint\": 1\n}\n"})
    EXPECT_EQ(state(text).fingerprint, "") << text;
}

TEST_F(CaseResultTest, IsRefusedWhereverItIsCut) {
  header_ = table_header(2);
  result_.rows = {table_row("c", "GTV", 2)};
  const std::string text = written(result_, header_);
  ASSERT_EQ(read(text).rows.size(), 1u);
  for (std::size_t size = 0; size + 1 < text.size(); ++size)  // the last is a line end
    EXPECT_ERROR(parse_case_result(text.substr(0, size), "c.json", header_),
                 ErrorKind::unreadable_file, "c.json");
  for (std::size_t size = text.size() % 16; size < text.size(); size += 16)
    EXPECT_EQ(state(text.substr(0, size)).fingerprint, "");
  EXPECT_EQ(state(text.substr(0, text.size() - 1)).fingerprint, "");
}

TEST_F(CaseResultTest, DamageIsAnErrorOrAnotherValue) {
  header_ = table_header(2);
  result_.rows = {table_row("c", "GTV", 2)};
  const std::string text = written(result_, header_);
  int refused = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const char byte : {'\0', '"', '\\', '{', ']', ',', '9', '-', '\n', '\x80', '\xff'}) {
      std::string damaged = text;
      damaged[i] = byte;
      try {
        EXPECT_EQ(parse_case_result(damaged, "c.json", header_).rows.size(), 1u);
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unreadable_file) << error.what();
        ++refused;
      }
    }
  EXPECT_GT(refused, int(text.size() * 5)) << "most damage is seen";
}

TEST_F(CaseResultTest, ADamagedBeginningIsNoState) {
  const std::string text = written(result_, header_);
  for (std::size_t i = 0; i < 120; ++i) {
    std::string damaged = text;
    damaged[i] = '\xff';
    EXPECT_EQ(state(damaged).fingerprint, "") << i;
  }
}

TEST_F(CaseResultTest, ForeignFilesAreRefused) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"fingerprint\": [";
  for (const std::string& text :
       {std::string(), std::string("case,roi\na,b\n"), std::string("[]\n"), std::string("{}\n"),
        deep, std::string(100'000, '['), std::string("\0\0\0", 3)})
    EXPECT_ERROR(read(text), ErrorKind::unreadable_file, "c.json");
  std::string other = written(result_, header_);
  other.replace(other.find("\"radiomics\""), 11, "\"other\"");
  EXPECT_ERROR(read(other), ErrorKind::unreadable_file, "no result of this program here");
  EXPECT_ERROR(read(written(result_, header_) + "{"), ErrorKind::unreadable_file,
               "end of the file");
  EXPECT_ERROR(read_case_result(folder_ / "none", header_), ErrorKind::unreadable_file, "none");
}

TEST_F(CaseResultTest, NestingIsBounded) {
  std::string text = written(result_, header_);
  const std::string input = "\"input\": ";
  const auto place = text.find(input) + input.size();
  text.insert(place, std::string(100'000, '[') + std::string(100'000, ']') + ", \"more\": ");
  EXPECT_ERROR(read(text), ErrorKind::unreadable_file, "remove it");
}

TEST_F(CaseResultTest, OtherColumnsAreRefused) {
  const auto file = folder_.write("c.json", written(result_, header_));
  FeatureTable other = header_;
  std::swap(other.columns[0], other.columns[1]);
  EXPECT_ERROR(read_case_result(file, other), ErrorKind::unreadable_file,
               "no filter0_glcm_contrast_3d_v_mrg here");
  other = table_header(5);
  other.carried_columns = header_.carried_columns;
  EXPECT_ERROR(read_case_result(file, other), ErrorKind::unreadable_file, "end of a list");
  other = table_header(7);
  other.carried_columns = header_.carried_columns;
  EXPECT_ERROR(read_case_result(file, other), ErrorKind::unreadable_file, "no filter1_glcm");
  other = header_;
  other.carried_columns.pop_back();
  EXPECT_ERROR(read_case_result(file, other), ErrorKind::unreadable_file, "end of a list");
  other.carried_columns.push_back("size");
  EXPECT_ERROR(read_case_result(file, other), ErrorKind::unreadable_file, "no size here");
}

TEST_F(CaseResultTest, ARefusedCaseHasNoRows) {
  result_.rows.clear();
  const CaseResult back = read(written(result_, header_));
  EXPECT_TRUE(back.rows.empty());
  EXPECT_EQ(back.failures, result_.failures);
}

}  // namespace
}  // namespace radiomics
