#include "radiomics/preprocess/resegment.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace radiomics {
namespace {

struct Interval {
  double lowest = -std::numeric_limits<double>::infinity();
  double highest = std::numeric_limits<double>::infinity();

  bool contains(double value) const { return value >= lowest && value <= highest; }
};

template <class Term>
double mean_inside(const Image& image, const Mask& mask, Term term) {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < mask.voxels().size(); ++i)
    if (mask.voxels()[i]) {
      sum += term(image.voxels()[i]);
      ++count;
    }
  return sum / count;
}

Interval without_outliers(const Image& image, const Mask& mask, double sigma) {
  const double mean = mean_inside(image, mask, [](double x) { return x; });
  const double variance =
      mean_inside(image, mask, [mean](double x) { return (x - mean) * (x - mean); });
  const double reach = sigma * std::sqrt(variance);
  return {mean - reach, mean + reach};
}

}  // namespace

Mask resegment(const Image& image, const Mask& mask, const ResegmentOptions& options) {
  Interval kept;
  if (options.sigma) kept = without_outliers(image, mask, *options.sigma);
  if (options.lowest) kept.lowest = std::max(kept.lowest, *options.lowest);
  if (options.highest) kept.highest = std::min(kept.highest, *options.highest);
  Mask result = mask;
  for (std::size_t i = 0; i < result.voxels().size(); ++i)
    if (!kept.contains(image.voxels()[i])) result.voxels()[i] = 0;
  return result;
}

}  // namespace radiomics
