#include "radiomics/survival/checklist.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

const ChecklistAnswer& item(const std::vector<ChecklistAnswer>& answers,
                            const std::string& checklist, const std::string& number) {
  const auto found = std::ranges::find_if(answers, [&](const ChecklistAnswer& answer) {
    return answer.checklist == checklist && answer.item == number;
  });
  EXPECT_NE(found, answers.end()) << checklist << number;
  return *found;
}

TEST(Checklist, ProvesWhatARunShowsAndLeavesTheRestBlank) {
  TemporaryFolder folder;
  const auto run = folder.write(
      "result.json",
      R"({"command": "compare", "config": {"base": ["stage"], "volume": "v", "bootstrap": 500},
          "results": [{"events": 46, "models": [{"df": 2}, {"df": 4}]}]})");
  const auto answers = checklist_answers({run});
  EXPECT_TRUE(item(answers, "METRICS", "#24").proven) << "stage is no radiomics";
  EXPECT_TRUE(item(answers, "METRICS", "#25").proven);
  EXPECT_TRUE(item(answers, "METRICS", "#16").proven) << "11.5 events per parameter";
  EXPECT_NE(item(answers, "METRICS", "#16").evidence.find("11.5"), std::string::npos);
  EXPECT_FALSE(item(answers, "METRICS", "#14").proven);
  EXPECT_FALSE(item(answers, "METRICS", "#27").proven);
  EXPECT_FALSE(item(answers, "RQS", "12").proven) << "blank, not -5";
  EXPECT_EQ(item(answers, "METRICS", "#27").worth, "0.0749");
}

TEST(Checklist, SubgroupsAreProvenByAValidationThatHasThem) {
  TemporaryFolder folder;
  const auto proven = [&](const std::string& result) {
    const auto answers = checklist_answers({folder.write("result.json", result)});
    const auto found =
        std::ranges::find(answers, "performance in key subgroups", &ChecklistAnswer::topic);
    return found != answers.end() && found->proven;
  };
  EXPECT_TRUE(
      proven(R"({"command": "validate", "results": [{"subgroups": [{"variable": "sex"}]}]})"));
  EXPECT_FALSE(proven(R"({"command": "validate", "results": [{"events": 9}]})"));
}

TEST(Checklist, FewEventsProveNothing) {
  TemporaryFolder folder;
  const auto run = folder.write("result.json",
                                R"({"command": "cox", "results": [{"events": 9, "terms": [1]}]})");
  EXPECT_FALSE(item(checklist_answers({run}), "METRICS", "#16").proven);
}

TEST(Checklist, ATrainingHasAllOfItsCandidates) {
  TemporaryFolder folder;
  const auto run = folder.write("result.json",
                                R"({"command": "train", "results": [{"events": 40,
      "candidate_parameters": 200, "selected": [1], "extraction_settings_sha256": "35953d94",
      "resampling": {"nested_cv": {"mean": 0.6}}}]})");
  const auto answers = checklist_answers({run});
  EXPECT_FALSE(item(answers, "METRICS", "#16").proven) << "200 parameters, not the selected one";
  EXPECT_TRUE(item(answers, "METRICS", "#13").proven);
  EXPECT_TRUE(item(answers, "METRICS", "#18").proven);
  EXPECT_TRUE(item(answers, "METRICS", "#26").proven);
  EXPECT_FALSE(item(answers, "METRICS", "#21").proven) << "no interval of the nested C";
}

TEST(Checklist, WhatWasNotDoneProvesNothing) {
  TemporaryFolder folder;
  const auto compared = folder.write(
      "a.json",
      R"({"command": "compare", "config": {"bootstrap": 0}, "results": [{"events": 9}]})");
  EXPECT_FALSE(item(checklist_answers({compared}), "METRICS", "#26").proven) << "no resamples";
  const auto refused = folder.write("b.json", R"({"command": "train", "config": {},
      "results": [{"endpoint": "OS", "error": "no_events: OS"}]})");
  const auto answers = checklist_answers({refused});
  EXPECT_TRUE(std::ranges::none_of(answers, &ChecklistAnswer::proven));
}

TEST(Checklist, RefusesWhatIsNoRun) {
  TemporaryFolder folder;
  EXPECT_THROW(checklist_answers({folder.write("d.json", R"({"command": "cox", "results": 1})")}),
               Error);
  EXPECT_THROW(checklist_answers({folder.write("a.json", "{}")}), Error);
  EXPECT_THROW(checklist_answers({folder.write("b.json", "not json")}), Error);
  EXPECT_THROW(checklist_answers({folder.write("c.json", "x") / "absent"}), Error);
}

}  // namespace
}  // namespace radiomics
