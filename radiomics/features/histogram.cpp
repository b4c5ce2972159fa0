// Intensity histogram (IBSI ZVCW): statistics of the grey levels in the region, which have no unit.
// Formulas: IBSI reference manual, section 3.4.

#include "radiomics/features/histogram.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "radiomics/features/families.h"

namespace radiomics {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// The mean of a function of the level over the voxels.
template <class Term>
double mean_of(const Histogram& histogram, Term term) {
  double sum = 0;
  for (std::size_t i = 0; i < histogram.counts.size(); ++i)
    if (const auto count = histogram.counts[i]; count > 0)
      sum += double(count) * term(double(i + 1));
  return sum / double(histogram.voxel_count);
}

/// The level of a voxel when all are put in increasing order; the first has rank 0.
double level_of_rank(const Histogram& histogram, std::size_t rank) {
  std::size_t level = 0, below = 0;
  while (below + histogram.counts[level] <= rank) below += histogram.counts[level++];
  return double(level + 1);
}

// As the percentiles of intensities: Hyndman and Fan, type 7.
double percentile(const Histogram& histogram, int percent) {
  const std::size_t last = histogram.voxel_count - 1;
  const double rank = double(percent) * double(last) / 100;
  const auto below = std::size_t(rank);
  return std::lerp(level_of_rank(histogram, below),
                   level_of_rank(histogram, std::min(below + 1, last)), rank - double(below));
}

double mean(const Histogram& histogram) { return histogram.mean; }

double variance(const Histogram& histogram) { return histogram.moment_2; }

// IBSI sets skewness and excess kurtosis of equal levels to 0.
double skewness(const Histogram& histogram) {
  return histogram.moment_2 > 0 ? histogram.moment_3 / std::pow(histogram.moment_2, 1.5) : 0;
}

double excess_kurtosis(const Histogram& histogram) {
  const double variance = histogram.moment_2;
  return variance > 0 ? histogram.moment_4 / (variance * variance) - 3 : 0;
}

template <int percent>
double percentile(const Histogram& histogram) {
  return percentile(histogram, percent);
}

double minimum(const Histogram& histogram) { return level_of_rank(histogram, 0); }

double maximum(const Histogram& histogram) {
  return level_of_rank(histogram, histogram.voxel_count - 1);
}

// Of several that are equally frequent the one closest to the mean, then the lower.
double mode(const Histogram& histogram) {
  const std::size_t most = std::ranges::max(histogram.counts);
  double best = undefined;
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    const double level = double(i + 1);
    if (histogram.counts[i] != most) continue;
    if (std::isnan(best) || std::abs(level - histogram.mean) < std::abs(best - histogram.mean))
      best = level;
  }
  return best;
}

double interquartile_range(const Histogram& histogram) {
  return percentile(histogram, 75) - percentile(histogram, 25);
}

double range(const Histogram& histogram) { return maximum(histogram) - minimum(histogram); }

double mean_absolute_deviation(const Histogram& histogram) {
  return mean_of(histogram, [&](double level) { return std::abs(level - histogram.mean); });
}

// Of the levels between the 10th and the 90th percentile, both included.
double robust_mean_absolute_deviation(const Histogram& histogram) {
  const double lowest = percentile(histogram, 10), highest = percentile(histogram, 90);
  const auto kept = [=](double level) { return level >= lowest && level <= highest; };
  const double part = mean_of(histogram, [&](double level) { return kept(level) ? 1.0 : 0.0; });
  const double centre =
      mean_of(histogram, [&](double level) { return kept(level) ? level : 0.0; }) / part;
  return mean_of(histogram,
                 [&](double level) { return kept(level) ? std::abs(level - centre) : 0.0; }) /
         part;
}

// A mean, in spite of its name: of the distances from the median.
double median_absolute_deviation(const Histogram& histogram) {
  const double median = percentile(histogram, 50);
  return mean_of(histogram, [=](double level) { return std::abs(level - median); });
}

double coefficient_of_variation(const Histogram& histogram) {
  return std::sqrt(histogram.moment_2) / histogram.mean;  // levels are positive
}

double quartile_coefficient_of_dispersion(const Histogram& histogram) {
  const double lower = percentile(histogram, 25), upper = percentile(histogram, 75);
  return (upper - lower) / (upper + lower);
}

double entropy(const Histogram& histogram) {
  const auto voxels = double(histogram.voxel_count);
  double sum = 0;
  for (const auto count : histogram.counts)
    if (count > 0) sum += double(count) / voxels * std::log2(voxels / double(count));
  return sum;
}

double uniformity(const Histogram& histogram) {
  const auto voxels = double(histogram.voxel_count);
  double sum = 0;
  for (const auto count : histogram.counts)
    sum += double(count) / voxels * (double(count) / voxels);
  return sum;
}

struct Slope {
  double value = undefined, level = undefined;
};

