#include "radiomics/pipeline/select_rois.h"

#include <gtest/gtest.h>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

using Names = std::vector<std::string>;
const Names names{"GTV-1", "Lung", "GTV-2", "heart"};

TEST(SelectRois, WithoutPatternIsAll) { EXPECT_EQ(select_rois(names, {}), names); }

TEST(SelectRois, KeepsTheOrderOfTheFileAndEachNameOnce) {
  EXPECT_EQ(select_rois(names, {"lung", "GTV*", "*-2"}), (Names{"GTV-1", "Lung", "GTV-2"}));
}

TEST(SelectRois, RefusesAPatternThatMatchesNothing) {
  try {
    select_rois(names, {"GTV*", "GTV"});
    FAIL() << "'GTV' is not the whole name of any region";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::unknown_region);
    EXPECT_STREQ(error.what(), "no region matches 'GTV'; there are GTV-1, Lung, GTV-2, heart");
  }
}

}  // namespace
}  // namespace radiomics
