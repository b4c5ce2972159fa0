#include "radiomics/statistics/sample_moments.h"

#include <cmath>

#include "radiomics/statistics/inference.h"

namespace radiomics {

double mean_of_defined(std::span<const double> values) {
  double sum = 0;
  int count = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return count > 0 ? sum / count : undefined;
}

double sd_of_defined(std::span<const double> values) {
  const double mean = mean_of_defined(values);
  double squares = 0;
  int count = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    squares += (value - mean) * (value - mean);
    ++count;
  }
  return count > 1 ? std::sqrt(squares / (count - 1)) : undefined;
}

double population_sd(std::span<const double> values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / double(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / double(values.size()));
}

}  // namespace radiomics
