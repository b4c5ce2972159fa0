#include "radiomics/preprocess/largest_part.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

Mask mask_of(const Index3& size, const std::vector<Index3>& voxels) {
  Mask mask(Geometry{.size = size});
  for (const auto& [x, y, z] : voxels) mask(x, y, z) = 1;
  return mask;
}

bool equal(const Mask& a, const Mask& b) { return std::ranges::equal(a.voxels(), b.voxels()); }

TEST(LargestPart, CountsCornersAsConnected) {
  const Mask diagonal = mask_of({4, 4, 4}, {{0, 0, 0}, {1, 1, 1}, {2, 0, 2}, {3, 1, 1}});
  EXPECT_TRUE(equal(largest_part(diagonal), diagonal));
}

TEST(LargestPart, DropsTheOthers) {
  const Mask two = mask_of({6, 3, 2}, {{0, 0, 0}, {3, 1, 0}, {4, 1, 0}, {5, 2, 1}});
  EXPECT_TRUE(equal(largest_part(two), mask_of({6, 3, 2}, {{3, 1, 0}, {4, 1, 0}, {5, 2, 1}})));
}

TEST(LargestPart, OfEquallyLargeOnesTakesTheFirst) {
  const Mask two = mask_of({5, 1, 2}, {{4, 0, 0}, {0, 0, 1}});
  EXPECT_TRUE(equal(largest_part(two), mask_of({5, 1, 2}, {{4, 0, 0}})));
}

TEST(LargestPart, OfNothingIsNothing) {
  const Mask none = mask_of({2, 2, 2}, {});
  EXPECT_TRUE(equal(largest_part(none), none));
}

}  // namespace
}  // namespace radiomics
