#include "radiomics/core/ibsi_rule.h"

#include <limits>

namespace radiomics {
namespace {

TEST(IbsiComparison, RoundsFirst) {
  EXPECT_TRUE(agrees_with_ibsi(556.4999, 556, 0));
  EXPECT_FALSE(agrees_with_ibsi(556.5001, 556, 0));
  EXPECT_TRUE(agrees_with_ibsi(0.0123456, 0.0123, 0));
  EXPECT_TRUE(agrees_with_ibsi(-1.0449e7, -1.04e7, 0));
  EXPECT_FALSE(agrees_with_ibsi(1.04e7, -1.04e7, 0));
  EXPECT_TRUE(agrees_with_ibsi(99.96, 100, 0));
  EXPECT_TRUE(agrees_with_ibsi(0, 0, 0));
}

TEST(IbsiComparison, AllowsTheWholeTolerance) {
  EXPECT_TRUE(agrees_with_ibsi(0.1874, 0.186, 0.001));
  EXPECT_FALSE(agrees_with_ibsi(0.1876, 0.186, 0.001));
  EXPECT_TRUE(agrees_with_ibsi(0.185, 0.186, 0.001));
}

TEST(IbsiComparison, NeverPassesWhatIsUndefined) {
  EXPECT_FALSE(agrees_with_ibsi(std::numeric_limits<double>::quiet_NaN(), 0, 1e9));
  EXPECT_FALSE(agrees_with_ibsi(std::numeric_limits<double>::infinity(), 0, 1e9));
}

}  // namespace
}  // namespace radiomics
