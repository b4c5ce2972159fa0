#include "radiomics/cohort/cohort.h"

#include <cmath>
#include <cstdlib>

#include <gtest/gtest.h>

#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/tables/csv.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

using Texts = std::vector<std::string>;
using Cells = std::vector<std::string_view>;

class CohortTest : public testing::Test {
 protected:
  Cohort clinical_only(const std::string& text, const CellRules& rules = {}) {
    return read_cohort({.clinical = folder_.write("c.csv", text), .features = {}, .cells = rules});
  }
  Cohort both(const std::string& clinical, const std::string& features, const Texts& ids = {"", ""},
              const Texts& rois = {}) {
    return read_cohort({.clinical = folder_.write("c.csv", clinical),
                        .features = folder_.write("f.csv", features),
                        .id_clinical = ids[1],
                        .id_features = ids[0],
                        .rois = rois});
  }
  TemporaryFolder folder_;
};

TEST_F(CohortTest, JoinsNamesThatASpreadsheetWouldRun) {
  const std::string features =
      "case,volume\n" + csv_cell("=A1") + ",1\n" + csv_cell("-12A") + ",2\n";
  EXPECT_EQ(features, "case,volume\n'=A1,1\n'-12A,2\n");
  const auto cohort = both("PatientID,age\n-12A,50\n=A1,60\n", features);
  EXPECT_EQ(cohort.ids, (Texts{"=A1", "-12A"}));
  EXPECT_EQ(column(cohort, "age").cells, (Cells{"60", "50"}));
}

TEST_F(CohortTest, NobodyIsJoinedWithoutAnId) {
  const auto joined = error_text([&] { both("id,age\nA,50\n ,60\n", "id,x\nA,1\n,2\n"); });
  EXPECT_EQ(joined,
            "invalid_argument: c.csv:3:id: a patient without an id; fill it in, or delete the row");
  const auto features = error_text([&] { both("id,age\nA,50\n", "id,x\nA,1\n,2\n"); });
  EXPECT_TRUE(features.starts_with("invalid_argument: f.csv:3:id: ")) << features;
}

TEST_F(CohortTest, EmptyRowsOfASpreadsheetAreNobody) {
  const auto cohort = clinical_only("id,age\nA,50\n,\nB,60\n , \n\n,\n");
  EXPECT_EQ(cohort.ids, (Texts{"A", "B"}));
  EXPECT_EQ(cohort.tables[0].rows_read, 2);
  EXPECT_EQ(column(cohort, "age").place(1), "c.csv:4:age");
  EXPECT_EQ(error_text([&] { clinical_only("id,age\n,\n"); }),
            "no_rows: c.csv: all rows are empty; export it again");
}

TEST_F(CohortTest, JoinsByIdInTheOrderOfTheFeatures) {
  const auto cohort = both("PatientID,age\nA,50\nB,60\nC,70\n", "case,volume\nC,3\nX,9\nA,1\n");
  EXPECT_EQ(cohort.ids, (Texts{"C", "A"}));
  EXPECT_EQ(column(cohort, "age").cells, (Cells{"70", "50"}));
  EXPECT_EQ(column(cohort, "volume").cells, (Cells{"3", "1"}));
  EXPECT_EQ(column(cohort, "age").place(0), "c.csv:4:age");
  EXPECT_EQ(cohort.only_in_clinical, (Texts{"B"}));
  EXPECT_EQ(cohort.only_in_features, (Texts{"X"}));
  ASSERT_EQ(cohort.warnings.size(), 1u);
  EXPECT_EQ(cohort.warnings[0].code, WarningCode::unmatched_ids);
  EXPECT_EQ(cohort.warnings[0].ids, (Texts{"B", "X"}));
}

TEST_F(CohortTest, FindsTheIdColumn) {
  const auto id = [](const Cohort& cohort, std::size_t table) {
    return cohort.tables[table].id_column;
  };
  const auto shared = both("case,ID\n1,A\n", "id,x\nA,2\n");
  EXPECT_EQ(id(shared, 0), "ID") << "the one that both have comes before the first of the list";
  EXPECT_EQ(id(shared, 1), "id");
  EXPECT_EQ(id(both("patientid\nA\n", "Case\nA\n"), 0), "patientid");
  EXPECT_EQ(both("who,id\nA,1\n", "roi,who\n1,A\n", {"who", "who"}).ids, (Texts{"A"}));
  EXPECT_EQ(both("person\nA\n", "scan\nA\n", {"scan", "person"}).ids, (Texts{"A"}));
  EXPECT_EQ(clinical_only("t\n5\n6\n").ids, (Texts{"1", "2"})) << "numbered";
  const std::string none = error_text([&] { both("who,age\nA,1\n", "case\nA\n"); });
  EXPECT_TRUE(none.starts_with("column_not_found: c.csv: no id column")) << none;
  EXPECT_NE(none.find("--id; it has who, age"), std::string::npos) << none;
  EXPECT_TRUE(error_text([&] {
                both("case\nA\n", "case\nA\n", {"x", "x"});
              }).starts_with("column_not_found"));
}

