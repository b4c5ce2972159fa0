#pragma once

#include <span>

#include "radiomics/statistics/influence.h"
#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// The mean squared error of predicted risks at a horizon, and that of the Kaplan-Meier estimate
/// given to everyone.
struct BrierScore {
  double horizon = undefined;
  InfluenceEstimate brier{};
  InfluenceEstimate null_brier{};
  double ipa = undefined;               ///< 1 - brier / null: index of prediction accuracy
  double last_usable_time = undefined;  ///< of CensoringCurve: where the weights end
};

/// The Brier score of `risk`, predicted probabilities of the event by `horizon`, weighted by
/// censoring_weights(): sum of w(i) (y(i) - risk(i))^2 divided by n, y 1 for an event by the
/// horizon (an event at it included), 0 for follow-up beyond it.
///
/// Influence of patient k: its own term minus the score, plus the censoring_influence() of the
/// terms. The null risk counts as known. NaN where G(horizon) is 0. Cost: O(n log n).
/// \source Graf et al. 1999,
/// doi:10.1002/(SICI)1097-0258(19990915/30)18:17/18<2529::AID-SIM274>3.0.CO;2-5;
///         Gerds and Schumacher 2006, doi:10.1002/bimj.200610301; IPA: Kattan and Gerds 2018,
///         doi:10.1186/s41512-018-0029-2; R: riskRegression::Score
BrierScore brier_score(const SurvivalData& data, std::span<const double> risk, double horizon,
                       double conf_level = 0.95);

struct IntegratedBrier {
  double tau = undefined;
  double brier = undefined;
  double null_brier = undefined;
  double ipa = undefined;
};

/// The mean of the Brier score over the times from 0 to `tau`, exactly: risks are step functions,
/// risks(i, k) the risk of patient i from times[k] (ascending) until the next, 0 before the first.
/// NaN where G(t) is 0 before tau. Cost: O((times + n) n).
IntegratedBrier integrated_brier(const SurvivalData& data, std::span<const double> times,
                                 const Matrix& risks, double tau);

}  // namespace radiomics
