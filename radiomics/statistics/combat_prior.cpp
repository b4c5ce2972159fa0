#include "radiomics/statistics/combat_prior.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace radiomics {
namespace {

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments(std::span<const double> values) {
  const double n = double(values.size());
  Moments result{.mean = std::accumulate(values.begin(), values.end(), 0.0) / n};
  for (const double value : values)
    result.variance += (value - result.mean) * (value - result.mean) / (n - 1);
  return result;
}

/// Mean and variance of a patient's value in one feature.
struct Effect {
  double location = 0;
  double variance = 0;
};

/// Sum of squared distances of the patients from `centre`, given what they show.
double squares_around(double centre, const Effect& observed, double patients) {
  const double shift = observed.location - centre;
  return (patients - 1) * observed.variance + patients * shift * shift;
}

struct Prior {
  Moments locations;
  Moments variances;
  double patients = 0;

  double location(const Effect& observed, double variance) const {
    const double weight = patients * locations.variance;
    return (weight * observed.location + variance * locations.mean) / (weight + variance);
  }

  /// The inverse gamma prior has shape m^2/s^2 + 2 and scale m^3/s^2 + m; both are multiplied by
  /// s^2 / m^2 here, so that features of one and the same variance (s = 0) need no other formula.
  double variance(const Effect& observed, double at_location) const {
    const double m = variances.mean, ratio = variances.variance / (m * m);
    const double squares = squares_around(at_location, observed, patients);
    return (ratio * squares / 2 + m + ratio * m) / (ratio * patients / 2 + 1 + ratio);
  }
};

bool is_close(double a, double b) { return std::abs(a - b) <= 1e-15 * std::abs(b); }

/// The two posterior means depend on each other: they are taken in turn until both stand still.
Effect posterior(const Prior& prior, const Effect& observed) {
  constexpr int most_iterations = 10000;
  Effect effect = observed;
  for (int i = 0; i < most_iterations; ++i) {
    Effect next;
    next.location = prior.location(observed, effect.variance);
    next.variance = prior.variance(observed, next.location);
    const bool done =
        is_close(next.location, effect.location) && is_close(next.variance, effect.variance);
    effect = next;
    if (done) break;
  }
  return effect;
}

/// The logarithm of the likelihood of an effect, but for a constant.
double log_likelihood(const Effect& effect, const Effect& observed, double patients) {
  return -patients / 2 * std::log(effect.variance) -
         squares_around(effect.location, observed, patients) / (2 * effect.variance);
}

Effect weighted_by_likelihood(const BatchEffects& effects, std::size_t feature,
                              std::vector<double>& weights) {
  const Effect observed{effects.locations[feature], effects.variances[feature]};
  weights.assign(effects.locations.size(), -std::numeric_limits<double>::infinity());
  for (std::size_t j = 0; j < weights.size(); ++j)
    if (j != feature)
      weights[j] = log_likelihood({effects.locations[j], effects.variances[j]}, observed,
                                  double(effects.patients));
  // Relative to the most likely one, so that no batch is so large that all weights vanish.
  const double largest = *std::ranges::max_element(weights);
  double total = 0;
  Effect sum;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    const double weight = std::exp(weights[j] - largest);
    total += weight;
    sum.location += weight * effects.locations[j];
    sum.variance += weight * effects.variances[j];
  }
  return {sum.location / total, sum.variance / total};
}

}  // namespace

BatchEffects shrunken_parametric(const BatchEffects& observed) {
  const Prior prior{.locations = moments(observed.locations),
                    .variances = moments(observed.variances),
                    .patients = double(observed.patients)};
  BatchEffects result = observed;
  for (std::size_t j = 0; j < observed.locations.size(); ++j) {
    const Effect effect = posterior(prior, {observed.locations[j], observed.variances[j]});
    result.locations[j] = effect.location;
    result.variances[j] = effect.variance;
  }
  return result;
}

BatchEffects shrunken_nonparametric(const BatchEffects& observed) {
  BatchEffects result = observed;
  std::vector<double> weights;
  for (std::size_t j = 0; j < observed.locations.size(); ++j) {
    const Effect effect = weighted_by_likelihood(observed, j, weights);
    result.locations[j] = effect.location;
    result.variances[j] = effect.variance;
  }
  return result;
}

}  // namespace radiomics