TEST_F(CohortTest, RefusesIdsThatDoNotIdentify) {
  const std::string twice = error_text([&] { clinical_only("id,t\nA,1\nB,2\nA,3\n"); });
  EXPECT_TRUE(twice.starts_with("duplicate_id: c.csv:4:id: id 'A' is also on line 2")) << twice;
  const std::string regions = error_text([&] { both("id\nA\n", "id,roi\nA,GTV\nA,lung\n"); });
  EXPECT_TRUE(regions.starts_with("duplicate_id: f.csv:3:id: ")) << regions;
  EXPECT_NE(regions.find("--roi"), std::string::npos);
  EXPECT_EQ(both("id\nA\n", "id,roi\nA,GTV\nA,lung\n", {"", ""}, {"gtv*"}).ids, (Texts{"A"}));
  const std::string apart = error_text([&] { both("id\nA\nB\nC\n", "id\nX\nY\n"); });
  EXPECT_TRUE(apart.starts_with(
      "no_common_ids: 0 ids matched: c.csv has 'A', 'B' in 'id', f.csv has 'X', 'Y'"))
      << apart;
}

TEST_F(CohortTest, TrimsIdsWithAWarning) {
  const auto cohort = both("id,age\nA ,1\nB,2\n", "id,x\nA,1\n B,2\n");
  EXPECT_EQ(cohort.ids, (Texts{"A", "B"}));
  ASSERT_EQ(cohort.warnings.size(), 2u);
  EXPECT_EQ(cohort.warnings[0].code, WarningCode::id_trimmed);
  EXPECT_TRUE(cohort.warnings[0].message.starts_with("c.csv:2:id: "));
  EXPECT_TRUE(cohort.warnings[1].message.starts_with("f.csv:3:id: "));
}

TEST_F(CohortTest, TheClinicalColumnCounts) {
  const auto cohort = both("id,age\nA,1\n", "id,age\nA,2\n");
  EXPECT_EQ(column(cohort, "age").cells, (Cells{"1"}));
  ASSERT_EQ(cohort.warnings.size(), 1u);
  EXPECT_EQ(cohort.warnings[0].code, WarningCode::column_in_both);
  EXPECT_EQ(cohort.warnings[0].column, "age");
}

TEST_F(CohortTest, NamesTheNearestColumn) {
  const auto cohort = clinical_only("id,Time,os_months\nA,1,2\n");
  const std::string error = error_text([&] { column(cohort, "time"); });
  EXPECT_EQ(error,
            "column_not_found: c.csv: no column 'time'; did you mean 'Time'?; columns: id, Time, "
            "os_months");
  EXPECT_NE(error_text([&] { column(cohort, "months"); }).find("'os_months'?"), std::string::npos);
}

TEST_F(CohortTest, ReadsNumbers) {
  const auto cohort = clinical_only("x\n1\n NA \n\nNaN\nnan\n-2.5e3\n1e-400\n", {});
  const auto values = numbers(column(cohort, "x"), cohort.cells);
  ASSERT_EQ(values.size(), 7u);
  EXPECT_EQ(values[0], 1);
  for (const std::size_t i : {1, 2, 3, 4}) EXPECT_TRUE(std::isnan(values[i])) << i;
  EXPECT_EQ(values[5], -2500);
  EXPECT_EQ(values[6], 0) << "too small for a number is 0";
}

TEST_F(CohortTest, NumbersAreTheNearestOnes) {
  const Texts texts{"0.1",
                    "-0.3",
                    "-0",
                    "+7",
                    ".5",
                    "5.",
                    "123456789012345",
                    "1234567890.12345",
                    "2.5e2",
                    "0.000000000000001",
                    "9007199254740993",
                    "0.30000000000000004"};
  const auto values = [&] {
    const auto cohort = clinical_only("x\n" + join(texts, "\n") + "\n");
    return numbers(column(cohort, "x"), cohort.cells);
  }();
  ASSERT_EQ(values.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i)
    EXPECT_EQ(values[i], std::strtod(texts[i].c_str(), nullptr)) << texts[i];
  EXPECT_TRUE(std::signbit(values[2]));
  for (const char* none : {"-", ".", "-.", "1.2.3", "--1", "1-", "1 2"}) {
    const auto cohort = clinical_only(std::string("x\n1\n") + none + "\n");
    EXPECT_TRUE(error_text([&] { numbers(column(cohort, "x"), {}); }).starts_with("not_numeric: "));
  }
}

