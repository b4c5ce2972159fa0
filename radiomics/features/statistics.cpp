// Intensity statistics (IBSI UHIW): moments and order statistics of the intensities in the region.
// Formulas: IBSI reference manual, section 3.3.

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "radiomics/features/families.h"

namespace radiomics {
namespace {

using Values = std::span<const double>;

/// NaN where the denominator vanishes: the ratio is undefined.
double ratio(double numerator, double denominator) {
  return denominator != 0 ? numerator / denominator : std::numeric_limits<double>::quiet_NaN();
}

double mean_distance(Values values, double centre) {
  return mean_of(values, [centre](double x) { return std::abs(x - centre); });
}

double mean(const Sample& sample) { return sample.mean; }

double variance(const Sample& sample) { return sample.moment_2; }

// IBSI sets skewness and excess kurtosis of equal values to 0.
double skewness(const Sample& sample) {
  return sample.moment_2 > 0 ? sample.moment_3 / std::pow(sample.moment_2, 1.5) : 0;
}

double excess_kurtosis(const Sample& sample) {
  return sample.moment_2 > 0 ? sample.moment_4 / (sample.moment_2 * sample.moment_2) - 3 : 0;
}

template <int percent>
double percentile(const Sample& sample) {
  return percentile(sample, percent);
}

double minimum(const Sample& sample) { return sample.sorted.front(); }

double maximum(const Sample& sample) { return sample.sorted.back(); }

double interquartile_range(const Sample& sample) {
  return percentile(sample, 75) - percentile(sample, 25);
}

double range(const Sample& sample) { return maximum(sample) - minimum(sample); }

double mean_absolute_deviation(const Sample& sample) {
  return mean_distance(sample.sorted, sample.mean);
}

// Of the values between the 10th and the 90th percentile, both included. Of two different values
// none lies there.
double robust_mean_absolute_deviation(const Sample& sample) {
  const auto& all = sample.sorted;
  const Values kept(std::ranges::lower_bound(all, percentile(sample, 10)),
                    std::ranges::upper_bound(all, percentile(sample, 90)));
  if (kept.empty()) return std::numeric_limits<double>::quiet_NaN();
  return mean_distance(kept, mean_of_sorted(kept));
}

// A mean, in spite of its name: of the distances from the median.
double median_absolute_deviation(const Sample& sample) {
  return mean_distance(sample.sorted, percentile(sample, 50));
}

double coefficient_of_variation(const Sample& sample) {
  return ratio(std::sqrt(sample.moment_2), sample.mean);
}

double quartile_coefficient_of_dispersion(const Sample& sample) {
  const double lower = percentile(sample, 25), upper = percentile(sample, 75);
  return ratio(upper - lower, upper + lower);
}

double energy(const Sample& sample) {
  return sum_of(sample.sorted, [](double x) { return x * x; });
}

double root_mean_square(const Sample& sample) {
  return std::sqrt(energy(sample) / double(sample.sorted.size()));
}

}  // namespace

FeatureFamily statistics_family() {
  constexpr auto unit = "intensity", unit_squared = "intensity2";
  return make_family(
      "statistics", "UHIW", "Intensity statistics", &RegionSummary::sample,
      {
          {{"mean", "Q4LE", "Mean", unit, "Mean intensity"}, mean},
          {{"variance", "ECT3", "Variance", unit_squared, "Mean squared distance from the mean"},
           variance},
          {{"skewness", "KE2A", "Skewness", "1", "Asymmetry about the mean"}, skewness},
          {{"excess_kurtosis", "IPH6", "Kurtosis", "1",
            "Weight of the tails; 0 for a normal distribution (PyRadiomics' is 3 larger)"},
           excess_kurtosis},
          {{"median", "Y12H", "Median", unit, "Middle intensity"}, percentile<50>},
          {{"minimum", "1GSF", "Minimum", unit, "Lowest intensity"}, minimum},
          {{"percentile_10", "QG58", "10Percentile", unit, "A tenth of the voxels lies below"},
           percentile<10>},
          {{"percentile_90", "8DWT", "90Percentile", unit, "A tenth of the voxels lies above"},
           percentile<90>},
          {{"maximum", "84IY", "Maximum", unit, "Highest intensity"}, maximum},
          {{"interquartile_range", "SALO", "InterquartileRange", unit, "Width of the middle half"},
           interquartile_range},
          {{"range", "2OJQ", "Range", unit, "Highest minus lowest intensity"}, range},
          {{"mean_absolute_deviation", "4FUA", "MeanAbsoluteDeviation", unit,
            "Mean distance from the mean"},
           mean_absolute_deviation},
          {{"robust_mean_absolute_deviation", "1128", "RobustMeanAbsoluteDeviation", unit,
            "Mean distance from the mean, the lowest and the highest tenth left out"},
           robust_mean_absolute_deviation},
          {{"median_absolute_deviation", "N72L", "", unit, "Mean distance from the median"},
           median_absolute_deviation},
          {{"coefficient_of_variation", "7TET", "", "1", "Standard deviation over the mean"},
           coefficient_of_variation},
          {{"quartile_coefficient_of_dispersion", "9S40", "", "1",
            "Interquartile range over the sum of the quartiles"},
           quartile_coefficient_of_dispersion},
          {{"energy", "N8CA", "Energy", unit_squared, "Sum of squared intensities"}, energy},
          {{"root_mean_square", "5ZWQ", "RootMeanSquared", unit,
            "Root of the mean squared intensity"},
           root_mean_square},
      });
}

}  // namespace radiomics
