#include "radiomics/pipeline/extract.h"

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(Extract, RefusesSettingsThatAreNotAllowedBeforeItReadsAnything) {
  Settings settings;
  settings.prepare.resample.mask_threshold = 0;
  const Extraction result = extract(case_of("no_image.nii", "no_mask.nii", "A"), settings);
  EXPECT_TRUE(result.rows.empty());
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].kind, "invalid_settings");
  EXPECT_NE(result.failures[0].message.find("resample.mask_threshold: 0 "), std::string::npos);
}

}  // namespace
}  // namespace radiomics
