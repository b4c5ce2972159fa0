#include "radiomics/statistics/auc.h"

#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "radiomics/statistics/censoring_weights.h"
#include "radiomics/statistics/rank_counts.h"

namespace radiomics {
namespace {

/// Per rank, the weight at lower ranks and half of that at it.
std::vector<double> below_and_half(const std::vector<double>& weight_at) {
  std::vector<double> result(weight_at.size());
  double below = 0;
  for (std::size_t r = 0; r < weight_at.size(); ++r) {
    result[r] = below + weight_at[r] / 2;
    below += weight_at[r];
  }
  return result;
}

/// Weights of cases and of controls, by patient: 0 for who is not one.
struct TwoGroups {
  std::vector<double> cases;
  std::vector<double> controls;
};

TwoGroups two_groups(const SurvivalData& data, std::span<const double> weights, double horizon) {
  TwoGroups groups{std::vector<double>(data.size()), std::vector<double>(data.size())};
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.time[i] > horizon)
      groups.controls[i] = 1;
    else if (data.event[i])
      groups.cases[i] = weights[i];
  return groups;
}

std::vector<double> sums_by_rank(const DenseRanks& ranks, std::span<const double> weights) {
  std::vector<double> sums(ranks.count);
  for (std::size_t i = 0; i < weights.size(); ++i) sums[ranks.rank[i]] += weights[i];
  return sums;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

InfluenceEstimate estimate_auc(const SurvivalData& data, const DenseRanks& ranks,
                               const TwoGroups& groups, double horizon, double level) {
  const double case_weight = sum(groups.cases), controls = sum(groups.controls);
  const auto controls_beaten = below_and_half(sums_by_rank(ranks, groups.controls));
  const auto cases_beaten = below_and_half(sums_by_rank(ranks, groups.cases));
  double won = 0;
  for (std::size_t i = 0; i < data.size(); ++i)
    won += groups.cases[i] * controls_beaten[ranks.rank[i]];
  const double auc = won / (case_weight * controls);

  const double n = double(data.size());
  std::vector<double> of_cases(data.size());
  for (std::size_t i = 0; i < data.size(); ++i)
    of_cases[i] =
        n * groups.cases[i] * (controls_beaten[ranks.rank[i]] / controls - auc) / case_weight;
  std::vector<double> influence = censoring_influence(data, of_cases, horizon);
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double beaten_by = 1 - cases_beaten[ranks.rank[i]] / case_weight;
    influence[i] += of_cases[i] + n * groups.controls[i] * (beaten_by - auc) / controls;
  }
  return influence_estimate(auc, std::move(influence), level);
}

}  // namespace

TimeDependentAuc auc_at(const SurvivalData& data, std::span<const double> risk, double horizon,
                        double conf_level) {
  assert(risk.size() == data.size());
  const CensoringCurve curve(data);
  TimeDependentAuc result{.horizon = horizon, .last_usable_time = curve.last_usable_time()};
  for (std::size_t i = 0; i < data.size(); ++i) {
    result.cases += data.time[i] <= horizon && data.event[i];
    result.controls += data.time[i] > horizon;
  }
  if (result.cases > 0 && result.controls > 0)
    result.auc = estimate_auc(data, dense_ranks(risk),
                              two_groups(data, censoring_weights(data, curve, horizon), horizon),
                              horizon, conf_level);
  return result;
}

}  // namespace radiomics
