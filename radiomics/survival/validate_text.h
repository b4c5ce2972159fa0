#pragma once

#include <string>

#include "radiomics/survival/validate_analysis.h"

// What the numbers of a validation mean, in sentences. What is chance and what is not is decided by
// the intervals of the run; undefined numbers give an empty sentence.

namespace radiomics {

/// "tnm: of two patients of whom one has the event first, it gives that one the higher risk in
/// 59 % (C 0.590, 0.510 to 0.670; 50 % is chance)."
std::string concordance_text(const ValidatedPrediction& prediction);

/// How often the event happened by the horizon and how often it was predicted.
std::string observed_text(const ValidatedPrediction& prediction,
                          const CalibrationResult& calibration);

/// What the calibration slope says of the spread of the predictions; of apparent ones that it says
/// nothing.
std::string slope_text(const ValidatedPrediction& prediction, const CalibrationSlope& slope);

/// At which thresholds the prediction does better than both treating all and treating none.
std::string decision_text(const ValidatedPrediction& prediction, const DecisionResult& decision);

}  // namespace radiomics
