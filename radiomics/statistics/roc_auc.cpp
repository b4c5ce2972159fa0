#include "radiomics/statistics/roc_auc.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>

namespace radiomics {
namespace {

/// The variance of the mean of `values` within each class, added up: of the area, or of a
/// difference of areas.
double delong_variance(std::span<const double> values, std::span<const std::uint8_t> outcome) {
  double variance = 0;
  for (const int of_class : {0, 1}) {
    double count = 0, sum = 0, squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (outcome[i] == of_class) ++count, sum += values[i];
    for (std::size_t i = 0; i < values.size(); ++i)
      if (outcome[i] == of_class) squares += (values[i] - sum / count) * (values[i] - sum / count);
    variance += count > 1 ? squares / (count - 1) / count : undefined;
  }
  return variance;
}

/// The share of the other class below each event and above each non-event.
std::vector<double> placements(std::span<const double> score, std::span<const std::uint8_t> outcome,
                               double events, double non_events) {
  std::vector<std::size_t> order(score.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [score](std::size_t i) { return score[i]; });
  std::vector<double> result(score.size());
  double events_below = 0, non_events_below = 0;
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    double tied_events = 0;
    for (last = first; last < order.size() && score[order[last]] == score[order[first]]; ++last)
      tied_events += outcome[order[last]];
    const double tied_non_events = double(last - first) - tied_events;
    for (std::size_t k = first; k < last; ++k)
      result[order[k]] = outcome[order[k]] ? (non_events_below + tied_non_events / 2) / non_events
                                           : (events - events_below - tied_events / 2) / events;
    events_below += tied_events;
    non_events_below += tied_non_events;
  }
  return result;
}

}  // namespace

RocAuc roc_auc(std::span<const double> score, std::span<const std::uint8_t> outcome,
               double conf_level) {
  assert(score.size() == outcome.size());
  RocAuc result;
  result.events = int(std::ranges::count(outcome, std::uint8_t{1}));
  result.non_events = int(outcome.size()) - result.events;
  if (result.events == 0 || result.non_events == 0) {
    result.placement.assign(score.size(), undefined);
    return result;
  }
  result.placement = placements(score, outcome, result.events, result.non_events);
  double sum = 0;
  for (std::size_t i = 0; i < score.size(); ++i)
    if (outcome[i]) sum += result.placement[i];
  const double variance = delong_variance(result.placement, outcome);
  result.estimate = normal_estimate(sum / result.events, std::sqrt(variance), conf_level);
  if (result.estimate.conf_low < 0) result.estimate.conf_low = 0;
  if (result.estimate.conf_high > 1) result.estimate.conf_high = 1;
  return result;
}

AucComparison compare_auc(const RocAuc& base, const RocAuc& full,
                          std::span<const std::uint8_t> outcome, double conf_level) {
  assert(base.placement.size() == outcome.size() && full.placement.size() == outcome.size());
  std::vector<double> difference;
  for (std::size_t i = 0; i < outcome.size(); ++i)
    difference.push_back(full.placement[i] - base.placement[i]);
  const double error = std::sqrt(delong_variance(difference, outcome));
  AucComparison result;
  result.difference =
      normal_estimate(full.estimate.estimate - base.estimate.estimate, error, conf_level);
  result.statistic = error > 0 ? result.difference.estimate / error : undefined;
  result.p_value = normal_p(result.statistic);
  return result;
}

RocCurve roc_curve(std::span<const double> score, std::span<const std::uint8_t> outcome,
                   std::span<const double> weights) {
  assert(score.size() == outcome.size() && (weights.empty() || weights.size() == score.size()));
  const auto weight_of = [&](std::size_t i) { return weights.empty() ? 1 : weights[i]; };
  double events = 0, non_events = 0;
  for (std::size_t i = 0; i < score.size(); ++i) (outcome[i] ? events : non_events) += weight_of(i);
  if (!(events > 0 && non_events > 0)) return {};
  std::vector<std::size_t> order(score.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [score](std::size_t i) { return score[i]; });
  RocCurve curve{{0}, {0}};
  double events_above = 0, non_events_above = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const auto i = order[k];
    (outcome[i] ? events_above : non_events_above) += weight_of(i);
    if (k + 1 < order.size() && score[order[k + 1]] == score[i]) continue;
    curve.false_positive.push_back(std::min(non_events_above / non_events, 1.0));
    curve.true_positive.push_back(std::min(events_above / events, 1.0));
  }
  return curve;
}

}  // namespace radiomics
