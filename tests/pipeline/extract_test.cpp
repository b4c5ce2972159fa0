#include "radiomics/pipeline/extract.h"

#include <tuple>

#include <gtest/gtest.h>

#include "radiomics/io/open.h"
#include "radiomics/settings/presets.h"
#include "tests/support/bits.h"
#include "tests/support/cohort_folder.h"

namespace radiomics {
namespace {

auto all_of(const Failure& failure) {
  return std::tie(failure.case_name, failure.roi, failure.step, failure.kind, failure.message);
}

void expect_same(const Extraction& found, const Extraction& expected) {
  ASSERT_EQ(found.rows.size(), expected.rows.size());
  for (std::size_t i = 0; i < found.rows.size(); ++i) {
    const FeatureTable::Row &a = found.rows[i], &b = expected.rows[i];
    EXPECT_EQ(a.case_name, b.case_name);
    EXPECT_EQ(a.roi, b.roi);
    EXPECT_EQ(a.carried, b.carried);
    EXPECT_EQ(a.warnings, b.warnings);
    EXPECT_TRUE(a.diagnostics == b.diagnostics);
    EXPECT_EQ(bits_of(a.values), bits_of(b.values));
  }
  ASSERT_EQ(found.failures.size(), expected.failures.size());
  for (std::size_t i = 0; i < found.failures.size(); ++i)
    EXPECT_EQ(all_of(found.failures[i]), all_of(expected.failures[i]));
}

/// Settings with which there is something to warn of: many voxels lie below the first bin.
Settings settings_that_warn() {
  Settings settings = preset("ibsi1-c");
  settings.summary.texture_bins = FixedBinSize{.width = 10, .first_edge = 0};
  return settings;
}

/// The cases of the sample cohort with one region, or with several.
std::vector<Case> cases_with(bool several, const CaseList& list) {
  std::vector<Case> cases;
  for (const Case& input : list.cases)
    if ((input.open_mask().names.size() > 1) == several) cases.push_back(input);
  return cases;
}

TEST(Extract, RefusesSettingsThatAreNotAllowedBeforeItReadsAnything) {
  Settings settings;
  settings.prepare.resample.mask_threshold = 0;
  const Extraction result = extract(case_of("no_image.nii", "no_mask.nii", "A"), settings);
  EXPECT_TRUE(result.rows.empty());
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].kind, "invalid_settings");
  EXPECT_NE(result.failures[0].message.find("resample.mask_threshold: 0 "), std::string::npos);
}

class Threads : public testing::TestWithParam<bool> {};

TEST_P(Threads, NeverChangeARowAWarningOrAFailure) {
  const samples::CohortFolder cohort;
  std::vector<Case> cases = cases_with(GetParam(), list_cases(cohort.path() / "dicom"));
  ASSERT_GE(cases.size(), 2u);
  cases.resize(2);
  Settings lungs_only = settings_that_warn();
  lungs_only.prepare.resegment = {.highest = -950};
  for (const Case& input : cases)
    for (const Settings& settings : {settings_that_warn(), lungs_only}) {
      const Extraction one = extract(input, settings, 1);
      EXPECT_GT(one.rows.size() + one.failures.size(), GetParam() ? 1u : 0u);
      for (const int threads : {2, 7}) expect_same(extract(input, settings, threads), one);
    }
  EXPECT_FALSE(extract(cases[0], settings_that_warn()).rows.at(0).warnings.empty());
  EXPECT_FALSE(extract(cases[0], lungs_only).failures.empty()) << "no voxel of a tumour is left";
}

INSTANTIATE_TEST_SUITE_P(, Threads, testing::Bool(), [](const auto& several) {
  return several.param ? "SeveralRegions" : "OneRegion";
});

}  // namespace
}  // namespace radiomics
