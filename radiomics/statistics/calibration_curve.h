#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// Predicted against observed risk as a smooth curve, and how far it lies from the diagonal.
struct CalibrationCurve {
  double horizon = undefined;
  std::vector<double> knots{};     ///< on the scale log(-log(1 - risk))
  std::vector<double> observed{};  ///< the curve at the predicted risk of each patient
  // The absolute differences of predicted and observed risk over the patients.
  double ici = undefined;  ///< mean: integrated calibration index
  double e50 = undefined;  ///< median
  double e90 = undefined;  ///< 90th percentile (type 7)
  double e_max = undefined;
};

/// The probability of the event by `horizon` given the predicted `risk`, from a Cox model of these
/// patients in a restricted cubic spline of log(-log(1 - risk)). `knot_count`: 3 to 5. Risks of 0
/// and 1 are taken as 1e-12 away from them, where their scale is finite.
/// Where the risks have too few values for the spline the curve is linear on that scale, `knots`
/// empty. Undefined, `observed` empty, where risks do not vary, the model has no fit, or no patient
/// is followed to the horizon.
/// \source Austin, Harrell, van Klaveren 2020, doi:10.1002/sim.8570
CalibrationCurve calibration_curve(const SurvivalData& data, std::span<const double> risk,
                                   double horizon, int knot_count = 4, Ties ties = Ties::efron);

}  // namespace radiomics
