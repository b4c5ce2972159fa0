#include "radiomics/features/sample.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace radiomics {
namespace {

bool are_whole(std::span<const double> values) {
  return std::ranges::all_of(values, [](double value) { return value == std::floor(value); });
}

/// Whole numbers that are more than their range, as most images have them, are counted.
void sort_values(std::vector<double>& values) {
  const auto [low, high] = std::ranges::minmax(values);
  if (high - low >= double(values.size()) || !are_whole(values)) {
    std::ranges::sort(values);
    return;
  }
  std::vector<std::size_t> counts(std::size_t(high - low) + 1);
  for (const double value : values) ++counts[std::size_t(value - low)];
  auto next = values.begin();
  for (std::size_t i = 0; i < counts.size(); ++i)
    next = std::fill_n(next, counts[i], low + double(i));
}

}  // namespace

std::vector<double> intensities(const Region& region) {
  const auto inside = region.intensity.voxels();
  const auto image = region.image.voxels();
  std::vector<double> values;
  values.reserve(inside.size() - std::size_t(std::ranges::count(inside, 0)));
  for (std::size_t i = 0; i < inside.size(); ++i)
    if (inside[i]) values.push_back(image[i]);
  return values;
}

// Summed as distances from the lowest value, which are exactly 0 if all are equal.
double mean_of_sorted(std::span<const double> sorted) {
  const double lowest = sorted.front();
  double sum = 0;
  for (const double value : sorted) sum += value - lowest;
  return lowest + sum / double(sorted.size());
}

Sample summarise_sample(std::vector<double> values) {
  assert(!values.empty());
  sort_values(values);
  Sample sample{.sorted = std::move(values)};
  sample.mean = mean_of_sorted(sample.sorted);
  double sum_2 = 0, sum_3 = 0, sum_4 = 0;
  for (const double value : sample.sorted) {
    const double distance = value - sample.mean, square = distance * distance;
    sum_2 += square;
    sum_3 += square * distance;
    sum_4 += square * square;
  }
  const auto count = double(sample.sorted.size());
  sample.moment_2 = sum_2 / count;
  sample.moment_3 = sum_3 / count;
  sample.moment_4 = sum_4 / count;
  return sample;
}

// The rank is one rounded quotient: exact where it is whole, so that no neighbour leaks in.
double percentile(const Sample& sample, int percent) {
  const std::size_t last = sample.sorted.size() - 1;
  const double rank = double(percent) * double(last) / 100;
  const auto below = std::size_t(rank);
  const double low = sample.sorted[below], high = sample.sorted[std::min(below + 1, last)];
  return std::lerp(low, high, rank - double(below));
}

}  // namespace radiomics
