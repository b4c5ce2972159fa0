#include "radiomics/core/error.h"

namespace radiomics {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::unreadable_file:
      return "unreadable_file";
    case ErrorKind::unsupported_data:
      return "unsupported_data";
    case ErrorKind::ambiguous_input:
      return "ambiguous_input";
    case ErrorKind::missing_image:
      return "missing_image";
    case ErrorKind::missing_mask:
      return "missing_mask";
    case ErrorKind::geometry_mismatch:
      return "geometry_mismatch";
    case ErrorKind::reference_mismatch:
      return "reference_mismatch";
    case ErrorKind::unknown_region:
      return "unknown_region";
    case ErrorKind::invalid_region:
      return "invalid_region";
    case ErrorKind::empty_region:
      return "empty_region";
    case ErrorKind::invalid_settings:
      return "invalid_settings";
    case ErrorKind::unwritable_output:
      return "unwritable_output";
    case ErrorKind::folder_in_use:
      return "folder_in_use";
    case ErrorKind::memory_limit:
      return "memory_limit";
    case ErrorKind::missing_result:
      return "missing_result";
    case ErrorKind::no_display:
      return "no_display";
    case ErrorKind::column_not_found:
      return "column_not_found";
    case ErrorKind::duplicate_column:
      return "duplicate_column";
    case ErrorKind::duplicate_id:
      return "duplicate_id";
    case ErrorKind::empty_file:
      return "empty_file";
    case ErrorKind::event_code:
      return "event_code";
    case ErrorKind::invalid_argument:
      return "invalid_argument";
    case ErrorKind::negative_time:
      return "negative_time";
    case ErrorKind::no_common_ids:
      return "no_common_ids";
    case ErrorKind::no_rows:
      return "no_rows";
    case ErrorKind::nonfinite:
      return "nonfinite";
    case ErrorKind::not_numeric:
      return "not_numeric";
    case ErrorKind::ragged_row:
      return "ragged_row";
    case ErrorKind::separator:
      return "separator";
    case ErrorKind::late_event:
      return "late_event";
    case ErrorKind::no_events:
      return "no_events";
    case ErrorKind::too_many_parameters:
      return "too_many_parameters";
    case ErrorKind::zero_time:
      return "zero_time";
    case ErrorKind::batch_confounded:
      return "batch_confounded";
    case ErrorKind::undefined_weight:
      return "undefined_weight";
    case ErrorKind::no_convergence:
      return "no_convergence";
  }
  return "unknown";
}

}  // namespace radiomics
