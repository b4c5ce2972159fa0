#include "radiomics/survival/prediction_spec.h"

#include <gtest/gtest.h>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

TEST(PredictionSpecTest, ReadsItsColumns) {
  const auto full = parse_prediction("tnm:risk=r24/r60,lp=lp tnm,expected=H=1");
  EXPECT_EQ(full.name, "tnm");
  EXPECT_EQ(full.linear_predictor, "lp tnm");
  EXPECT_EQ(full.risks, (std::vector<std::string>{"r24", "r60"}));
  EXPECT_EQ(full.expected, "H=1") << "only the first = separates";
  EXPECT_TRUE(parse_prediction("a:lp=x").risks.empty());
}

TEST(PredictionSpecTest, RefusesWhatItCannotRead) {
  for (const char* text : {"", "a", ":lp=x", "a b:lp=x", "a:risk=r", "a:lp=", "a:lp", "a:lp=x,lp=y",
                           "a:lp=x,r=y", "a:lp=x,risk=a//b", "a:lp=x,"})
    EXPECT_THROW(parse_prediction(text), Error) << text;
}

}  // namespace
}  // namespace radiomics
