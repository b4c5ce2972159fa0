#include "radiomics/preprocess/cubic_spline.h"

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

double value_at(const std::vector<double>& samples, double index) {
  const auto [first, weights] = cubic_spline_weights(index, int(samples.size()));
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * samples[first + i];
  return sum;
}

std::vector<double> noise(int count) {
  std::vector<double> samples;
  unsigned state = 9;
  for (int i = 0; i < count; ++i)
    samples.push_back(double((state = state * 1664525 + 1013904223) >> 21) - 1000);
  return samples;
}

/// The coefficients c of the spline from its definition: (c[i-1] + 4 c[i] + c[i+1]) / 6 = s[i] with
/// c mirrored about both ends, solved by elimination without approximation.
std::vector<double> coefficients(const std::vector<double>& samples) {
  const std::size_t n = samples.size();
  if (n == 1) return samples;
  std::vector<double> diagonal(n, 4), upper(n, 1), c(n);
  upper[0] = 2;  // the neighbour on the left is that on the right
  for (std::size_t i = 0; i < n; ++i) c[i] = 6 * samples[i];
  for (std::size_t i = 1; i < n; ++i) {
    const double lower = i + 1 == n ? 2 : 1;
    diagonal[i] -= lower * upper[i - 1] / diagonal[i - 1];
    c[i] -= lower * c[i - 1] / diagonal[i - 1];
  }
  c[n - 1] /= diagonal[n - 1];
  for (std::size_t i = n - 1; i-- > 0;) c[i] = (c[i] - upper[i] * c[i + 1]) / diagonal[i];
  return c;
}

double b_spline(double x) {
  x = std::abs(x);
  return x >= 2 ? 0 : x >= 1 ? std::pow(2 - x, 3) / 6 : 2.0 / 3 - x * x + x * x * x / 2;
}

double from_definition(const std::vector<double>& samples, double index) {
  const std::vector<double> c = coefficients(samples);
  const int n = int(c.size()), below = int(index);
  double sum = 0;
  for (int k = below - 1; k <= below + 2; ++k) {
    int inside = n == 1 ? 0 : std::abs(k);
    if (inside >= n) inside = 2 * (n - 1) - inside;
    sum += c[std::size_t(inside)] * b_spline(index - k);
  }
  return sum;
}

// Samples of up to 1000: the weights that are left out are below 1e-16, their sums are rounded.
TEST(CubicSpline, IsTheSolutionOfItsDefinition) {
  for (const int count : {2, 3, 4, 10, 57, 58, 59, 200}) {
    const auto samples = noise(count);
    for (double index = 0; index <= count - 1; index += 0.237)
      EXPECT_NEAR(value_at(samples, index), from_definition(samples, index), 1e-10)
          << count << " samples, at " << index;
  }
}

TEST(CubicSpline, RunsThroughTheSamples) {
  const auto samples = noise(80);
  for (int i = 0; i < 80; ++i) EXPECT_EQ(value_at(samples, i), samples[std::size_t(i)]);
  EXPECT_EQ(value_at({7}, 0), 7);
}

TEST(CubicSpline, WeightsSumToOne) {
  for (const double index : {0.5, 3.25, 40.1, 98.999}) {
    const auto weights = cubic_spline_weights(index, 100).weights;
    EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 1, 1e-14) << index;
  }
}

// Away from the ends, whose mirror a polynomial does not follow: the error of that falls by 0.27 a
// sample, from the size of the values at the ends (1e5) to below 1e-10 after 30 samples.
TEST(CubicSpline, ReproducesCubicPolynomials) {
  const auto polynomial = [](double x) {
    const double u = x - 50;
    return 0.5 * u * u * u - 3 * u * u + 2 * u - 7;
  };
  std::vector<double> samples;
  for (int i = 0; i < 101; ++i) samples.push_back(polynomial(i));
  for (double index = 33; index < 67; index += 0.173)
    EXPECT_NEAR(value_at(samples, index), polynomial(index), 1e-8) << index;
}

}  // namespace
}  // namespace radiomics
