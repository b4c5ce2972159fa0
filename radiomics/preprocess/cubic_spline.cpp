#include "radiomics/preprocess/cubic_spline.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdlib>

namespace radiomics {
namespace {

constexpr int radius = cubic_spline_radius;

/// The response of the inverse filter of cubic B-splines: sqrt(3) * pole^|distance|.
std::array<double, radius + 3> inverse_filter() {
  std::array<double, radius + 3> response{};
  const double pole = std::sqrt(3.0) - 2;
  response[0] = std::sqrt(3.0);
  for (std::size_t i = 1; i < response.size(); ++i) response[i] = pole * response[i - 1];
  return response;
}

/// The cubic B-splines of the samples -1, 0, 1, 2 at a fraction of the way from 0 to 1.
std::array<double, 4> b_splines(double t) {
  const double s = 1 - t;
  return {s * s * s / 6, 2.0 / 3 - t * t + t * t * t / 2, 2.0 / 3 - s * s + s * s * s / 2,
          t * t * t / 6};
}

/// The index of the sample that stands for one beyond the ends.
int mirrored(int index, int count) {
  if (count == 1) return 0;
  const int period = 2 * (count - 1);
  const int inside = ((index % period) + period) % period;
  return inside < count ? inside : period - inside;
}

}  // namespace

SampleWeights cubic_spline_weights(double index, int count) {
  assert(index >= 0 && index <= count - 1);
  const int below = int(index);
  const double fraction = index - below;
  if (fraction == 0) return {below, {1}};
  static const auto response = inverse_filter();
  const auto splines = b_splines(fraction);
  const int first = std::max(0, below - radius), last = std::min(count - 1, below + 1 + radius);
  SampleWeights result{first, std::vector<double>(std::size_t(last - first) + 1)};
  for (int tap = -radius; tap <= radius + 1; ++tap) {
    double weight = 0;
    for (int i = 0; i < 4; ++i) weight += splines[i] * response[std::abs(tap - i + 1)];
    result.weights[std::size_t(mirrored(below + tap, count) - first)] += weight;
  }
  return result;
}

}  // namespace radiomics
