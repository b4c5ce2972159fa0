#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/probability_interval.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

struct KaplanMeierOptions {
  double conf_level = 0.95;
  ConfidenceType conf_type = ConfidenceType::log_log;
};

/// The product-limit estimate of S(t), one entry per distinct time; right-continuous steps.
/// Patients censored at a time of death count as at risk there: deaths come before censorings.
///
/// Undefined is NaN: all errors and limits where S is 0, and log-log limits where S is 1. Limits
/// lie in [0, 1]. \source Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452; variance
/// Greenwood 1926;
///         intervals Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data,
///         section 1.4; cumulative hazard Aalen 1978, doi:10.1214/aos/1176344247
struct KaplanMeierCurve {
  RiskTable table;
  std::vector<double> estimate;   ///< S
  std::vector<double> std_error;  ///< Greenwood's, of S (not of log S)
  std::vector<double> conf_low;
  std::vector<double> conf_high;
  std::vector<double> cumulative_hazard;  ///< Nelson-Aalen
  std::vector<double> cumulative_hazard_std_error;
  double time_tolerance = 0;  ///< within which a time that is asked for is one of the curve
};

/// Data with rounding errors in its times goes through with_ties_merged() first.
KaplanMeierCurve kaplan_meier(RiskTable table, const KaplanMeierOptions& options = {});
KaplanMeierCurve kaplan_meier(const SurvivalData& data, const KaplanMeierOptions& options = {});

/// Who leaves first in the reverse curve where deaths and censorings share a time.
enum class ReverseTies {
  deaths_stay,   ///< the event codes swapped: tied deaths are at risk of being censored
  deaths_first,  ///< deaths leave before tied censorings
};

/// The curve of potential follow-up: censoring is the event and death censors it. Its median is the
/// median follow-up.
/// \source Schemper and Smith 1996, doi:10.1016/0197-2456(96)00075-X
KaplanMeierCurve reverse_kaplan_meier(const SurvivalData& data, ReverseTies ties,
                                      const KaplanMeierOptions& options = {});

struct QuantileEstimate {
  double p = 0;  ///< the fraction that has had the event
  double estimate = 0;
  double conf_low = 0;
  double conf_high = 0;
};

/// The first time at which S is 1 - p or less; where S equals 1 - p (within 1e-8) on a flat piece,
/// the middle of that piece. The limits are where the band reaches 1 - p, by the same rule. NaN
/// where it is not reached.
/// \source Brookmeyer and Crowley 1982, doi:10.2307/2530286
QuantileEstimate quantile(const KaplanMeierCurve& curve, double p);

struct HorizonEstimate {
  double time = 0;
  int n_risk = 0;  ///< followed to this time or longer
  double estimate = 0;
  double std_error = 0;
  double conf_low = 0;
  double conf_high = 0;
  bool beyond_follow_up = false;
};

/// S at a time. A death at exactly that time counts as a death by it. Before the first time of the
/// curve S is 1 with the limits 1 and 1. Nothing is extrapolated: beyond the last time S is 0 if
/// all had died by then, else NaN with beyond_follow_up.
HorizonEstimate at_horizon(const KaplanMeierCurve& curve, double time);

struct RestrictedMean {
  double tau = 0;
  double estimate = 0;
  double std_error = 0;
};

/// The mean of the time to the event or to tau, whichever comes first: the area below S. NaN if the
/// curve ends before tau above 0.
/// \source Royston and Parmar 2013, doi:10.1186/1471-2288-13-152
RestrictedMean restricted_mean(const KaplanMeierCurve& curve, double tau);

}  // namespace radiomics
