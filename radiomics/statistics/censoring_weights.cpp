#include "radiomics/statistics/censoring_weights.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

std::size_t index_of(const std::vector<double>& times, double time) {
  return std::size_t(std::ranges::lower_bound(times, time) - times.begin());
}

}  // namespace

CensoringCurve::CensoringCurve(const SurvivalData& data) {
  const RiskTable table = risk_table(data);
  time_ = table.time;
  double value = 1;
  for (std::size_t k = 0; k < time_.size(); ++k) {
    const int exposed = table.n_risk[k] - table.n_event[k];
    if (exposed > 0) value *= 1 - double(table.n_censor[k]) / exposed;
    value_.push_back(value);
  }
}

double CensoringCurve::at(double time) const {
  const auto after = std::ranges::upper_bound(time_, time);
  return after == time_.begin() ? 1 : value_[std::size_t(after - time_.begin()) - 1];
}

double CensoringCurve::before(double time) const {
  const std::size_t first = index_of(time_, time);
  return first == 0 ? 1 : value_[first - 1];
}

double CensoringCurve::last_usable_time() const {
  for (std::size_t k = time_.size(); k > 0; --k)
    if (value_[k - 1] > 0) return time_[k - 1];
  return undefined;
}

std::vector<double> censoring_weights(const SurvivalData& data, const CensoringCurve& curve,
                                      double horizon) {
  const double at_horizon = curve.at(horizon);
  if (!(at_horizon > 0)) return std::vector<double>(data.size(), undefined);
  std::vector<double> weights(data.size());
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.time[i] > horizon)
      weights[i] = 1 / at_horizon;
    else if (data.event[i])
      weights[i] = 1 / curve.before(data.time[i]);
  return weights;
}

std::vector<double> censoring_influence(const SurvivalData& data, std::span<const double> terms,
                                        double horizon) {
  assert(terms.size() == data.size());
  const RiskTable table = risk_table(data);
  // later[k]: the sum of the terms whose weight depends on a censoring at time k, their mean on it.
  std::vector<double> later(table.time.size() + 1);
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.time[i] > horizon || data.event[i])
      later[index_of(table.time, data.time[i])] += terms[i];
  double sum = 0;
  for (std::size_t k = later.size(); k > 0; --k) sum += std::exchange(later[k - 1], sum);

  std::vector<double> drift(table.time.size());
  double total = 0;
  for (std::size_t k = 0; k < drift.size(); ++k) {
    const double at_risk = table.n_risk[k];
    if (table.time[k] <= horizon) total += table.n_censor[k] / (at_risk * at_risk) * later[k];
    drift[k] = total;
  }
  std::vector<double> influence(data.size());
  for (std::size_t i = 0; i < data.size(); ++i) {
    const std::size_t k = index_of(table.time, data.time[i]);
    const bool jumps = !data.event[i] && data.time[i] <= horizon;
    influence[i] = (jumps ? later[k] / table.n_risk[k] : 0) - drift[k];
  }
  return influence;
}

}  // namespace radiomics
