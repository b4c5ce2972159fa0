#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/cox_baseline.h"

namespace radiomics {

/// Patients to predict for; empty: stratum 0, offset 0.
struct CoxNewData {
  const Matrix& covariates;
  std::span<const int> strata{};
  std::span<const double> offset{};
};

/// Probabilities of being free of the event, patients x times. NaN beyond the last time of the
/// stratum, where nothing is extrapolated, and where the risk of the patient or the baseline is
/// NaN. Times that differ from those of the curve by rounding (tie_tolerance()) are these.
struct SurvivalPrediction {
  Matrix survival;
  Matrix std_error;  ///< of survival; holds the error of hazard and of coefficients
  Matrix conf_low;   ///< on the scale of log survival, not above 1
  Matrix conf_high;
};

/// \source Tsiatis 1981, doi:10.1214/aos/1176345333; Link 1984, doi:10.2307/2530919
SurvivalPrediction predict_survival(const CoxFit& fit, std::span<const BaselineHazard> baseline,
                                    const CoxNewData& patients, std::span<const double> times,
                                    double conf_level = 0.95);

/// exp(linear predictor less that at the means): the risk relative to an average patient.
std::vector<double> risk_scores(const CoxFit& fit, const CoxNewData& patients);

/// The cumulative hazard of each patient at a time of his own, which is the number of events
/// expected of him by then. Past the last time of the stratum that of the last time.
std::vector<double> cumulative_hazards(const CoxFit& fit, std::span<const BaselineHazard> baseline,
                                       const CoxNewData& patients, std::span<const double> times);

}  // namespace radiomics
