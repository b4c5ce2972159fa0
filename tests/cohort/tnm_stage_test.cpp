#include "radiomics/cohort/tnm_stage.h"

#include <gtest/gtest.h>

#include "radiomics/cohort/cohort.h"
#include "radiomics/cohort/column.h"
#include "radiomics/cohort/stage_columns.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

TEST(TnmStage, CategoriesAreReadAsPeopleWriteThem) {
  for (const char* text : {"T2a", "cT2a", "2a", " pT2A ", "ypT2a", "t2a"})
    EXPECT_EQ(t_category(text), "T2a") << text;
  EXPECT_EQ(t_category("4"), "T4");
  EXPECT_EQ(t_category("Tis"), "Tis");
  EXPECT_EQ(n_category("cN2"), "N2");
  EXPECT_EQ(m_category("M1b"), "M1b");
  EXPECT_EQ(stage_group("Stage IIIb"), "IIIB");
  EXPECT_EQ(stage_group("3A"), "IIIA");
  EXPECT_EQ(stage_group("I-II"), "I-II");
  EXPECT_EQ(t_category("T2a(2)"), "T2a") << "two tumours";
  EXPECT_EQ(t_category("pT1mi"), "T1mi");
  EXPECT_EQ(n_category("N1(sn)"), "N1");
  for (const char* text : {"LD", "LS-SCLC", "limited disease", "L", "Limited-stage", "LIM"})
    EXPECT_EQ(disease_extent(text), "limited") << text;
  EXPECT_EQ(disease_extent("ED"), "extensive");
}

// Public tables of lung cancer hold T=5, N=4 and M=3.
TEST(TnmStage, WhatNoEditionHasIsNothing) {
  for (const char* text :
       {"5", "T5", "TX", "", "T2c", "T22", "2d", "N1", "late", "T4 N3", "T2(x)", "T1micro", "(2)"})
    EXPECT_FALSE(t_category(text)) << text;
  EXPECT_FALSE(n_category("4"));
  EXPECT_FALSE(n_category("N2a")) << "the 9th edition is not read";
  EXPECT_FALSE(m_category("3"));
  for (const char* text : {"V", "IIIB/IV", "5", "IIID", "III B C"})
    EXPECT_FALSE(stage_group(text)) << text;
  for (const char* text :
       {"unknown", "estimated", "lsd", "very limited", "edge", "limited/extensive"})
    EXPECT_FALSE(disease_extent(text)) << text;
}

// Tables of Goldstraw et al. 2007 and 2016.
TEST(TnmStage, GroupsDependOnTheEdition) {
  const auto seventh = [](const char* t, const char* n, const char* m) {
    return group_of(t, n, m, TnmEdition::seventh).value_or("unsettled");
  };
  const auto eighth = [](const char* t, const char* n, const char* m) {
    return group_of(t, n, m, TnmEdition::eighth).value_or("unsettled");
  };
  EXPECT_EQ(seventh("T1a", "N0", "M0"), "IA");
  EXPECT_EQ(eighth("T1b", "N0", "M0"), "IA2");
  EXPECT_EQ(seventh("T2a", "N1", "M0"), "IIA");
  EXPECT_EQ(eighth("T2a", "N1", "M0"), "IIB");
  EXPECT_EQ(seventh("T3", "N2", "M0"), "IIIA");
  EXPECT_EQ(eighth("T3", "N2", "M0"), "IIIB");
  EXPECT_EQ(seventh("T4", "N3", "M0"), "IIIB");
  EXPECT_EQ(eighth("T4", "N3", "M0"), "IIIC");
  EXPECT_EQ(seventh("T1a", "N0", "M1b"), "IV");
  EXPECT_EQ(eighth("T1a", "N0", "M1b"), "IVA");
  EXPECT_EQ(eighth("T1a", "N0", "M1c"), "IVB");
  EXPECT_EQ(eighth("T2", "N0", "M0"), "unsettled");
  EXPECT_EQ(eighth("T2", "N2", "M0"), "IIIA");
}

