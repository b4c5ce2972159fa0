#include "radiomics/core/fft.h"

#include <cmath>
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

void expect_transformed(const FftLayout& layout) {
  const std::size_t size = std::size_t(layout.length - 1) * layout.stride +
                           std::size_t(layout.count - 1) * layout.distance + 1;
  const FftArray before = random_array(size, 1);
  FftArray after = random_array(size, 1);
  Fft(layout).forward(after);
  for (int sequence = 0; sequence < layout.count; ++sequence)
    for (int k = 0; k < layout.length; ++k) {
      const Complex found =
          after[std::size_t(sequence) * layout.distance + std::size_t(k) * layout.stride];
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
  expect_transformed({30, 7, 1, 32});  // with a gap, which is left alone
  expect_transformed({12, 9, 9, 1});
  expect_transformed({1, 4, 4, 1});
}

TEST(Fft, LeavesOtherElementsAlone) {
  FftArray array(3 * 5);
  for (int i = 0; i < 15; ++i) array[i] = i;
  Fft({4, 3, 1, 5}).forward(array);
  for (int row = 0; row < 3; ++row) EXPECT_EQ(array[row * 5 + 4], Complex(row * 5 + 4));
}

TEST(Fft, IsTheSameToTheLastBitOnEveryThread) {
  constexpr FftLayout layout{180, 50, 1, 180};
  FftArray expected = random_array(180 * 50, 2);
  Fft(layout).forward(expected);
  std::vector<int> equal(12);
  parallel_for(equal.size(), 4, [&](std::size_t i) {
    const Fft other({64 + int(i), 3, 1, 64 + int(i)});  // other plans at the same time
    FftArray array = random_array(180 * 50, 2);
    Fft(layout).forward(array);
    equal[i] = std::ranges::equal(array.values(), expected.values());
  });
  EXPECT_EQ(equal, std::vector<int>(12, 1));
}

TEST(Fft, FastLengthsHaveSmallFactors) {
  EXPECT_EQ(fast_fft_length(1), 1);
  EXPECT_EQ(fast_fft_length(11), 12);
  EXPECT_EQ(fast_fft_length(121), 125);
  EXPECT_EQ(fast_fft_length(127), 128);
  EXPECT_EQ(fast_fft_length(210), 210);
  EXPECT_EQ(fast_fft_length(211), 216);
}

}  // namespace
}  // namespace radiomics
