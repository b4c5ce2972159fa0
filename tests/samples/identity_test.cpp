#include "samples/identity.h"

#include <set>

#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "samples/cohort.h"

namespace radiomics::samples {
namespace {

// The first value was computed by another program with whole numbers of any length.
TEST(Identity, UidsFollowTheRules) {
  EXPECT_EQ(uid("implementation"), "2.25.71597187363898570019539173086000473065");
  for (int i = 0; i < 1000; ++i) {
    const std::string text = uid("thing " + to_text(i));
    EXPECT_LE(text.size(), 44u);  // 64 are allowed; 2^128 has 39 digits
    EXPECT_TRUE(text.starts_with("2.25."));
    EXPECT_NE(text[5], '0');
    EXPECT_EQ(text.find_first_not_of("0123456789", 5), std::string::npos);
  }
}

TEST(Identity, AgeFitsTheDates) {
  for (const Patient& patient : cohort_patients()) {
    const Identity& identity = patient.identity;
    const int years = *to_integer(identity.study_date.substr(0, 4)) -
                      *to_integer(identity.birth_date.substr(0, 4));
    const bool birthday_to_come = identity.birth_date.substr(4) > identity.study_date.substr(4);
    EXPECT_EQ(years - birthday_to_come, identity.age) << patient.number;
  }
}

TEST(Identity, PatientsDiffer) {
  std::set<std::string> names, ids, births, accessions;
  for (const Patient& patient : cohort_patients()) {
    names.insert(patient.identity.name);
    ids.insert(patient.identity.patient_id);
    births.insert(patient.identity.birth_date);
    accessions.insert(patient.identity.accession);
  }
  for (const auto& set : {names, ids, births, accessions}) EXPECT_EQ(set.size(), 24u);
}

// A short text would be found in outputs where nobody's identity is.
TEST(Identity, PlantedTextsAreLongEnoughToBeTold) {
  for (const std::string& text : planted_identities(cohort_patients()))
    EXPECT_GE(text.size(), 6u) << text;
}

}  // namespace
}  // namespace radiomics::samples
