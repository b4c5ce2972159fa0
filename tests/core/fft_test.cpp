#include "radiomics/core/fft.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/core/parallel_for.h"

namespace radiomics {
namespace {

using Complex = std::complex<double>;

FftArray random_array(std::size_t size, unsigned seed) {
  FftArray array(size);
  std::mt19937 random(seed);
  const auto number = [&] { return random() / 4294967296.0 - 0.5; };
  for (Complex& value : array.values()) {
    const double real = number();
    value = {real, number()};
  }
  return array;
}

/// The definition in the header; k * i is reduced before it is an angle.
Complex transformed(const FftArray& array, const FftLayout& layout, int sequence, int k) {
  Complex sum = 0;
  for (int i = 0; i < layout.length; ++i) {
    const auto turn = double(std::int64_t(k) * i % layout.length) / layout.length;
    sum += array[std::size_t(sequence) * layout.distance + std::size_t(i) * layout.stride] *
           std::polar(1.0, -2 * std::numbers::pi * turn);
  }
  return sum;
}

FftArray transform(const FftArray& array, const FftLayout& layout) {
  FftArray result(std::size_t(layout.length) * layout.count);
  Fft(layout).forward(array.data(), result.data());
  return result;
}

void expect_transformed(const FftLayout& layout) {
  const std::size_t size = std::size_t(layout.length - 1) * layout.stride +
                           std::size_t(layout.count - 1) * layout.distance + 1;
  const FftArray before = random_array(size, 1), array = random_array(size, 1);
  const FftArray after = transform(array, layout);
  EXPECT_TRUE(std::ranges::equal(array.values(), before.values()));  // left as it was
  for (int sequence = 0; sequence < layout.count; ++sequence)
    for (int k = 0; k < layout.length; ++k) {
      const Complex found = after[std::size_t(sequence) * layout.length + k];
      // Sums of `length` numbers of about 1/2, each rounded to 1e-16.
      EXPECT_LT(std::abs(found - transformed(before, layout, sequence, k)), 1e-15 * layout.length)
          << layout.length << " " << sequence << " " << k;
    }
}

TEST(Fft, IsTheSumOfItsDefinition) {
  for (const int length : {1, 2, 3, 4, 5, 7, 8, 12, 35, 63, 97, 128, 180, 200, 210})
    expect_transformed({length, 1, 1, length});
}

TEST(Fft, TransformsRowsAndColumns) {
  expect_transformed({30, 7, 1, 30});
  expect_transformed({30, 7, 1, 32});  // with a gap
  expect_transformed({12, 9, 9, 1});
  expect_transformed({12, 4, 9, 1});  // some of the columns
  expect_transformed({1, 4, 4, 1});
}

TEST(Fft, TransformsColumnsAnywhereInAnArray) {
  const FftArray array = random_array(30 * 20, 1);
  const FftArray all = transform(array, {30, 20, 20, 1});
  FftArray some(30 * 4);
  Fft({30, 4, 20, 1}).forward(&array[8], some.data());
  for (int i = 0; i < 30 * 4; ++i) EXPECT_LT(std::abs(some[i] - all[8 * 30 + i]), 3e-14);
}

TEST(Fft, IsTheSameToTheLastBitOnEveryThread) {
  constexpr FftLayout layout{180, 50, 1, 180};
  const FftArray array = random_array(180 * 50, 2), expected = transform(array, layout);
  std::vector<int> equal(12);
  parallel_for(equal.size(), 4, [&](std::size_t i) {
    const Fft other({64 + int(i), 3, 1, 64 + int(i)});  // other plans at the same time
    equal[i] = std::ranges::equal(transform(array, layout).values(), expected.values());
  });
  EXPECT_EQ(equal, std::vector<int>(12, 1));
}

TEST(FftArray, IsZeroAndOnALineOfTheCache) {
  for (const std::size_t size : {1, 1000, 1 << 20}) {
    const FftArray array(size);
    EXPECT_EQ(std::ranges::count(array.values(), Complex(0)), std::ptrdiff_t(size));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(array.data()) % 64, 0);
  }
}

TEST(Fft, SmoothLengthsHaveSmallFactors) {
  EXPECT_EQ(smooth_fft_length(1), 1);
  EXPECT_EQ(smooth_fft_length(11), 12);
  EXPECT_EQ(smooth_fft_length(121), 125);
  EXPECT_EQ(smooth_fft_length(127), 128);
  EXPECT_EQ(smooth_fft_length(210), 210);
  EXPECT_EQ(smooth_fft_length(211), 216);
}

TEST(Fft, FastLengthsAreLittleLonger) {
  EXPECT_EQ(fast_fft_length(1), 1);  // 4 would be much longer
  EXPECT_EQ(fast_fft_length(51), 56);
  EXPECT_EQ(fast_fft_length(155), 160);
  EXPECT_EQ(fast_fft_length(193), 200);  // not 196, which has two factors 7
  EXPECT_EQ(fast_fft_length(401), 448);
  EXPECT_EQ(fast_fft_length(113), 120 + 8);  // not 120, which has a factor 3
  for (int length = 1; length < 1000; ++length) {
    EXPECT_GE(fast_fft_length(length), length);
    EXPECT_LE(fast_fft_length(length), 1.25 * smooth_fft_length(length));
  }
}

}  // namespace
}  // namespace radiomics
