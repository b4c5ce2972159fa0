#pragma once

#include <string>
#include <vector>

#include "radiomics/survival/cohort.h"

namespace radiomics {

/// Which columns of a cohort make an endpoint, and what their codes mean.
struct EndpointSpec {
  std::string name;  ///< letters, digits and _ - . + only: it is part of file names
  std::string time;
  std::string event;
  std::string event_value = "1";
  std::string censor_value = "0";
  std::string competing;  ///< code of the competing event; "": there is none
};

/// Reads NAME:time=COL,event=COL[,event-value=V][,censor-value=V][,competing=V].
/// \throws Error invalid_argument
EndpointSpec parse_endpoint(const std::string& text);

enum class Status : signed char { missing = -1, censored = 0, event = 1, competing = 2 };

/// The endpoint of every patient of a cohort.
struct Outcome {
  std::vector<double> time;  ///< not negative; NaN where missing
  std::vector<Status> status;
};

/// Reads an endpoint. Codes are never guessed: a cell that is none of those of `spec` is an error.
/// Codes that are numbers are compared as numbers.
/// \throws Error column_not_found, not_numeric, nonfinite, negative_time, event_code
Outcome read_outcome(const Cohort& cohort, const EndpointSpec& spec);

}  // namespace radiomics
