#include "radiomics/core/random_stream.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

using Block = std::array<std::uint32_t, 4>;

// The known answers that the authors distribute (Random123, kat_vectors).
TEST(RandomStream, PhiloxGivesThePublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, StreamsDifferAndRepeat) {
  RandomStream one(1, stream_of(StreamUse::bootstrap, 0)), same(1, (std::uint64_t{1} << 32));
  RandomStream other(1, stream_of(StreamUse::bootstrap, 1)), seed(2, (std::uint64_t{1} << 32));
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 10; ++i) {
    const auto number = one.next();
    EXPECT_EQ(number, same.next());
    seen.insert({number, other.next(), seed.next()});
  }
  EXPECT_EQ(seen.size(), 30u);
}

TEST(RandomStream, NumbersAreUniform) {
  RandomStream random(7, 0);
  std::array<int, 10> counts{};
  double sum = 0;
  for (int i = 0; i < 100000; ++i) {
    ++counts[random.below(10)];
    const double u = random.uniform();
    EXPECT_TRUE(u > 0 && u < 1);
    sum += u;
  }
  // Five standard deviations: sqrt(1e5 x 0.09) = 95 and sqrt(1 / 12 / 1e5) = 0.0009.
  for (const int count : counts) EXPECT_NEAR(count, 10000, 475);
  EXPECT_NEAR(sum / 100000, 0.5, 0.0046);
}

TEST(RandomStream, OrdersAreRearrangements) {
  RandomStream random(1, 0);
  auto order = random_order(50, random);
  EXPECT_FALSE(std::ranges::is_sorted(order));
  std::ranges::sort(order);
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(order[i], i);
}

TEST(RandomStream, ABootstrapSampleHoldsAboutTwoThirds) {
  RandomStream random(1, 0);
  const auto sample = bootstrap_sample(1000, random);
  const std::set<std::size_t> distinct(sample.begin(), sample.end());
  EXPECT_LT(*distinct.rbegin(), 1000u);
  // 1 - 1/e of them, standard deviation about 9.5.
  EXPECT_NEAR(double(distinct.size()), 632, 50);
}

}  // namespace
}  // namespace radiomics
