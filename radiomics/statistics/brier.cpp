#include "radiomics/statistics/brier.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>
#include <vector>

#include "radiomics/statistics/censoring_weights.h"
#include "radiomics/statistics/kaplan_meier.h"

namespace radiomics {
namespace {

/// Every patient's part of n times the score.
std::vector<double> terms_of(const SurvivalData& data, std::span<const double> weights,
                             std::span<const double> risk, double horizon) {
  std::vector<double> terms(data.size());
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double error = (data.time[i] <= horizon ? 1 : 0) - risk[i];
    terms[i] = weights[i] * error * error;
  }
  return terms;
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

InfluenceEstimate estimate_brier(const SurvivalData& data, std::span<const double> weights,
                                 std::span<const double> risk, double horizon, double level) {
  const std::vector<double> terms = terms_of(data, weights, risk, horizon);
  const double score = mean(terms);
  std::vector<double> influence = censoring_influence(data, terms, horizon);
  for (std::size_t i = 0; i < terms.size(); ++i) influence[i] += terms[i] - score;
  return influence_estimate(score, std::move(influence), level);
}

std::vector<double> null_risk(const KaplanMeierCurve& survival, double horizon, std::size_t n) {
  return std::vector<double>(n, 1 - at_horizon(survival, horizon).estimate);
}

/// The ends of the pieces of [0, tau] on which all step functions are constant; 0 first.
std::vector<double> pieces(const SurvivalData& data, std::span<const double> times, double tau) {
  std::vector<double> ends{0, tau};
  for (const auto& more : {std::span<const double>(data.time), times})
    for (const double time : more)
      if (time > 0 && time < tau) ends.push_back(time);
  std::ranges::sort(ends);
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

}  // namespace

BrierScore brier_score(const SurvivalData& data, std::span<const double> risk, double horizon,
                       double conf_level) {
  assert(risk.size() == data.size());
  const CensoringCurve curve(data);
  BrierScore result{.horizon = horizon, .last_usable_time = curve.last_usable_time()};
  if (data.size() == 0 || !(curve.at(horizon) > 0)) return result;
  const auto weights = censoring_weights(data, curve, horizon);
  result.brier = estimate_brier(data, weights, risk, horizon, conf_level);
  result.null_brier = estimate_brier(
      data, weights, null_risk(kaplan_meier(data), horizon, data.size()), horizon, conf_level);
  result.ipa = 1 - result.brier.estimate.estimate / result.null_brier.estimate.estimate;
  return result;
}

IntegratedBrier integrated_brier(const SurvivalData& data, std::span<const double> times,
                                 const Matrix& risks, double tau) {
  assert(risks.rows == data.size() && risks.columns == times.size());
  const CensoringCurve curve(data);
  const KaplanMeierCurve survival = kaplan_meier(data);
  const std::vector<double> ends = pieces(data, times, tau), none(data.size());
  double area = 0, null_area = 0;
  for (std::size_t p = 0; p + 1 < ends.size(); ++p) {
    const auto known = std::ranges::upper_bound(times, ends[p]) - times.begin();
    const auto risk = known > 0 ? risks.column(std::size_t(known) - 1) : std::span(none);
    const auto weights = censoring_weights(data, curve, ends[p]);
    const double width = ends[p + 1] - ends[p];
    area += width * mean(terms_of(data, weights, risk, ends[p]));
    null_area +=
        width * mean(terms_of(data, weights, null_risk(survival, ends[p], data.size()), ends[p]));
  }
  return {tau, area / tau, null_area / tau, 1 - area / null_area};
}

}  // namespace radiomics
