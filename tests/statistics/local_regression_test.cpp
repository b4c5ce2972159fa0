#include "radiomics/statistics/local_regression.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(LocalRegression, ALineStaysALine) {
  std::vector<double> x, y;
  for (int i = 0; i < 20; ++i) {
    x.push_back(i * i);
    y.push_back(3 - 2.0 * i * i);
  }
  const auto smooth = local_regression(x, y);
  ASSERT_EQ(smooth.x.size(), 40u);
  EXPECT_EQ(smooth.x.front(), 0);
  EXPECT_EQ(smooth.x.back(), 361);
  for (std::size_t i = 0; i < 40; ++i) {
    EXPECT_NEAR(smooth.y[i], 3 - 2 * smooth.x[i], 1e-9);  // of sums of numbers up to 1e5
    EXPECT_NEAR(smooth.std_error[i], 0, 1e-9);
  }
}

TEST(LocalRegression, FollowsABendAndIsLessCertainAtTheEnds) {
  std::vector<double> x, y;
  for (int i = 0; i <= 100; ++i) {
    x.push_back(i);
    y.push_back(std::abs(i - 50.0) + (i % 2 == 0 ? 1 : -1));
  }
  const auto smooth = local_regression(x, y, {.span = 0.3, .grid = 21});
  EXPECT_LT(smooth.y[10], 8);
  EXPECT_NEAR(smooth.y[2], 40, 1);
  EXPECT_GT(smooth.std_error[0], smooth.std_error[10]);
}

TEST(LocalRegression, FewPointsAndOneXHaveNoLine) {
  EXPECT_TRUE(
      local_regression(std::vector<double>{1, 2, 3}, std::vector<double>{1, 2, 3}).x.empty());
  const std::vector<double> same(9, 4);
  EXPECT_TRUE(local_regression(same, same).x.empty());
  const std::vector<double> tied{0, 0, 0, 0, 0, 1}, y{1, 2, 1, 2, 1, 5};
  for (const double value : local_regression(tied, y).y) EXPECT_TRUE(std::isfinite(value));
}

}  // namespace
}  // namespace radiomics
