#pragma once

#include <span>
#include <vector>

namespace radiomics {

/// The quantile of the values at `p` in [0, 1], by linear interpolation between the order
/// statistics around (n - 1) p: R's type 7. NaN values are left out; NaN without a value.
/// \source Hyndman and Fan 1996, doi:10.2307/2684934
double sample_quantile(std::span<const double> values, double p);

/// At several `p`. Cost: one sort.
std::vector<double> sample_quantiles(std::span<const double> values, std::span<const double> p);

struct Interval {
  double low;
  double high;
};

/// The quantiles that leave (1 - level) / 2 of the values on each side: the percentile interval of
/// a bootstrap.
Interval percentile_interval(std::span<const double> values, double level);

}  // namespace radiomics
