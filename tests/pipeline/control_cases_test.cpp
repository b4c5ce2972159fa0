#include "radiomics/pipeline/control_cases.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "radiomics/pipeline/extract.h"
#include "radiomics/settings/presets.h"
#include "tests/support/cohort_folder.h"
#include "tests/support/errors.h"

namespace radiomics {
namespace {

class ControlCases : public testing::Test {
 protected:
  static CaseList cases() {
    CaseList list = list_cases(cohort().path() / "dicom");
    list.cases.resize(1);
    return list;
  }

  /// The values of the only region of the first case, by column.
  static std::map<std::string, double> values(const std::string& control, std::uint64_t seed = 1,
                                              int threads = 1) {
    CaseList list = with_controls(cases(), parse_controls({control}), seed);
    const Settings settings = preset("native");
    const Extraction result = extract(list.cases[0], settings, threads);
    const auto columns = columns_of(settings);
    std::map<std::string, double> named;
    for (std::size_t i = 0; i < columns.size(); ++i)
      named[column_name(columns[i])] = result.rows.at(0).values[i];
    return named;
  }

 private:
  static const samples::CohortFolder& cohort() {
    static const samples::CohortFolder folder;
    return folder;
  }
};

TEST_F(ControlCases, StandBesideTheCaseWithAColumnThatSaysWhich) {
  CaseList list = cases();
  list.carried_columns = {"centre"};
  list.cases[0].carried = {"A"};
  const auto all = with_controls(list, parse_controls({"original", "shuffled_roi"}), 5);
  EXPECT_EQ(all.carried_columns, (std::vector<std::string>{"centre", "Control"}));
  ASSERT_EQ(all.cases.size(), 2u);
  EXPECT_EQ(all.cases[0].carried, (std::vector<std::string>{"A", "original"}));
  EXPECT_EQ(all.cases[1].carried, (std::vector<std::string>{"A", "shuffle-roi"}));
  EXPECT_EQ(all.cases[0].name, all.cases[1].name);
  EXPECT_FALSE(all.cases[0].control);
  EXPECT_EQ(all.cases[1].control->seed, 5u);
  list.carried_columns = {"control"};
  EXPECT_ERROR(with_controls(list, parse_controls({"original"}), 1), ErrorKind::invalid_settings,
               "'control'");
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"shuffle"}, {""}, {"shuffle-roi", "shuffled_roi"}})
    EXPECT_ERROR(parse_controls(wrong), ErrorKind::invalid_argument, "");
}

// The outline is what it was, and so are the intensities that only change places.
TEST_F(ControlCases, ShufflingLeavesShapeAndHistogram) {
  const auto original = values("original"), shuffled = values("shuffle-roi");
  ASSERT_EQ(original.size(), shuffled.size());
  std::size_t same = 0, texture = 0, different = 0;
  for (const auto& [name, value] : original) {
    const double other = shuffled.at(name);
    // Moran's and Geary's indices and the centre of mass shift ask where an intensity lies.
    const bool by_place = name.find("moran") != std::string::npos ||
                          name.find("geary") != std::string::npos ||
                          name.find("centre_of_mass") != std::string::npos;
    if ((name.starts_with("original_morphology") && !by_place) ||
        name.starts_with("original_statistics") || name.starts_with("original_histogram") ||
        name.starts_with("original_ivh")) {
      EXPECT_EQ(value, other) << name;
      ++same;
    }
    if (name.starts_with("original_glcm")) {
      ++texture;
      different += value != other;
    }
  }
  EXPECT_GT(same, 70u);
  EXPECT_GT(different, texture * 9 / 10);
}

TEST_F(ControlCases, AreTheSameForAnyThreadsAndDifferByControlAndSeed) {
  const std::string contrast = "original_glcm_contrast_3d_v_mrg";
  std::vector<double> seen;
  for (const char* control : {"original", "shuffle-roi", "sample-roi", "random-roi", "shuffle-full",
                              "sample-full", "random-full"}) {
    const auto one = values(control);
    seen.push_back(one.at(contrast));
    EXPECT_EQ(one, values(control, 1, 4)) << control;
  }
  seen.push_back(values("shuffle-roi", 2).at(contrast));
  std::ranges::sort(seen);
  EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
  EXPECT_EQ(values("shuffle-non-roi").at(contrast), values("original").at(contrast))
      << "nothing outside is looked at where nothing is interpolated";
}

TEST_F(ControlCases, FailuresSayWhichControlTheyBelongTo) {
  Settings settings = preset("native");
  settings.prepare.resegment = {.lowest = 1e6};
  const auto list = with_controls(cases(), parse_controls({"original", "sample-roi"}), 1);
  const auto original = extract(list.cases[0], settings).failures.at(0).message;
  EXPECT_EQ(extract(list.cases[1], settings).failures.at(0).message,
            "control sample-roi: " + original);
}

}  // namespace
}  // namespace radiomics
