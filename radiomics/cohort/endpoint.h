#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "radiomics/cohort/cohort.h"

namespace radiomics {

/// Whether a text has letters, digits and _ - . + only, so that it can be part of a file's name.
bool is_plain_name(std::string_view text);

/// The columns of a time and of what ended it.
struct OutcomeColumns {
  std::string time, event;
};

/// Which columns of a cohort make an endpoint, and what their codes mean.
struct EndpointSpec {
  std::string name;  ///< letters, digits and _ - . + only: it is part of file names
  std::string time;
  std::string event;
  std::string event_value = "1";
  std::string censor_value = "0";
  std::string competing{};   ///< code of the competing event; "": there is none
  std::string death_time{};  ///< columns of a second, competing endpoint; "": there is none
  std::string death_event{};
  std::vector<OutcomeColumns> others{};  ///< of a composite: the first of all their events counts
  bool clip_late = false;  ///< events after death or the end of follow-up: cut, else an error

  bool has_competing() const { return !competing.empty() || !death_time.empty(); }
  /// All that it is made of: its own, then that of death or those of the other events.
  std::vector<OutcomeColumns> columns() const;
};

/// The columns that make endpoints: no features, no covariates.
std::vector<std::string> outcome_columns(const std::vector<EndpointSpec>& endpoints);

/// Reads NAME:time=COL,event=COL[,event-value=V][,censor-value=V][,competing=V].
/// A name with a comma stands in double quotes.
/// \throws Error invalid_argument
EndpointSpec parse_endpoint(const std::string& text);

/// Reads NAME=TIME/EVENT,death=TIME/EVENT: an endpoint composed of two pairs of columns.
/// A name with a comma or slash stands in double quotes.
/// \throws Error invalid_argument
EndpointSpec parse_competing(const std::string& text);

/// Reads NAME=TIME/EVENT,TIME/EVENT,...: the first of several events, progression-free survival for
/// example. A name with a comma or slash stands in double quotes.
/// \throws Error invalid_argument
EndpointSpec parse_composite(const std::string& text);

enum class Status : signed char { missing = -1, censored = 0, event = 1, competing = 2 };

/// The endpoint of every patient of a cohort.
struct Outcome {
  std::vector<double> time;  ///< not negative; NaN where missing
  std::vector<Status> status;
  std::vector<AnalysisWarning> warnings{};  ///< late_event, with clip_late
};

/// Reads an endpoint. Codes are never guessed: a cell that is none of those of `spec` is an error.
/// Codes that are numbers are compared as numbers.
///
/// Of a composed endpoint the earlier event counts, at one time the event of interest. Who has
/// neither is censored at the time of the first pair (the last assessment of the disease). The
/// time of the first pair must not be later than that of the second.
///
/// Of a composite the earliest event of all pairs counts; who has none is censored at the earliest
/// of the times: until then all of them were looked for.
/// \throws Error column_not_found, not_numeric, nonfinite, negative_time, event_code, late_event
Outcome read_outcome(const Cohort& cohort, const EndpointSpec& spec);

}  // namespace radiomics
