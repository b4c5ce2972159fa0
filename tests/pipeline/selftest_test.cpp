#include "radiomics/pipeline/selftest.h"

#include <gtest/gtest.h>

#include "radiomics/features/families.h"
#include "radiomics/pipeline/digital_phantom.h"
#include "tests/support/data.h"

namespace radiomics {
namespace {

void expect_all_met(const SelfTest& result) {
  for (const std::string& miss : result.misses) ADD_FAILURE() << miss;
  for (const auto& row : result.rows) EXPECT_EQ(row.met, row.values) << row.family;
}

TEST(SelfTest, MeetsAllPublishedValuesOfTheDigitalPhantom) {
  EXPECT_EQ(digital_phantom_references().size(), 482u);
  const SelfTest result = run_selftest("");
  expect_all_met(result);
  EXPECT_EQ(result.rows.size(), all_families().size());
  EXPECT_FALSE(result.notes.empty()) << "that A to E were not tested";
}

TEST(SelfTest, MeetsAllPublishedValuesOfTheCtPhantom) {
  REFERENCE_DATA_OR_SKIP(data, "ibsi");
  expect_all_met(run_selftest(data.parent_path()));
}

}  // namespace
}  // namespace radiomics
