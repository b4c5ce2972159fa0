#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace radiomics {

struct Case;

/// What the cases of a folder of DICOM objects are called after. All but the hash are the user's
/// explicit choice: they may name a person.
enum class CaseNaming {
  hash,        ///< series_name()
  patient_id,  ///< PatientID
  folder,      ///< the first folder below the one that was named, on the way to the images
};

/// A text as a name that is safe in paths, tables and spreadsheets: letters, digits, `.`, `-`, `_`
/// and characters beyond ASCII are kept, bytes that are no UTF-8 become U+FFFD, all else `_`. It
/// does not start with `.` or `-`. "" stays "".
std::string safe_name(std::string_view text);

/// Several cases of one name (mask objects of one series, series of one patient): the second and
/// later ones get a number, "name-2", that makes no other case's name.
void number_repeated_names(std::vector<Case>& cases);

}  // namespace radiomics
