#include "samples/random.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

namespace radiomics::samples {
namespace {

// Computed with whole numbers of any length by another program, whose finaliser gives the published
// first outputs of SplitMix64 for the seed 1234567 (6457827717110365317, 3203168211198807973).
TEST(Random, NumbersAreThoseOfSplitMix64) {
  EXPECT_EQ(hashed(0, 0), 0xa706dd2f4d197e6f);
  EXPECT_EQ(hashed(1, 2), 0x0b95f66d327e8d78);
}

TEST(Random, UniformNumbersFillTheInterval) {
  constexpr int count = 100000;
  double sum = 0, squares = 0, low = 1, high = 0;
  for (int i = 0; i < count; ++i) {
    const double u = uniform(7, i);
    sum += u;
    squares += u * u;
    low = std::min(low, u);
    high = std::max(high, u);
  }
  // four standard errors: sqrt(1/12/n) of the mean, sqrt(4/45/n) of the mean square
  EXPECT_NEAR(sum / count, 0.5, 0.0037);
  EXPECT_NEAR(squares / count, 1.0 / 3, 0.0038);
  EXPECT_GT(low, 0);
  EXPECT_LT(low, 1e-3);
  EXPECT_LT(high, 1);
  EXPECT_GT(high, 0.999);
}

TEST(Random, NoiseHasTheStatedMoments) {
  constexpr int count = 100000;
  double sum = 0, squares = 0, neighbours = 0, largest = 0;
  for (int i = 0; i < count; ++i) {
    const double e = noise(11, i);
    sum += e;
    squares += e * e;
    neighbours += e * noise(11, i + 1);
    largest = std::max(largest, std::abs(e));
  }
  EXPECT_NEAR(sum / count, 0, 0.0127);         // four standard errors: 4 / sqrt(n)
  EXPECT_NEAR(squares / count, 1, 0.0167);     // variance of e^2 is 1.7: four uniform numbers
  EXPECT_NEAR(neighbours / count, 0, 0.0127);  // uncorrelated
  EXPECT_LT(largest, 3.47);
  EXPECT_GT(largest, 3);
}

TEST(Random, PermutationsHoldEachNumberOnce) {
  const auto order = permutation(24, 5);
  EXPECT_EQ(std::set<int>(order.begin(), order.end()).size(), 24u);
  EXPECT_EQ(*std::ranges::min_element(order), 0);
  EXPECT_EQ(*std::ranges::max_element(order), 23);
  EXPECT_FALSE(std::ranges::is_sorted(order));
  EXPECT_NE(order, permutation(24, 6));
}

}  // namespace
}  // namespace radiomics::samples
