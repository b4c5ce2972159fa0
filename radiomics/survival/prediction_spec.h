#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// Columns that hold what somebody predicted of each patient.
struct PredictionSpec {
  std::string name{};                ///< letters, digits and _ - . + only: it is part of file names
  std::string linear_predictor{};    ///< higher: the event comes earlier
  std::vector<std::string> risks{};  ///< probability of the event by each horizon; empty: none
  std::string expected{};  ///< cumulative hazard at the patient's own time of follow-up; "": none
};

/// Reads NAME:lp=COL[,risk=COL/COL...][,expected=COL].
/// A name with a comma or slash stands in double quotes.
/// \throws Error invalid_argument
PredictionSpec parse_prediction(const std::string& text);

}  // namespace radiomics
