#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace radiomics {

/// Why something could not be done: the KIND of messages and of the failure table.
enum class ErrorKind {
  // images, masks, settings, output
  unreadable_file,     ///< absent, cut short, damaged, or no file of a known format
  unsupported_data,    ///< readable, but not what this program can measure
  ambiguous_input,     ///< several candidates; the user has to choose
  missing_image,       ///< a mask whose series is not there
  missing_mask,        ///< an image without a mask
  geometry_mismatch,   ///< image and mask are not on one grid, or contours not on its slices
  reference_mismatch,  ///< image and mask refer to different series or frames of reference
  unknown_region,      ///< no such ROI
  invalid_region,      ///< a ROI that cannot be turned into voxels
  empty_region,        ///< a ROI without a voxel
  invalid_settings,
  unwritable_output,
  folder_in_use,   ///< another run writes there
  memory_limit,    ///< needs more memory than the run may take
  missing_result,  ///< a case that nobody has measured
  no_display,      ///< the viewer finds no X server to draw on
  // tables of the statistics: words fixed by the interface of `radiomics survival`
  column_not_found,
  duplicate_column,
  duplicate_id,
  empty_file,
  event_code,
  invalid_argument,
  negative_time,
  no_common_ids,
  no_rows,
  nonfinite,
  not_numeric,
  ragged_row,
  separator,
  late_event,           ///< a recurrence after death or the end of follow-up
  no_events,            ///< nothing to model
  too_many_parameters,  ///< as many as events, or more
  zero_time,            ///< a follow-up of 0, where the method has no use for it
  batch_confounded,     ///< batches cannot be told from what is to be preserved
  undefined_weight,     ///< everybody was censored before: no weight by the inverse probability
  no_convergence,
};

/// The word that users see, for example "unreadable_file".
std::string_view to_string(ErrorKind kind);

/// The only exception type thrown by the library. The message is one line and says what to do.
/// Who knows the file names it: a reader does, a function on volumes leaves it to its caller.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

/// Throws Error{kind, message} unless `condition` holds. Not for inner loops: the message is built
/// in any case.
inline void require(bool condition, ErrorKind kind, const std::string& message) {
  if (!condition) throw Error(kind, message);
}

}  // namespace radiomics
