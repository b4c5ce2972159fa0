#include "samples/random.h"

#include <numeric>
#include <utility>

namespace radiomics::samples {
namespace {

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

std::uint64_t hashed(std::uint64_t seed, std::uint64_t counter) {
  constexpr std::uint64_t step = 0x9e3779b97f4a7c15;
  return mixed(mixed(seed + step) + (counter + 1) * step);
}

double uniform(std::uint64_t seed, std::uint64_t counter) {
  return (double(hashed(seed, counter) >> 12) + 0.5) * 0x1p-52;
}

// Four 16-bit fields, uniform on whole numbers of variance (65536^2 - 1) / 12, give four times it.
double noise(std::uint64_t seed, std::uint64_t counter) {
  const std::uint64_t bits = hashed(seed, counter);
  const std::uint64_t sum =
      (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
  constexpr double mean = 2 * 65535.0;
  constexpr double standard_deviation = 37837.2272;  // sqrt((65536^2 - 1) / 3)
  return (double(sum) - mean) / standard_deviation;
}

// Fisher and Yates; the remainder's bias is below 1e-17.
std::vector<int> permutation(int count, std::uint64_t seed) {
  std::vector<int> order(count);
  std::iota(order.begin(), order.end(), 0);
  for (int i = count - 1; i > 0; --i) std::swap(order[i], order[hashed(seed, i) % (i + 1)]);
  return order;
}

}  // namespace radiomics::samples