/// A group per T and N0 ... N3, all M0.
void expect_table(TnmEdition edition,
                  const std::vector<std::pair<const char*, std::vector<std::string>>>& table) {
  for (const auto& [t, groups] : table)
    for (std::size_t n = 0; n < groups.size(); ++n)
      EXPECT_EQ(group_of(t, "N" + std::to_string(n), "M0", edition).value_or(""), groups[n])
          << t << " N" << n << " in edition " << int(edition);
}

// All of both tables.
TEST(TnmStage, WholeTablesAsPublished) {
  expect_table(TnmEdition::seventh, {{"T1a", {"IA", "IIA", "IIIA", "IIIB"}},
                                     {"T1b", {"IA", "IIA", "IIIA", "IIIB"}},
                                     {"T2a", {"IB", "IIA", "IIIA", "IIIB"}},
                                     {"T2b", {"IIA", "IIB", "IIIA", "IIIB"}},
                                     {"T2", {"", "II", "IIIA", "IIIB"}},
                                     {"T3", {"IIB", "IIIA", "IIIA", "IIIB"}},
                                     {"T4", {"IIIA", "IIIA", "IIIB", "IIIB"}},
                                     {"Tis", {"0", "", "", ""}},
                                     {"T0", {"", "", "", ""}}});
  expect_table(TnmEdition::eighth, {{"T1mi", {"IA1", "IIB", "IIIA", "IIIB"}},
                                    {"T1a", {"IA1", "IIB", "IIIA", "IIIB"}},
                                    {"T1b", {"IA2", "IIB", "IIIA", "IIIB"}},
                                    {"T1c", {"IA3", "IIB", "IIIA", "IIIB"}},
                                    {"T2a", {"IB", "IIB", "IIIA", "IIIB"}},
                                    {"T2b", {"IIA", "IIB", "IIIA", "IIIB"}},
                                    {"T2", {"", "IIB", "IIIA", "IIIB"}},
                                    {"T3", {"IIB", "IIIA", "IIIB", "IIIC"}},
                                    {"T4", {"IIIA", "IIIA", "IIIB", "IIIC"}},
                                    {"Tis", {"0", "", "", ""}}});
}

TEST(TnmStage, AStatedGroupAgreesAsFarAsItIsDivided) {
  EXPECT_TRUE(agree("II", "IIB"));
  EXPECT_TRUE(agree("IA", "IA2"));
  EXPECT_TRUE(agree("IA2", "IA"));
  EXPECT_TRUE(agree("IA2", "IA1"));
  EXPECT_FALSE(agree("IB", "IA1"));
  EXPECT_TRUE(agree("I-II", "IA1"));
  EXPECT_TRUE(agree("IIA-IIIA", "IIIA"));
  EXPECT_FALSE(agree("I-II", "IIIA"));
  EXPECT_FALSE(agree("IIA-IIIA", "IIIB"));
  EXPECT_FALSE(agree("I", "II"));
  EXPECT_FALSE(agree("IIIA", "IIIB"));
  EXPECT_FALSE(agree("IV", "IIIC"));
  EXPECT_FALSE(agree("occult", "IA"));
  for (const char* code : {"T1c", "T1mi", "M1c", "IA1", "IIIC", "IVB", "IIIA-IIIC"})
    EXPECT_TRUE(is_of_8th_only(code)) << code;
  for (const char* code : {"T1b", "M1b", "IA", "IIIB", "IV", "I-II", ""})
    EXPECT_FALSE(is_of_8th_only(code)) << code;
}

class StageColumnsTest : public testing::Test {
 protected:
  Cohort read(const std::string& text, const std::string& stage) {
    return read_cohort({.clinical = folder_.write("c.csv", text), .stage = parse_stage(stage)});
  }
  TemporaryFolder folder_;
};

