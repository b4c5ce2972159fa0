#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// G(t), the probability of not yet being censored: Kaplan-Meier of censoring, deaths leaving
/// before the censorings of their time. A right-continuous step function. Cost: one sort.
/// \source R: prodlim(..., reverse = TRUE)
class CensoringCurve {
 public:
  explicit CensoringCurve(const SurvivalData& data);

  double at(double time) const;      ///< G(t)
  double before(double time) const;  ///< G(t-)

  /// The last time of the data with G above 0; NaN if there is none. Nothing can be weighted beyond
  /// it where the longest follow-up is a censoring.
  double last_usable_time() const;

 private:
  std::vector<double> time_;   ///< all distinct times
  std::vector<double> value_;  ///< from each of them on
};

/// Inverse probability of censoring weights for the state at `horizon`, one per patient:
/// 1 / G(T-) for an event by then (T <= horizon), 1 / G(horizon) for follow-up beyond it, 0 for who
/// was censored by then. All NaN where G(horizon) is 0.
/// \source Graf et al. 1999,
/// doi:10.1002/(SICI)1097-0258(19990915/30)18:17/18<2529::AID-SIM274>3.0.CO;2-5
std::vector<double> censoring_weights(const SurvivalData& data, const CensoringCurve& curve,
                                      double horizon);

/// What the estimation of G adds to the influence of each patient on the mean of `terms`, where
/// terms[i] is weighted by censoring_weights(): for patient k the mean over i of
/// terms[i] M_k(s_i), where s_i is T_i- for an event by the horizon and the horizon for follow-up
/// beyond it, and M_k(s) the censoring martingale of patient k divided by the fraction at risk:
///   M_k(s) = n 1{k censored at T_k <= s} / Y(T_k) - sum over u <= min(s, T_k) of n c(u) / Y(u)^2
/// with c(u) censorings and Y(u) patients at risk at u, those who die then included.
/// Cost: one sort.
/// \source Blanche, Dartigues, Jacqmin-Gadda 2013, doi:10.1002/sim.5958, appendix; with ties as
///         R's riskRegression 2022.11.28
std::vector<double> censoring_influence(const SurvivalData& data, std::span<const double> terms,
                                        double horizon);

}  // namespace radiomics
