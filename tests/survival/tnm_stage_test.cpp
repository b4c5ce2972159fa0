#include "radiomics/survival/tnm_stage.h"

#include <gtest/gtest.h>

#include "radiomics/survival/cohort.h"
#include "radiomics/survival/column.h"
#include "radiomics/survival/stage_columns.h"
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
  for (const char* text : {"LD", "LS-SCLC", "limited disease"})
    EXPECT_EQ(disease_extent(text), "limited") << text;
  EXPECT_EQ(disease_extent("ED"), "extensive");
}

// Public tables of lung cancer hold T=5, N=4 and M=3.
TEST(TnmStage, WhatNoEditionHasIsNothing) {
  for (const char* text : {"5", "T5", "TX", "", "T2c", "T22", "2d", "N1", "late"})
    EXPECT_FALSE(t_category(text)) << text;
  EXPECT_FALSE(n_category("4"));
  EXPECT_FALSE(m_category("3"));
  EXPECT_FALSE(stage_group("V"));
  EXPECT_FALSE(disease_extent("unknown"));
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
            "c.csv:3:t: '5' is no category of any edition; missing in 1 patient");
  EXPECT_EQ(cohort.warnings[1].ids, std::vector<std::string>{"4"}) << "T2 without its letter";
}

TEST_F(StageColumnsTest, EditionsAreNeverMixedSilently) {
  const Cohort cohort = read("id,t,n,m,s\n1,T3,N2,M0,IIIA\n2,T1a,N0,M0,IA2\n3,T1a,N0,M0,II\n",
                             "T=t,N=n,M=m,overall=s,edition=8");
  EXPECT_EQ(column(cohort, "stage.tnm8").cells, (std::vector<std::string_view>{"IIIB", "I", ""}));
  ASSERT_EQ(cohort.warnings.size(), 1u) << "II contradicts I; IIIA and IIIB are one main group";
  EXPECT_NE(cohort.warnings[0].message.find("contradict 's'"), std::string::npos);
  EXPECT_EQ(column(cohort, "stage.overall").cells,
            (std::vector<std::string_view>{"IIIA", "I", "II"}));
}

}  // namespace
}  // namespace radiomics