TEST_F(StageColumnsTest, MakeFactorsThatNeedNoDeclaration) {
  const Cohort cohort =
      read("id,t,n,m\n1,T1a,N0,M0\n2,5,N1,M0\n3,2b,2,1\n4,T2,N0,0\n", "T=t,N=n,M=m,edition=8");
  const Column t = column(cohort, "stage.T"), tnm = column(cohort, "stage.tnm8"),
               extent = column(cohort, "stage.valsg");
  EXPECT_EQ(t.cells, (std::vector<std::string_view>{"T1", "", "T2", "T2"}));
  EXPECT_EQ(t.missing[1], 1);
  EXPECT_EQ(tnm.cells, (std::vector<std::string_view>{"I", "", "IV", ""}));
  EXPECT_EQ(extent.cells,
            (std::vector<std::string_view>{"limited", "limited", "extensive", "limited"}));
  ASSERT_EQ(cohort.warnings.size(), 2u);
  EXPECT_EQ(cohort.warnings[0].code, WarningCode::unknown_stage);
  EXPECT_EQ(cohort.warnings[0].message,
            "c.csv:3:t: '5' is none of T0 to T4 and Tis; missing in 1 patient");
  EXPECT_EQ(cohort.warnings[1].ids, std::vector<std::string>{"4"}) << "T2 without its letter";
}

TEST_F(StageColumnsTest, EditionsAreNeverMixedSilently) {
  const Cohort cohort = read("id,t,n,m,s\n1,T3,N2,M0,IIIA\n2,T1a,N0,M0,IA2\n3,T1a,N0,M0,II\n",
                             "T=t,N=n,M=m,overall=s,edition=8");
  EXPECT_EQ(column(cohort, "stage.tnm8").cells, (std::vector<std::string_view>{"", "I", ""}));
  ASSERT_EQ(cohort.warnings.size(), 1u);
  EXPECT_EQ(cohort.warnings[0].message,
            "stage.tnm8: T, N and M contradict 's', another edition? (T3 N2 M0 is IIIB, not IIIA); "
            "missing there in 2 patients");
  EXPECT_EQ(column(cohort, "stage.overall").cells,
            (std::vector<std::string_view>{"IIIA", "I", "II"}));
}

TEST_F(StageColumnsTest, CodesOfTheNewerEditionAreNotReadAsThoseOfTheOlder) {
  const char* table =
      "id,t,n,m,s\n1,T1c,N0,M0,IA3\n2,T1b,N0,M1c,IV\n3,T1b,N0,M0,I-II\n4,T4,N3,0,IIIC\n";
  const Cohort seventh = read(table, "T=t,N=n,M=m,overall=s,edition=7");
  EXPECT_EQ(column(seventh, "stage.tnm7").cells, (std::vector<std::string_view>{"", "", "I", ""}));
  ASSERT_EQ(seventh.warnings.size(), 1u);
  EXPECT_EQ(
      seventh.warnings[0].message,
      "stage.tnm7: a code of the 8th edition among those of the 7th (T1c); missing there in 3 "
      "patients");
  const Cohort eighth = read(table, "T=t,N=n,M=m,overall=s,edition=8");
  EXPECT_EQ(column(eighth, "stage.tnm8").cells,
            (std::vector<std::string_view>{"I", "IV", "I", "IIIC"}));
  EXPECT_TRUE(eighth.warnings.empty());
}

TEST_F(StageColumnsTest, AllUnknownCellsAreListed) {
  const Cohort cohort =
      read("id,t,m,x\n1,5,M1b,LD\n2,TX,M0,ED\n3,5,,LD\n4,T4 N3,1,E\n", "T=t,M=m,extent=x");
  ASSERT_EQ(cohort.warnings.size(), 2u);
  EXPECT_EQ(cohort.warnings[0].message,
            "c.csv:2:t: '5', 'TX' and 'T4 N3' are none of T0 to T4 and Tis; missing in 4 patients");
  EXPECT_EQ(
      cohort.warnings[1].message,
      "c.csv:2:x: limited disease, but distant metastasis in 'm', in 1 patient; the extent is "
      "taken as it is");
}

}  // namespace
}  // namespace radiomics
