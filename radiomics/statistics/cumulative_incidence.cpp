#include "radiomics/statistics/cumulative_incidence.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace radiomics {
namespace {

constexpr std::size_t causes = 2;

/// What happens at one time, and the curves just before and at it.
struct Step {
  double n_risk = 0;
  double n_censor = 0;
  std::array<double, causes> events{};
  double survival_before = 1;
  double survival = 1;
  std::array<double, causes> incidence{};  ///< at the time

  double all_events() const { return events[0] + events[1]; }
};

/// The variance of one incidence by the delta method, updated time by time.
///
/// An event at u adds noise to F(t) in proportion to F(u)/S(u) - F(t)/S(u), plus 1 if it is of the
/// cause itself: a square in F(t) whose three sums are carried along.
class DeltaVariance {
 public:
  explicit DeltaVariance(std::size_t cause) : cause_(cause) {}

  void add(const Step& step) {
    const double f = step.incidence[cause_];
    const double competing = step.events[1 - cause_], own = step.events[cause_];
    if (competing > 0 && step.survival > 0)
      add_noise(f / step.survival, 1 / step.survival, competing, step);
    if (own > 0) {
      const double slope = step.survival > 0 ? 1 / step.survival : 0;
      add_noise(1 + f * slope, slope, own, step);
    }
    if (own > 0) variance_ = std::max(0.0, constant_ - 2 * f * linear_ + f * f * quadratic_);
  }
  double std_error() const { return std::sqrt(variance_); }

 private:
  void add_noise(double level, double slope, double events, const Step& step) {
    const double n = step.n_risk;
    const double ties = events > 1 ? 1 - (events - 1) / (n - 1) : 1;
    const double noise = step.survival_before * step.survival_before * ties * events / (n * n);
    constant_ += level * level * noise;
    linear_ += level * slope * noise;
    quadratic_ += slope * slope * noise;
  }

  std::size_t cause_;
  double constant_ = 0, linear_ = 0, quadratic_ = 0, variance_ = 0;
};

/// Sums of squared influences of the patients on the three estimates.
///
/// All patients still at risk have one common influence, since they have the same history. Of who
/// has left, the influence on S is c S(t) and that on F is a + c F(t), where a and c no longer
/// change: sums of their products serve all later times.
class Jackknife {
 public:
  void add(const Step& step) {
    const double n = step.n_risk, hazard = step.all_events() / n;
    const double per_patient = step.survival_before / n;
    const double survival_before = survival_;
    survival_ = survival_before * (1 - hazard) + per_patient * hazard;
    for (std::size_t k = 0; k < causes; ++k)
      incidence_[k] += (survival_before - per_patient) * step.events[k] / n;
    for (std::size_t k = 0; k < causes; ++k) {
      auto incidence = incidence_;
      incidence[k] += per_patient;
      leave(step.events[k], survival_ - per_patient, incidence, step);
    }
    leave(step.n_censor, survival_, incidence_, step);
    left_ = n - step.all_events() - step.n_censor;
  }

  double survival_error(const Step& step) const {
    return std::sqrt(left_ * survival_ * survival_ +
                     step.survival * step.survival * slope_squares_);
  }
  double incidence_error(std::size_t k, const Step& step) const {
    const double f = step.incidence[k];
    const double gone = level_squares_[k] + 2 * f * products_[k] + f * f * slope_squares_;
    return std::sqrt(std::max(0.0, left_ * incidence_[k] * incidence_[k] + gone));
  }

 private:
  void leave(double count, double survival, const std::array<double, causes>& incidence,
             const Step& step) {
    const double slope = step.survival > 0 ? survival / step.survival : 0;
    slope_squares_ += count * slope * slope;
    for (std::size_t k = 0; k < causes; ++k) {
      const double level = incidence[k] - slope * step.incidence[k];
      level_squares_[k] += count * level * level;
      products_[k] += count * level * slope;
    }
  }

