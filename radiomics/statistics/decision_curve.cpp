#include "radiomics/statistics/decision_curve.h"

#include <cassert>
#include <limits>

#include "radiomics/statistics/kaplan_meier.h"

namespace radiomics {
namespace {

NetBenefit benefit_of_treating(const SurvivalData& data, const std::vector<std::size_t>& treated,
                               double horizon, double threshold) {
  if (treated.empty()) return {threshold, 0, 0, 0};
  const double survival = at_horizon(kaplan_meier(subset(data, treated)), horizon).estimate;
  const double fraction = double(treated.size()) / double(data.size());
  NetBenefit benefit{.threshold = threshold,
                     .true_positive_rate = (1 - survival) * fraction,
                     .false_positive_rate = survival * fraction};
  benefit.net_benefit =
      benefit.true_positive_rate - benefit.false_positive_rate * threshold / (1 - threshold);
  return benefit;
}

}  // namespace

std::vector<NetBenefit> decision_curve(const SurvivalData& data, std::span<const double> risk,
                                       double horizon, std::span<const double> thresholds) {
  assert(risk.size() == data.size());
  std::vector<NetBenefit> curve;
  for (const double threshold : thresholds) {
    std::vector<std::size_t> treated;
    for (std::size_t i = 0; i < risk.size(); ++i)
      if (risk[i] >= threshold) treated.push_back(i);
    curve.push_back(benefit_of_treating(data, treated, horizon, threshold));
  }
  return curve;
}

std::vector<NetBenefit> treat_all(const SurvivalData& data, double horizon,
                                  std::span<const double> thresholds) {
  const std::vector<double> certain(data.size(), std::numeric_limits<double>::infinity());
  return decision_curve(data, certain, horizon, thresholds);
}

}  // namespace radiomics