/// The first steepest slope of the histogram. A single bin has none.
template <class Steeper>
Slope steepest(const Histogram& histogram, Steeper steeper) {
  Slope best;
  const std::size_t last = histogram.counts.size() - 1;
  if (last == 0) return best;
  for (std::size_t i = 0; i <= last; ++i) {
    const std::size_t left = i > 0 ? i - 1 : 0, right = std::min(i + 1, last);
    const double rise = double(histogram.counts[right]) - double(histogram.counts[left]);
    const double slope = rise / double(right - left);
    if (std::isnan(best.value) || steeper(slope, best.value)) best = {slope, double(i + 1)};
  }
  return best;
}

Slope steepest_rise(const Histogram& histogram) { return steepest(histogram, std::greater{}); }

Slope steepest_fall(const Histogram& histogram) { return steepest(histogram, std::less{}); }

double maximum_gradient(const Histogram& histogram) { return steepest_rise(histogram).value; }

double maximum_gradient_level(const Histogram& histogram) { return steepest_rise(histogram).level; }

double minimum_gradient(const Histogram& histogram) { return steepest_fall(histogram).value; }

double minimum_gradient_level(const Histogram& histogram) { return steepest_fall(histogram).level; }

}  // namespace

Histogram summarise_histogram(const GreyLevels& grey) {
  Histogram histogram;
  std::vector<std::size_t> counts(std::size_t(grey.level_count) + 1);
  for (const auto level : grey.levels.voxels()) ++counts[level];
  histogram.counts.assign(counts.begin() + 1, counts.end());  // without what lies outside
  for (const auto count : histogram.counts) histogram.voxel_count += count;
  histogram.mean = mean_of(histogram, [](double level) { return level; });
  const auto moment = [&](auto power) {
    return mean_of(histogram, [&](double level) { return power(level - histogram.mean); });
  };
  histogram.moment_2 = moment([](double d) { return d * d; });
  histogram.moment_3 = moment([](double d) { return d * d * d; });
  histogram.moment_4 = moment([](double d) { return d * d * d * d; });
  return histogram;
}

FeatureFamily histogram_family() {
  return make_family(
      "histogram", "ZVCW", "Intensity histogram", &RegionSummary::histogram,
      {
          {{"mean", "X6K6", "", "1", "Mean grey level"}, mean},
          {{"variance", "CH89", "", "1", "Mean squared distance from the mean"}, variance},
          {{"skewness", "88K1", "", "1", "Asymmetry about the mean"}, skewness},
          {{"excess_kurtosis", "C3I7", "", "1", "Weight of the tails; 0 for a normal distribution"},
           excess_kurtosis},
          {{"median", "WIFQ", "", "1", "Middle grey level"}, percentile<50>},
          {{"minimum", "1PR8", "", "1", "Lowest grey level"}, minimum},
          {{"percentile_10", "GPMT", "", "1", "A tenth of the voxels lies below"}, percentile<10>},
          {{"percentile_90", "OZ0C", "", "1", "A tenth of the voxels lies above"}, percentile<90>},
          {{"maximum", "3NCY", "", "1", "Highest grey level"}, maximum},
          {{"mode", "AMMC", "", "1", "Most frequent grey level"}, mode},
          {{"interquartile_range", "WR0O", "", "1", "Width of the middle half"},
           interquartile_range},
          {{"range", "5Z3W", "", "1", "Highest minus lowest grey level"}, range},
          {{"mean_absolute_deviation", "D2ZX", "", "1", "Mean distance from the mean"},
           mean_absolute_deviation},
          {{"robust_mean_absolute_deviation", "WRZB", "", "1",
            "Mean distance from the mean, the lowest and the highest tenth left out"},
           robust_mean_absolute_deviation},
          {{"median_absolute_deviation", "4RNL", "", "1", "Mean distance from the median"},
           median_absolute_deviation},
          {{"coefficient_of_variation", "CWYJ", "", "1", "Standard deviation over the mean"},
           coefficient_of_variation},
          {{"quartile_coefficient_of_dispersion", "SLWD", "", "1",
            "Interquartile range over the sum of the quartiles"},
           quartile_coefficient_of_dispersion},
          {{"entropy", "TLU2", "Entropy", "bit", "Disorder of the grey levels"}, entropy},
          {{"uniformity", "BJ5W", "Uniformity", "1", "Sum of the squared parts of the levels"},
           uniformity},
          {{"maximum_histogram_gradient", "12CE", "", "1", "Steepest rise from level to level"},
           maximum_gradient},
          {{"maximum_histogram_gradient_intensity", "8E6O", "", "1",
            "Grey level of the steepest rise"},
           maximum_gradient_level},
          {{"minimum_histogram_gradient", "VQB3", "", "1", "Steepest fall from level to level"},
           minimum_gradient},
          {{"minimum_histogram_gradient_intensity", "RHQZ", "", "1",
            "Grey level of the steepest fall"},
           minimum_gradient_level},
      });
}

}  // namespace radiomics