TEST_F(CohortTest, NamesTheCellThatIsNoNumber) {
  const auto text = clinical_only("id,x\nA,1\nB,sixty\nC,.\n");
  EXPECT_TRUE(error_text([&] {
                numbers(column(text, "x"), text.cells);
              }).starts_with("not_numeric: c.csv:3:x: 'sixty' is not a number (and 1 more cell)"));
  CellRules rules;
  for (const char* infinite : {"inf", "-Inf", "1e400", "-1e400"}) {
    const auto cohort = clinical_only(std::string("id,x\nA,1\nB,") + infinite + "\n");
    EXPECT_TRUE(error_text([&] {
                  numbers(column(cohort, "x"), rules);
                }).starts_with("nonfinite: c.csv:3:x: "));
    EXPECT_TRUE(std::isnan(numbers(column(cohort, "x"), {.nonfinite_is_missing = true})[1]));
  }
}

TEST_F(CohortTest, FollowsTheRulesForCells) {
  const auto cohort = clinical_only("id,x\nA,.\nB,1\n", {.missing = {"."}});
  EXPECT_TRUE(std::isnan(numbers(column(cohort, "x"), cohort.cells)[0]));
  EXPECT_EQ(to_number("1,5", {.decimal = ','}), 1.5);
  EXPECT_FALSE(to_number("1.5", {.decimal = ','}));
  EXPECT_FALSE(to_number("1,5", {}));
  EXPECT_FALSE(to_number("1e", {}));
}

TEST_F(CohortTest, GroupsOfManyLevelsAreSortedAsNumbers) {
  std::string text = "x\nNAN\n";
  for (int i = 0; i < 40; ++i) text += to_text(i * 7 % 40) + "\n";
  const auto cohort = clinical_only(text);
  const auto grouping = group_by(column(cohort, "x"), {}, cohort.cells);
  ASSERT_EQ(grouping.labels.size(), 41u);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(grouping.labels[i], to_text(i));
  EXPECT_EQ(grouping.group[0], 40) << "what is infinite or undefined is a level: the last";
  EXPECT_EQ(grouping.group[2], 7);
}

TEST_F(CohortTest, GroupsByTextAndByNumber) {
  const auto cohort = clinical_only("id,s,n,m\nA,b,10,1\nB,NA,9,x\nC,a,9.0,NA\n");
  const auto grouped = [&](const char* name, const Texts& levels = {}) {
    return group_by(column(cohort, name), levels, cohort.cells);
  };
  EXPECT_EQ(grouped("s").labels, (Texts{"a", "b"}));
  EXPECT_EQ(grouped("s").group, (std::vector<int>{1, -1, 0}));
  EXPECT_EQ(grouped("n").labels, (Texts{"9", "10"})) << "as numbers";
  EXPECT_EQ(grouped("n").group, (std::vector<int>{1, 0, 0}));
  EXPECT_EQ(grouped("s", {"b", "c", "a"}).group, (std::vector<int>{0, -1, 2}));
  EXPECT_EQ(grouped("n", {"10", "9.00"}).group, (std::vector<int>{0, 1, 1}));
  EXPECT_TRUE(error_text([&] {
                grouped("s", {"a"});
              }).starts_with("invalid_argument: c.csv:2:s: 'b' is none of"));
  const auto cells = crossed({grouped("s"), grouped("n")}, 3);
  EXPECT_EQ(cells.labels, (Texts{"b, 10", "a, 9"}));
  EXPECT_EQ(cells.group, (std::vector<int>{0, -1, 1}));
  EXPECT_EQ(crossed({}, 3).group, (std::vector<int>{0, 0, 0}));
}

TEST(Factor, IsParsed) {
  EXPECT_EQ(parse_factor("stage").levels, Texts{});
  EXPECT_EQ(parse_factor("stage:I-II, IIIA,IIIB").levels, (Texts{"I-II", "IIIA", "IIIB"}));
  for (const char* wrong : {"", ":a", "s:", "s:a,,b", "s:a,a"})
    EXPECT_THROW(parse_factor(wrong), Error) << wrong;
}

}  // namespace
}  // namespace radiomics
