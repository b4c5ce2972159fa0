#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// What treating those whose risk reaches a threshold gains, per patient.
struct NetBenefit {
  double threshold = undefined;
  double net_benefit = undefined;  ///< true - false x threshold / (1 - threshold)
  double true_positive_rate =
      undefined;  ///< treated, and the event by the horizon; of all patients
  double false_positive_rate = undefined;  ///< treated without need; of all patients
};

/// The net benefit of treating those with risk >= threshold, at each threshold in (0, 1). How many
/// of them have the event by the horizon is the Kaplan-Meier estimate among them. All 0 where
/// nobody reaches the threshold; NaN where follow-up of those who do ends before the horizon.
/// \source Vickers and Elkin 2006, doi:10.1177/0272989X06295361; censored data: Vickers et al.
/// 2008,
///         doi:10.1186/1472-6947-8-53; R: dcurves
std::vector<NetBenefit> decision_curve(const SurvivalData& data, std::span<const double> risk,
                                       double horizon, std::span<const double> thresholds);

/// The net benefit of treating everyone.
std::vector<NetBenefit> treat_all(const SurvivalData& data, double horizon,
                                  std::span<const double> thresholds);

}  // namespace radiomics