  // of each patient at risk
  double survival_ = 0, left_ = 0;
  std::array<double, causes> incidence_{};
  // of those who have left
  double slope_squares_ = 0;
  std::array<double, causes> level_squares_{}, products_{};
};

void append(StateCurve& curve, double estimate, double error, double delta_error) {
  curve.estimate.push_back(estimate);
  curve.std_error.push_back(error);
  curve.std_error_delta.push_back(delta_error);
}

void add_limits(StateCurve& curve, const CumulativeIncidenceOptions& options) {
  const double z = normal_quantile_two_sided(options.conf_level);
  for (std::size_t i = 0; i < curve.estimate.size(); ++i) {
    const double p = curve.estimate[i];
    const auto [low, high] = probability_interval(p, curve.std_error[i] / p, z, options.conf_type);
    curve.conf_low.push_back(low);
    curve.conf_high.push_back(high);
  }
}

/// Times and counts; the curves are still empty.
CumulativeIncidence counted(const CompetingRisksData& data) {
  const RiskTable own = risk_table(cause_specific(data, 1));
  const RiskTable other = risk_table(cause_specific(data, 2));
  CumulativeIncidence result;
  result.time = own.time;
  result.n_risk = own.n_risk;
  result.n_event = {own.n_event, other.n_event};
  for (std::size_t i = 0; i < own.time.size(); ++i)
    result.n_censor.push_back(own.n_censor[i] - other.n_event[i]);
  result.time_tolerance = tie_tolerance(result.time);
  return result;
}

Estimate entry(const StateCurve& curve, std::size_t i) {
  return {curve.estimate[i], curve.std_error[i], curve.conf_low[i], curve.conf_high[i]};
}

}  // namespace

CumulativeIncidence cumulative_incidence(const CompetingRisksData& data,
                                         const CumulativeIncidenceOptions& options) {
  CumulativeIncidence result = counted(data);
  std::array<DeltaVariance, causes> delta{DeltaVariance(0), DeltaVariance(1)};
  Jackknife jackknife;
  Step step;
  double greenwood = 0;
  for (std::size_t i = 0; i < result.time.size(); ++i) {
    step.n_risk = result.n_risk[i];
    step.n_censor = result.n_censor[i];
    step.survival_before = step.survival;
    for (std::size_t k = 0; k < causes; ++k) {
      step.events[k] = result.n_event[k][i];
      step.incidence[k] += step.survival_before * step.events[k] / step.n_risk;
    }
    const double d = step.all_events(), n = step.n_risk;
    step.survival *= (n - d) / n;
    if (d > 0) greenwood += d / (n * (n - d));
    jackknife.add(step);
    append(result.event_free, step.survival, jackknife.survival_error(step),
           step.survival > 0 ? step.survival * std::sqrt(greenwood) : undefined);
    for (std::size_t k = 0; k < causes; ++k) {
      delta[k].add(step);
      append(result.incidence[k], step.incidence[k], jackknife.incidence_error(k, step),
             delta[k].std_error());
    }
  }
  add_limits(result.event_free, options);
  for (auto& curve : result.incidence) add_limits(curve, options);
  return result;
}

IncidenceAtHorizon at_horizon(const CumulativeIncidence& curves, double time) {
  const auto& times = curves.time;
  // The first entry at or after the horizon, and the first one after it.
  const auto here = std::ranges::lower_bound(times, time - curves.time_tolerance) - times.begin();
  const auto after = std::ranges::upper_bound(times, time + curves.time_tolerance) - times.begin();
  IncidenceAtHorizon result{.time = time};
  if (here < std::ssize(times)) result.n_risk = curves.n_risk[std::size_t(here)];
  if (times.empty() || (here == std::ssize(times) && curves.event_free.estimate.back() > 0)) {
    result.beyond_follow_up = true;
    return result;
  }
  if (after == 0) {
    result.event_free = {1, 0, 1, 1};
    result.incidence = {Estimate{0, 0, 0, 0}, Estimate{0, 0, 0, 0}};
    result.std_error_delta = {0, 0};
    return result;
  }
  const auto last = std::size_t(after) - 1;
  result.event_free = entry(curves.event_free, last);
  for (std::size_t k = 0; k < causes; ++k) {
    result.incidence[k] = entry(curves.incidence[k], last);
    result.std_error_delta[k] = curves.incidence[k].std_error_delta[last];
  }
  return result;
}

double naive_incidence(const CompetingRisksData& data, int cause, double time) {
  return 1 - at_horizon(kaplan_meier(cause_specific(data, cause)), time).estimate;
}

}  // namespace radiomics
