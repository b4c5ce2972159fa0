#include "radiomics/core/error.h"

#include <cstddef>
#include <iterator>

namespace radiomics {
namespace {

struct KindName {
  ErrorKind kind;
  std::string_view name;
};

// In the order of the enumerators.
constexpr KindName names[] = {
    {ErrorKind::unreadable_file, "unreadable_file"},
    {ErrorKind::unsupported_data, "unsupported_data"},
    {ErrorKind::ambiguous_input, "ambiguous_input"},
    {ErrorKind::missing_image, "missing_image"},
    {ErrorKind::missing_mask, "missing_mask"},
    {ErrorKind::geometry_mismatch, "geometry_mismatch"},
    {ErrorKind::reference_mismatch, "reference_mismatch"},
    {ErrorKind::unknown_region, "unknown_region"},
    {ErrorKind::invalid_region, "invalid_region"},
    {ErrorKind::empty_region, "empty_region"},
    {ErrorKind::invalid_settings, "invalid_settings"},
    {ErrorKind::unwritable_output, "unwritable_output"},
    {ErrorKind::folder_in_use, "folder_in_use"},
    {ErrorKind::memory_limit, "memory_limit"},
    {ErrorKind::missing_result, "missing_result"},
    {ErrorKind::no_display, "no_display"},
    {ErrorKind::column_not_found, "column_not_found"},
    {ErrorKind::duplicate_column, "duplicate_column"},
    {ErrorKind::duplicate_id, "duplicate_id"},
    {ErrorKind::empty_file, "empty_file"},
    {ErrorKind::event_code, "event_code"},
    {ErrorKind::invalid_argument, "invalid_argument"},
    {ErrorKind::negative_time, "negative_time"},
    {ErrorKind::no_common_ids, "no_common_ids"},
    {ErrorKind::no_rows, "no_rows"},
    {ErrorKind::nonfinite, "nonfinite"},
    {ErrorKind::not_numeric, "not_numeric"},
    {ErrorKind::ragged_row, "ragged_row"},
    {ErrorKind::separator, "separator"},
    {ErrorKind::late_event, "late_event"},
    {ErrorKind::no_events, "no_events"},
    {ErrorKind::too_many_parameters, "too_many_parameters"},
    {ErrorKind::zero_time, "zero_time"},
    {ErrorKind::batch_confounded, "batch_confounded"},
    {ErrorKind::undefined_weight, "undefined_weight"},
    {ErrorKind::no_convergence, "no_convergence"},
};

constexpr bool has_all_kinds() {
  for (std::size_t k = 0; k < std::size(names); ++k)
    if (names[k].kind != ErrorKind(k)) return false;
  return std::size(names) == std::size_t(ErrorKind::no_convergence) + 1;
}
static_assert(has_all_kinds());

}  // namespace

std::string_view to_string(ErrorKind kind) { return names[std::size_t(kind)].name; }

}  // namespace radiomics
