#include "radiomics/survival/validate_text.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {

std::string concordance_text(const ValidatedPrediction& prediction) {
  const auto& c = prediction.concordance.estimate;
  if (std::isnan(c.estimate)) return "";
  std::string text = prediction.name +
                     ": of two patients of whom one has the event first, it gives "
                     "that one the higher risk in " +
                     percent(c.estimate, 0) + " (C " + probability_with_limits(c, 3) +
                     "; 50 % is chance)";
  if (c.conf_low <= 0.5 && c.conf_high >= 0.5)
    text += ", which is compatible with chance";
  else if (c.conf_high < 0.5)
    text += ": worse than chance, is a higher value meant as the lower risk?";
  return text.back() == '?' ? text : text + ".";
}

std::string observed_text(const ValidatedPrediction& prediction,
                          const CalibrationResult& calibration) {
  const auto& totals = calibration.totals;
  if (std::isnan(totals.ratio)) return "";
  std::string text = prediction.name + ": by " + rounded_text(calibration.time, 6) + ", " +
                     percent(totals.observed, 1) + " had the event (" +
                     percent(calibration.observed_limits.low, 1) + " to " +
                     percent(calibration.observed_limits.high, 1) + "); " +
                     percent(totals.expected, 1) + " were predicted (observed / expected " +
                     fixed_text(totals.ratio, 2) + "). ";
  if (totals.expected < calibration.observed_limits.low)
    return text + "The predictions are too low.";
  if (totals.expected > calibration.observed_limits.high)
    return text + "The predictions are too high.";
  return text + "On average that agrees within chance.";
}

std::string slope_text(const ValidatedPrediction& prediction, const CalibrationSlope& slope) {
  const auto& estimate = slope.slope;
  if (std::isnan(estimate.estimate)) return "";
  const std::string text = prediction.name + ": calibration slope " + with_limits(estimate, 2);
  if (prediction.apparent)
    return text +
           ", apparent: on the patients that a model was made from the slope says nothing about "
           "other patients.";
  if (estimate.conf_high < 1)
    return text +
           ": below 1, the predictions are too extreme, high risks are overestimated and low ones "
           "underestimated, as after overfitting" +
           (estimate.conf_low <= 0 ? "; even 0 is not excluded, at which they separate nobody."
                                   : ".");
  if (estimate.conf_low > 1)
    return text + ": above 1, the predictions are too moderate, risks differ more than predicted.";
  return text + ": the interval holds 1, at which the spread of the predictions is right" +
         (estimate.conf_low <= 0 ? ", but also 0, at which they separate nobody." : ".");
}

std::string decision_text(const ValidatedPrediction& prediction, const DecisionResult& decision) {
  std::vector<std::string> useful;
  for (std::size_t i = 0; i < decision.model.size(); ++i)
    if (decision.model[i].net_benefit > std::max(0.0, decision.treat_all[i].net_benefit))
      useful.push_back(rounded_text(decision.model[i].threshold, 4));
  const std::string text = prediction.name + ": at " + rounded_text(decision.time, 6) + ", ";
  if (useful.empty())
    return text + "at no threshold better than both treating everyone and treating no one.";
  return text + "better than both treating everyone and treating no one at the threshold" +
         (useful.size() == 1 ? " " : "s ") + join(useful, ", ") +
         "; without an interval, so small gains may be chance.";
}

}  // namespace radiomics
