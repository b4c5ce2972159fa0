// Intensity-volume histogram (IBSI P88C). Formulas: IBSI reference manual, section 3.5.
// nu is the part of the volume with at least an intensity, gamma the part of the intensity range
// below it.

#include "radiomics/features/ivh.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/features/families.h"

namespace radiomics {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// A curve and the rule by which intensities reach its points, before there are voxels.
template <class Reached>
Ivh curve(const Sample& sample, double first, double interval, double span, Reached reached) {
  Ivh ivh{first, interval, std::max(0.0, span), {}};
  const double last = std::floor(ivh.span);
  ivh.reached.reserve(sample.sorted.size());
  for (const double x : sample.sorted) ivh.reached.push_back(std::clamp(reached(x), 0.0, last));
  return ivh;
}

struct Limits {
  double lowest, highest;
};

Limits limits_of(const Sample& sample, const IntensityRange& range) {
  return {range.lowest.value_or(sample.sorted.front()),
          range.highest.value_or(sample.sorted.back())};
}

Ivh curve_in(const NoBins&, const Sample& sample, const IntensityRange& range) {
  const Limits limits = limits_of(sample, range);
  return curve(sample, limits.lowest, 1, limits.highest - limits.lowest,
               [=](double x) { return std::floor(x - limits.lowest); });
}

Ivh curve_in(const FixedBinSize& bins, const Sample& sample, const IntensityRange& range) {
  require(bins.width > 0 && std::isfinite(bins.width) && std::isfinite(bins.first_edge),
          ErrorKind::invalid_settings,
          "bin width " + to_text(bins.width) + " from " + to_text(bins.first_edge) +
              ": the width must be positive and both finite");
  const auto bin = [&](double x) { return std::floor((x - bins.first_edge) / bins.width); };
  const auto [lowest, highest] = limits_of(sample, range);
  // A range that ends on an edge does not touch the bin that begins there.
  const double first = bin(lowest), end = std::ceil((highest - bins.first_edge) / bins.width);
  const double last = range.highest ? std::max(first, end - 1) : bin(highest);
  require(last - first < max_ivh_bins, ErrorKind::invalid_settings,
          "bin width " + to_text(bins.width) + " makes more than " + to_text(max_ivh_bins) +
              " bins of intensities from " + to_text(lowest) + " to " + to_text(highest) +
              "; choose wider bins");
  return curve(sample, bins.first_edge + (first + 0.5) * bins.width, bins.width, last - first,
               [=](double x) { return bin(x) - first; });
}

Ivh curve_in(const FixedBinNumber& bins, const Sample& sample, const IntensityRange&) {
  require(
      bins.count >= 1 && bins.count <= max_ivh_bins, ErrorKind::invalid_settings,
      "number of bins " + to_text(bins.count) + " must lie between 1 and " + to_text(max_ivh_bins));
  const double lowest = sample.sorted.front(), width = sample.sorted.back() - lowest;
  if (!(width > 0)) return curve(sample, 1, 1, 0, [](double) { return 0.0; });
  return curve(sample, 1, 1, bins.count - 1,
               [=](double x) { return std::floor(bins.count * (x - lowest) / width); });
}

/// The part of the voxels that reach a point of the curve.
double part_reaching(const Ivh& ivh, double point) {
  const auto first = std::ranges::lower_bound(ivh.reached, point);
  return double(ivh.reached.end() - first) / double(ivh.reached.size());
}

/// nu at the first point with gamma of at least so many percent; undefined for a single point.
double volume_at(const Ivh& ivh, int percent) {
  if (!(ivh.span > 0)) return undefined;
  const double point = std::ceil(percent * ivh.span / 100);
  return point <= ivh.span ? part_reaching(ivh, point) : undefined;
}

/// The first intensity with nu of at most so many percent. If even more than that reach the last
/// point, it is the one after it.
double intensity_at(const Ivh& ivh, int percent) {
  const std::size_t voxels = ivh.reached.size(), allowed = voxels * std::size_t(percent) / 100;
  const double point = ivh.reached[voxels - 1 - allowed] + 1;
  return ivh.first + point * ivh.interval;
}

template <int percent>
double volume_fraction_at_intensity(const Ivh& ivh) {
  return volume_at(ivh, percent);
}

template <int percent>
double intensity_at_volume(const Ivh& ivh) {
  return intensity_at(ivh, percent);
}

double volume_fraction_difference(const Ivh& ivh) {
  return volume_at(ivh, 10) - volume_at(ivh, 90);
}

double intensity_difference(const Ivh& ivh) {
  return intensity_at(ivh, 10) - intensity_at(ivh, 90);
}

// The trapezoidal rule over gamma. The sum of nu over the points is the mean number of points that
// a voxel reaches: no loop over points, of which there may be many more than voxels.
double area_under_curve(const Ivh& ivh) {
  if (!(ivh.span > 0)) return 0;
  double beyond_first = 0;
  for (const double point : ivh.reached) beyond_first += point;
  beyond_first /= double(ivh.reached.size());
  const double ends = 0.5 * (1 - part_reaching(ivh, std::floor(ivh.span)));
  return (beyond_first + ends) / ivh.span;
}

}  // namespace

Ivh summarise_ivh(const Sample& sample, const IntensityRange& range, const Bins& bins) {
  return std::visit([&](const auto& kind) { return curve_in(kind, sample, range); }, bins);
}

FeatureFamily ivh_family() {
  constexpr auto unit = "intensity";
  return make_family(
      "ivh", "P88C", "Intensity-volume histogram", &RegionSummary::ivh,
      {
          {{"volume_fraction_at_10_intensity", "NK6P", "", "1",
            "Part of the volume with at least a tenth of the intensity range"},
           volume_fraction_at_intensity<10>},
          {{"volume_fraction_at_90_intensity", "4279", "", "1",
            "Part of the volume with at least nine tenths of the intensity range"},
           volume_fraction_at_intensity<90>},
          {{"intensity_at_10_volume", "PWN1", "", unit,
            "Lowest intensity that at most a tenth of the volume has or exceeds"},
           intensity_at_volume<10>},
          {{"intensity_at_90_volume", "BOHI", "", unit,
            "Lowest intensity that at most nine tenths of the volume have or exceed"},
           intensity_at_volume<90>},
          {{"volume_fraction_difference_10_90", "WITY", "", "1",
            "Part of the volume between a tenth and nine tenths of the intensity range"},
           volume_fraction_difference},
          {{"intensity_difference_10_90", "JXJA", "", unit,
            "Intensity at a tenth minus that at nine tenths of the volume"},
           intensity_difference},
          {{"area_under_curve", "9CMM", "", "1",
            "Area under the curve of volume over intensity range; no reference value"},
           area_under_curve},
      });
}

}  // namespace radiomics
