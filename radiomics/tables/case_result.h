#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/tables/feature_table.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {

/// What a batch found out about one case: the file of that case in its folder.
struct CaseResult {
  std::string fingerprint;  ///< of what was asked and of the files that it was measured on
  std::vector<FeatureTable::Row> rows;
  std::vector<Failure> failures;
};

/// The beginning of such a file: enough to decide whether the case is done.
struct CaseState {
  std::string fingerprint;                 ///< "" if the file is no result of a case
  std::vector<std::string> failure_kinds;  ///< each once, in the order of the failures
};

/// JSON: {"fingerprint", "failure_kinds", "provenance", "rows", "failures"}, the rows as
/// write_json() writes them, with the columns of `header` (its own rows are not looked at). Every
/// number reads back to the last bit; undefined is null, infinite the text "inf" or "-inf".
void write_case_result(const CaseResult& result, const FeatureTable& header,
                       const Provenance& provenance, std::ostream& out);

/// Reads what write_case_result() wrote, in the order in which it writes; nothing else.
/// \throws Error unreadable_file if the file is absent, not whole, not of this program, or not with
///         these columns in this order
CaseResult read_case_result(const std::filesystem::path& file, const FeatureTable& header);

/// The same from the bytes of a file, which messages call `name`.
CaseResult parse_case_result(std::string_view text, const std::string& name,
                             const FeatureTable& header);

/// Reads the first 4 KB and the last bytes of a file, whatever its size: the fingerprint has to be
/// shorter than that. A file that is cut short, or no result, has no state; damage in the middle of
/// it is found by read_case_result() only. Throws nothing.
CaseState read_case_state(const std::filesystem::path& file);

/// read_case_state() without the failures.
std::string read_fingerprint(const std::filesystem::path& file);

}  // namespace radiomics
