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

/// One sort, of whole numbers by counting, and two passes. The mean of equal values is exactly
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
