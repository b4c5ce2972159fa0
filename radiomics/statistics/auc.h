#pragma once

#include <span>

#include "radiomics/statistics/influence.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// How well a risk separates who has the event by a horizon from who is followed beyond it.
struct TimeDependentAuc {
  double horizon = undefined;
  int cases = 0;     ///< event at the horizon or before
  int controls = 0;  ///< followed beyond the horizon
  InfluenceEstimate auc{};
  double last_usable_time = undefined;  ///< of CensoringCurve: where the weights end
};

/// The cumulative/dynamic AUC at `horizon`: the probability that of a case and a control the case
/// has the higher risk (no NaN), ties one half. Cases are weighted by 1 / G(T-), controls alike, so
/// that G(horizon) cancels; who is censored by the horizon counts in G only.
///
/// Influence of patient k, with w the weights of the n patients, F and S the sums of the weights of
/// cases and of the number of controls, h(i) the fraction of controls that a case i beats and g(j)
/// the (weighted) fraction of cases that beat a control j:
///   n w(k) (h(k) - A) / F  +  n (g(k) - A) / S  +  the censoring_influence() of the first term,
/// the first for cases, the second for controls.
/// NaN without a case or a control, or where G(horizon) is 0. Cost: O(n log n).
/// \source Blanche, Dartigues, Jacqmin-Gadda 2013, doi:10.1002/sim.5958; R: riskRegression::Score,
///         timeROC with weighting = "marginal"
TimeDependentAuc auc_at(const SurvivalData& data, std::span<const double> risk, double horizon,
                        double conf_level = 0.95);

}  // namespace radiomics
