#include "radiomics/cohort/analysis_warning.h"

#include "radiomics/core/text.h"

namespace radiomics {

std::string_view to_string(WarningCode code) {
  switch (code) {
    case WarningCode::zero_time:
      return "zero_time";
    case WarningCode::unmatched_ids:
      return "unmatched_ids";
    case WarningCode::level_without_events:
      return "level_without_events";
    case WarningCode::singleton_level:
      return "singleton_level";
    case WarningCode::missing_values:
      return "missing_values";
    case WarningCode::id_trimmed:
      return "id_trimmed";
    case WarningCode::no_events:
      return "no_events";
    case WarningCode::beyond_follow_up:
      return "beyond_follow_up";
    case WarningCode::column_in_both:
      return "column_in_both";
    case WarningCode::constant:
      return "constant";
    case WarningCode::duplicate_feature:
      return "duplicate_feature";
    case WarningCode::aliased:
      return "aliased";
    case WarningCode::infinite_coefficient:
      return "infinite_coefficient";
    case WarningCode::too_many_parameters:
      return "too_many_parameters";
    case WarningCode::low_events_per_parameter:
      return "low_events_per_parameter";
    case WarningCode::excluded_censored:
      return "excluded_censored";
    case WarningCode::no_convergence:
      return "no_convergence";
    case WarningCode::not_numeric:
      return "not_numeric";
    case WarningCode::late_event:
      return "late_event";
    case WarningCode::unknown_stage:
      return "unknown_stage";
    case WarningCode::aggregated:
      return "aggregated";
    case WarningCode::resample_lost_level:
      return "resample_lost_level";
    case WarningCode::few_at_risk:
      return "few_at_risk";
    case WarningCode::small_batch:
      return "small_batch";
    case WarningCode::undefined_weight:
      return "undefined_weight";
    case WarningCode::extrapolation:
      return "extrapolation";
  }
  return "unknown";
}

bool concerns_input(WarningCode code) {
  switch (code) {
    case WarningCode::beyond_follow_up:
    case WarningCode::infinite_coefficient:
    case WarningCode::too_many_parameters:
    case WarningCode::low_events_per_parameter:
    case WarningCode::excluded_censored:
    case WarningCode::no_convergence:
    case WarningCode::resample_lost_level:
    case WarningCode::few_at_risk:
    case WarningCode::small_batch:
    case WarningCode::undefined_weight:
    case WarningCode::extrapolation:
      return false;
    default:
      return true;
  }
}

AnalysisWarning endpoint_warning(WarningCode code, const std::string& endpoint,
                                 const std::string& text, const std::string& column) {
  return {.code = code, .message = endpoint + ": " + text, .endpoint = endpoint, .column = column};
}

std::string counted(std::size_t count, std::string_view noun) {
  return to_text(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace radiomics
