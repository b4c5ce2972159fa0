#include "radiomics/statistics/kaplan_meier.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

constexpr double level_tolerance = 1.4901161193847656e-08;  // square root of the machine epsilon

/// Where steps first come down to `level`; the middle of the piece that lies on it.
double time_at_level(const std::vector<double>& time, const std::vector<double>& steps,
                     double level) {
  std::size_t first = 0;
  while (first < steps.size() && !(steps[first] <= level + level_tolerance)) ++first;
  if (first == steps.size()) return undefined;
  if (steps[first] < level - level_tolerance) return time[first];
  std::size_t below = first;
  while (below < steps.size() && !(steps[below] < level - level_tolerance)) ++below;
  return (time[first] + time[std::min(below, steps.size() - 1)]) / 2;
}

/// What holds from one death to the next.
struct Step {
  double s = 1, std_error = 0, low = undefined, high = undefined;
  double hazard = 0, hazard_std_error = 0;
  double greenwood = 0, hazard_variance = 0;

  void take(double n, double d, double z, ConfidenceType type) {
    s *= (n - d) / n;
    greenwood += d / (n * (n - d));
    hazard += d / n;
    hazard_variance += d / (n * n);
    const double error = std::sqrt(greenwood);
    std_error = s > 0 ? s * error : undefined;
    std::tie(low, high) = probability_interval(s, error, z, type);
    hazard_std_error = std::sqrt(hazard_variance);
  }
};

}  // namespace

KaplanMeierCurve kaplan_meier(RiskTable table, const KaplanMeierOptions& options) {
  const double z = normal_quantile_two_sided(options.conf_level);
  KaplanMeierCurve curve;
  curve.time_tolerance = tie_tolerance(table.time);
  for (auto* steps : {&curve.estimate, &curve.std_error, &curve.conf_low, &curve.conf_high,
                      &curve.cumulative_hazard, &curve.cumulative_hazard_std_error})
    steps->resize(table.time.size());
  Step step;
  std::tie(step.low, step.high) = probability_interval(1, 0, z, options.conf_type);
  for (std::size_t i = 0; i < table.time.size(); ++i) {
    if (table.n_event[i] > 0) step.take(table.n_risk[i], table.n_event[i], z, options.conf_type);
    curve.estimate[i] = step.s;
    curve.std_error[i] = step.std_error;
    curve.conf_low[i] = step.low;
    curve.conf_high[i] = step.high;
    curve.cumulative_hazard[i] = step.hazard;
    curve.cumulative_hazard_std_error[i] = step.hazard_std_error;
  }
  curve.table = std::move(table);
  return curve;
}

KaplanMeierCurve kaplan_meier(const SurvivalData& data, const KaplanMeierOptions& options) {
  return kaplan_meier(risk_table(data), options);
}

KaplanMeierCurve reverse_kaplan_meier(const SurvivalData& data, ReverseTies ties,
                                      const KaplanMeierOptions& options) {
  RiskTable table = risk_table(data);
  if (ties == ReverseTies::deaths_first)
    for (std::size_t i = 0; i < table.time.size(); ++i) table.n_risk[i] -= table.n_event[i];
  std::swap(table.n_event, table.n_censor);
  return kaplan_meier(std::move(table), options);
}

QuantileEstimate quantile(const KaplanMeierCurve& curve, double p) {
  const auto& time = curve.table.time;
  return {.p = p,
          .estimate = time_at_level(time, curve.estimate, 1 - p),
          .conf_low = time_at_level(time, curve.conf_low, 1 - p),
          .conf_high = time_at_level(time, curve.conf_high, 1 - p)};
}

HorizonEstimate at_horizon(const KaplanMeierCurve& curve, double time) {
  const auto& times = curve.table.time;
  // The first entry at or after the horizon, and the first one after it.
  const auto here = std::ranges::lower_bound(times, time - curve.time_tolerance) - times.begin();
  const auto after = std::ranges::upper_bound(times, time + curve.time_tolerance) - times.begin();
  HorizonEstimate result{.time = time, .estimate = 1, .conf_low = 1, .conf_high = 1};
  if (here < std::ssize(times)) result.n_risk = curve.table.n_risk[std::size_t(here)];
  if (after == 0) return result;
  const auto last = std::size_t(after) - 1;
  result.beyond_follow_up = here == std::ssize(times) && curve.estimate[last] > 0;
  if (result.beyond_follow_up) {
    result.estimate = result.std_error = result.conf_low = result.conf_high = undefined;
    return result;
  }
  result.estimate = curve.estimate[last];
  result.std_error = curve.std_error[last];
  result.conf_low = curve.conf_low[last];
  result.conf_high = curve.conf_high[last];
  return result;
}

RestrictedMean restricted_mean(const KaplanMeierCurve& curve, double tau) {
  const auto& table = curve.table;
  if (table.time.empty() ||
      (tau > table.time.back() + curve.time_tolerance && curve.estimate.back() > 0))
    return {tau, undefined, undefined};
  // From tau backwards, so that the area beyond each death is known when it is needed.
  double area = 0, variance = 0, end = tau;
  for (std::size_t i = table.time.size(); i-- > 0;) {
    if (table.time[i] > tau) continue;
    area += curve.estimate[i] * (end - table.time[i]);
    end = table.time[i];
    const double n = table.n_risk[i], d = table.n_event[i];
    if (d < n) variance += area * area * d / (n * (n - d));  // else S is 0 and so is the area
  }
  return {tau, area + end, std::sqrt(variance)};
}

}  // namespace radiomics
