#pragma once

#include <array>
#include <vector>

#include "radiomics/statistics/competing_risks_data.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/statistics/probability_interval.h"

namespace radiomics {

struct CumulativeIncidenceOptions {
  double conf_level = 0.95;
  ConfidenceType conf_type = ConfidenceType::log;  ///< log-log: on the scale log(-log F)
};

/// The probability of having reached a state, one entry per distinct time; right-continuous steps.
///
/// Two standard errors estimate the same thing. `std_error` is the infinitesimal jackknife, the
/// root of the summed squared influences of the patients (survfit of R's survival); intervals are
/// built on it. `std_error_delta` is the delta method with the tie correction of Gray (cuminc of
/// R's cmprsk). The delta error of being event-free is Greenwood's; NaN where nobody is left.
struct StateCurve {
  std::vector<double> estimate;
  std::vector<double> std_error;
  std::vector<double> std_error_delta;
  std::vector<double> conf_low;  ///< in [0, 1]; NaN where the estimate is 0
  std::vector<double> conf_high;
};

/// The Aalen-Johansen estimate of what has happened by each time. The three states sum to 1. Deaths
/// come before censorings of the same time; ties of any kind are exact, nothing is jittered.
struct CumulativeIncidence {
  std::vector<double> time;  ///< distinct, ascending; times with censorings only are included
  std::vector<int> n_risk;   ///< followed to this time or longer, without an event before it
  std::vector<int> n_censor;
  std::array<std::vector<int>, 2> n_event;  ///< of cause 1, of cause 2
  StateCurve event_free;                    ///< the Kaplan-Meier estimate of any event
  std::array<StateCurve, 2> incidence;      ///< of cause 1, of cause 2
  double time_tolerance = 0;  ///< within which a time that is asked for is one of the curve
};

/// Data with rounding errors in its times goes through with_ties_merged() first.
/// Cost: one sort, then linear.
/// \source Aalen and Johansen 1978; delta method: Gray 1988, doi:10.1214/aos/1176350951, and
///         Marubini and Valsecchi 1995, section 10.2; infinitesimal jackknife: the vignette
///         "Methods" of R's survival package; intervals: Choudhury 2002, doi:10.1002/sim.1200
CumulativeIncidence cumulative_incidence(const CompetingRisksData& data,
                                         const CumulativeIncidenceOptions& options = {});

/// What has happened by a time. Arrays: cause 1, cause 2.
struct IncidenceAtHorizon {
  double time = 0;
  int n_risk = 0;  ///< followed to this time or longer
  Estimate event_free{};
  std::array<Estimate, 2> incidence{};
  std::array<double, 2> std_error_delta{undefined, undefined};
  bool beyond_follow_up = false;  ///< estimates are NaN then
};

/// An event at exactly that time has happened by it. Before the first time of the curves nothing
/// has: incidence 0, limits 0. Nothing is extrapolated: beyond the last time everything is NaN
/// unless all patients had an event by then.
IncidenceAtHorizon at_horizon(const CumulativeIncidence& curves, double time);

/// 1 - Kaplan-Meier with the other cause censored, at a time; for comparison only. It estimates no
/// incidence: it exceeds cumulative_incidence() as soon as there is a competing event. NaN beyond
/// follow-up.
double naive_incidence(const CompetingRisksData& data, int cause, double time);

}  // namespace radiomics
