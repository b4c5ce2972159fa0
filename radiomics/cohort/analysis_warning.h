#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace radiomics {

/// What a warning of the statistics is about: the `code` in result.json and the first word on the
/// screen. The words are fixed by the interface of `radiomics survival`.
enum class WarningCode {
  zero_time,
  unmatched_ids,
  level_without_events,
  singleton_level,
  missing_values,
  id_trimmed,
  no_events,
  beyond_follow_up,
  column_in_both,
  constant,
  duplicate_feature,
  aliased,
  infinite_coefficient,
  too_many_parameters,
  low_events_per_parameter,
  excluded_censored,
  no_convergence,
  not_numeric,
  late_event,     ///< cut to the end of follow-up
  unknown_stage,  ///< a stage that no edition of TNM has: missing
  aggregated,     ///< several regions of a patient made one
  resample_lost_level,
  few_at_risk,
  small_batch,       ///< too few patients to learn what is peculiar to it
  undefined_weight,  ///< nobody is uncensored at a horizon: nothing can be weighted there
  extrapolation,     ///< a patient outside the range that a model was trained in
};

/// The word that users see, for example "zero_time".
std::string_view to_string(WarningCode code);

/// Whether it speaks of the tables that were read rather than of what can be computed from them:
/// `--strict` makes an error of it.
bool concerns_input(WarningCode code);

struct AnalysisWarning {
  WarningCode code{};
  std::string message{};   ///< one line: FILE:LINE:COLUMN: text, without what does not apply
  std::string endpoint{};  ///< "" if it holds for all of them
  std::string column{};    ///< "" if it is about no single column
  std::vector<std::string> ids{};  ///< the patients it is about
};

/// What is said of one endpoint: "OS: text".
AnalysisWarning endpoint_warning(WarningCode code, const std::string& endpoint,
                                 const std::string& text, const std::string& column = "");

/// "1 patient", "3 patients".
std::string counted(std::size_t count, std::string_view noun);

}  // namespace radiomics
