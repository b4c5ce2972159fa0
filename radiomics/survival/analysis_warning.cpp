#include "radiomics/survival/analysis_warning.h"

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
  }
  return "unknown";
}

bool concerns_input(WarningCode code) { return code != WarningCode::beyond_follow_up; }

std::string counted(std::size_t count, std::string_view noun) {
  return to_text(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace radiomics
