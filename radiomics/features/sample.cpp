#include "radiomics/features/sample.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "radiomics/core/mask_runs.h"

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
  std::vector<double> values;
  values.reserve(voxels_inside(region.intensity));
  for_each_run(region.intensity, [&](const MaskRun& run) {
    const double* first = &region.image(run.first, run.y, run.z);
    values.insert(values.end(), first, first + run.size());
  });
  return values;
}

// Summed as distances from the lowest value, which are exactly 0 if all are equal.
double mean_of_sorted(std::span<const double> sorted) {
  const double lowest = sorted.front();
  return lowest + mean_of(sorted, [lowest](double x) { return x - lowest; });
}

Sample summarise_sample(std::vector<double> values) {
  assert(!values.empty());
  sort_values(values);
  Sample sample{.sorted = std::move(values)};
  const double mean = sample.mean = mean_of_sorted(sample.sorted);
  const auto square = [mean](double x) { return (x - mean) * (x - mean); };
  sample.moment_2 = mean_of(sample.sorted, square);
  sample.moment_3 = mean_of(sample.sorted, [&](double x) { return square(x) * (x - mean); });
  sample.moment_4 = mean_of(sample.sorted, [&](double x) { return square(x) * square(x); });
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
