#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

// Does what was predicted happen as often as predicted? On the patients a model was fitted to, the
// slope is 1 by construction: these are for other patients, or for resampled predictions.

struct CalibrationSlope {
  Estimate slope;              ///< 1 is calibrated, below 1 overfitted
  double p_value = undefined;  ///< Wald, of slope 0
};

/// The coefficient of `linear_predictor` in a Cox model of its own, with a baseline hazard per
/// stratum where there are `strata`, numbered from 0. NaN where it is not estimable.
/// \source van Houwelingen 2000, doi:10.1002/1097-0258(20001230)19:24<3401::AID-SIM554>3.0.CO;2-2
CalibrationSlope calibration_slope(const SurvivalData& data,
                                   std::span<const double> linear_predictor,
                                   Ties ties = Ties::efron, double conf_level = 0.95,
                                   std::span<const int> strata = {});

struct ObservedExpected {
  double observed = undefined;  ///< 1 - Kaplan-Meier at the horizon
  double expected = undefined;  ///< mean risk
  double ratio = undefined;
};

/// Calibration in the large at `horizon`; `risk` is the predicted probability of the event by then.
/// NaN beyond follow-up.
ObservedExpected observed_expected(const SurvivalData& data, std::span<const double> risk,
                                   double horizon);

struct CalibrationGroup {
  int n = 0;
  double mean_predicted = undefined;
  double observed = undefined;  ///< 1 - Kaplan-Meier of the group; NaN beyond its follow-up
  double conf_low = undefined;  ///< log-log limits
  double conf_high = undefined;
};

/// Observed against predicted in groups of ascending risk, cut at its quantiles (type 7): a group
/// is (low, high], the first takes its lower end too. Quantiles that coincide make one cut: groups
/// are fewer then.
std::vector<CalibrationGroup> calibration_groups(const SurvivalData& data,
                                                 std::span<const double> risk, double horizon,
                                                 int group_count, double conf_level = 0.95);

struct PoissonCalibration {
  int zero_expected = 0;  ///< patients with expected 0, left out of the regressions
  double observed = undefined;
  double expected = undefined;
  Estimate log_ratio;  ///< intercept with the expected number as offset: 0 is calibrated
  Estimate slope;      ///< of the linear predictor, beside the baseline that the model expects
};

/// Events against what the model expects of each patient over the time it was observed:
/// `expected` is the predicted cumulative hazard at the time of follow-up. Uses all follow-up, not
/// one horizon.
/// \source Crowson, Atkinson, Therneau 2016, doi:10.1177/0962280213497434
PoissonCalibration poisson_calibration(const SurvivalData& data,
                                       std::span<const double> linear_predictor,
                                       std::span<const double> expected, double conf_level = 0.95);

}  // namespace radiomics
