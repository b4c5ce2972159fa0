#include "samples/clinical.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "radiomics/core/text.h"

namespace radiomics::samples {
namespace {

double diameter_mm(const Patient& patient) { return 2 * primary_tumour(patient).semi_axes_mm[0]; }

/// Harrell's C of a marker: of the pairs of whom the first is known to have died earlier, the part
/// in which the first has the higher marker; ties of the marker count half.
double concordance(const std::vector<Outcome>& table, const std::vector<double>& marker) {
  double pairs = 0, concordant = 0;
  for (std::size_t i = 0; i < table.size(); ++i)
    for (std::size_t j = 0; j < table.size(); ++j) {
      if (!table[i].os_event || !(table[i].os_months < table[j].os_months)) continue;
      ++pairs;
      concordant += marker[i] > marker[j] ? 1 : marker[i] == marker[j] ? 0.5 : 0;
    }
  return concordant / pairs;
}

// Source: Goldstraw et al. 2007, table 5: one combination of each stage group and of each border.
TEST(Clinical, StagesFollowTheSeventhEdition) {
  const auto stage = [](const char* t, const char* n, const char* m) {
    return overall_stage({t, n, m});
  };
  EXPECT_EQ(stage("T1a", "N0", "M0"), "IA");
  EXPECT_EQ(stage("T2a", "N0", "M0"), "IB");
  EXPECT_EQ(stage("T2b", "N0", "M0"), "IIA");
  EXPECT_EQ(stage("T1b", "N1", "M0"), "IIA");
  EXPECT_EQ(stage("T2a", "N1", "M0"), "IIA");
  EXPECT_EQ(stage("T2b", "N1", "M0"), "IIB");
  EXPECT_EQ(stage("T3", "N0", "M0"), "IIB");
  EXPECT_EQ(stage("T3", "N1", "M0"), "IIIA");
  EXPECT_EQ(stage("T1a", "N2", "M0"), "IIIA");
  EXPECT_EQ(stage("T4", "N0", "M0"), "IIIA");
  EXPECT_EQ(stage("T4", "N1", "M0"), "IIIA");
  EXPECT_EQ(stage("T4", "N2", "M0"), "IIIB");
  EXPECT_EQ(stage("T1a", "N3", "M0"), "IIIB");
  EXPECT_EQ(stage("T1a", "N0", "M1a"), "IV");
  EXPECT_EQ(stage("T5", "N0", "M0"), "");
  EXPECT_EQ(stage("T1a", "N0", "M2"), "");
}

// T1a <= 20 mm < T1b <= 30 mm < T2a <= 50 mm < T2b <= 70 mm < T3; invasion may raise it.
TEST(Clinical, TIsAtLeastWhatTheSizeAsksFor) {
  const std::map<std::string, double> largest_mm{{"T1a", 20}, {"T1b", 30},  {"T2a", 50},
                                                 {"T2b", 70}, {"T3", 1000}, {"T4", 1000}};
  for (const Patient& patient : cohort_patients())
    EXPECT_LE(diameter_mm(patient), largest_mm.at(patient.staging.t)) << patient.number;
}

TEST(Clinical, TimesAreConsistent) {
  for (const Outcome& outcome : outcomes(cohort_patients())) {
    EXPECT_GT(outcome.lr_months, 0);
    EXPECT_LE(outcome.lr_months, outcome.os_months);
    EXPECT_LE(outcome.os_months, 60);
    EXPECT_TRUE(outcome.lr_event || outcome.lr_months == outcome.os_months);
    EXPECT_TRUE(outcome.os_event || outcome.os_months >= 24);
  }
}

// Chance alone gives C = 0.5 with a standard error of about 0.08 (24 patients, 16 deaths).
TEST(Clinical, SizeMattersAndStageDoesNot) {
  const auto patients = cohort_patients();
  const std::string order[] = {"IA", "IB", "IIA", "IIB", "IIIA", "IIIB", "IV"};
  std::vector<double> size, stage;
  for (const Patient& patient : patients) {
    size.push_back(diameter_mm(patient));
    const std::string text = overall_stage(patient.staging);
    stage.push_back(double(std::ranges::find(order, text) - order));
    EXPECT_LT(stage.back(), 7) << patient.number;
  }
  const auto table = outcomes(patients);
  EXPECT_GT(concordance(table, size), 0.66);          // two standard errors
  EXPECT_NEAR(concordance(table, stage), 0.5, 0.08);  // one
}

TEST(Clinical, TableHasOneRowPerPatient) {
  const auto patients = cohort_patients();
  const auto lines = split(clinical_csv(patients), '\n');
  ASSERT_EQ(lines.size(), patients.size() + 2);
  std::set<std::string> names;
  for (std::size_t i = 1; i <= patients.size(); ++i) {
    EXPECT_EQ(split(lines[i], ',').size(), 13u);
    names.insert(split(lines[i], ',')[0]);
  }
  EXPECT_EQ(names.size(), patients.size());
}

}  // namespace
}  // namespace radiomics::samples
