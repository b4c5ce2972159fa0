#pragma once

#include <span>
#include <vector>

#include "radiomics/core/region.h"

namespace radiomics {

/// The intensities inside the intensity mask, and what the statistics share. Never empty.
struct Sample {
  std::vector<double> sorted;  ///< in increasing order
  double mean = 0;
  double moment_2 = 0;  ///< central moments of the population: mean of (x - mean)^k
  double moment_3 = 0;
  double moment_4 = 0;
};

/// The sum of a function of values: four sums of every fourth value, added up at the end. They do
/// not wait for each other, and rounding is less.
template <class Term>
double sum_of(std::span<const double> values, Term term) {
  double sums[4]{};
  std::size_t i = 0;
  for (; i + 4 <= values.size(); i += 4)
    for (std::size_t k = 0; k < 4; ++k) sums[k] += term(values[i + k]);
  for (; i < values.size(); ++i) sums[0] += term(values[i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

template <class Term>
double mean_of(std::span<const double> values, Term term) {
  return sum_of(values, term) / double(values.size());
}

/// One sort, of whole numbers by counting, and few passes. The mean of equal values is exactly
/// their value, their moments are exactly 0.
Sample summarise_sample(std::vector<double> values);

/// The mean of sorted values, of which there is at least one; that of equal values is exactly their
/// value.
double mean_of_sorted(std::span<const double> sorted);

/// The intensities inside the intensity mask, in the order of the voxels.
std::vector<double> intensities(const Region& region);

/// The value below which `percent` of the sample lies, interpolated linearly between neighbours
/// (Hyndman and Fan, type 7: the definition that reproduces IBSI's values).
double percentile(const Sample& sample, int percent);

}  // namespace radiomics
