#include "radiomics/pipeline/batch_folder.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

std::vector<std::string> names_for(const std::vector<std::string>& case_names) {
  std::vector<Case> cases(case_names.size());
  for (std::size_t i = 0; i < cases.size(); ++i) cases[i].name = case_names[i];
  return result_names(cases);
}

TEST(ResultNames, NameOfTheCaseWhereItFits) {
  EXPECT_EQ(names_for({"s0123456789ab", "P-7_b", "Jürgen"}),
            (std::vector<std::string>{"s0123456789ab", "P-7_b", "Jürgen"}));
}

TEST(ResultNames, EveryCaseHasItsOwn) {
  EXPECT_EQ(names_for({"a", "b", "a", "A", "a.2"}),
            (std::vector<std::string>{"a", "b", "a.2", "A.3", "a.2.2"}));
}

TEST(ResultNames, StayInsideOfTheFolder) {
  for (const char* name : {"../up", "a/b", ".hidden", "-rf", "a\\b", "C:", "a\nb", "a\"b"}) {
    const std::string result = names_for({name}).front();
    EXPECT_EQ(result.find_first_of("/\\:\n\""), std::string::npos) << result;
    EXPECT_NE(result.front(), '.');
    EXPECT_NE(result.front(), '-');
    EXPECT_EQ(result.size(), std::string(name).size() + 9) << "and eight digits of the hash";
  }
  EXPECT_NE(names_for({"a/b"}), names_for({"a:b"}));
}

TEST(ResultNames, LongNamesAreCutBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 99; ++i) name += "ä";  // two bytes each
  const std::string result = names_for({"x" + name}).front();
  EXPECT_EQ(result.size(), 99U + 9U);
  EXPECT_NE(result, names_for({"x" + name + "b"}).front());
}

TEST(ResultNames, CaseWithoutAName) {
  Case one, other;
  one.image = other.image = "ct";
  one.mask = "a.dcm";
  other.mask = "b.dcm";
  const auto names = result_names({one, other});
  EXPECT_EQ(names[0].size(), 13U);
  EXPECT_EQ(names[0][0], 'x');
  EXPECT_NE(names[0], names[1]);
}

TEST(OpenBatchFolder, RemovesWhatKilledRunsLeftAndNothingElse) {
  const TemporaryFolder folder;
  folder.write("out/cases/a.json.12.tmp", "half");
  folder.write("out/features.csv.12.tmp", "half");
  folder.write("out/cases/a.json", "whole");
  folder.write("out/notes.txt", "mine");
  const OpenBatchFolder open(folder / "out");
  EXPECT_TRUE(open.is_locked());
  EXPECT_FALSE(std::filesystem::exists(folder / "out/cases/a.json.12.tmp"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out/features.csv.12.tmp"));
  EXPECT_TRUE(std::filesystem::exists(folder / "out/cases/a.json"));
  EXPECT_TRUE(std::filesystem::exists(folder / "out/notes.txt"));
  EXPECT_ERROR(OpenBatchFolder(folder / "out"), ErrorKind::folder_in_use, "out: another run");
}

}  // namespace
}  // namespace radiomics
