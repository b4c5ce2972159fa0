#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "radiomics/qc/captions.h"
#include "radiomics/tables/feature_table.h"

namespace radiomics {

/// A contact sheet that was written.
struct SheetEntry {
  std::string case_name;
  std::string roi;
  std::string file;  ///< its name, beside the index
  RegionSize size;
  std::vector<std::string> warnings;
};

/// The name of the sheet of a region: "case_roi.png". Letters, digits, '-', '_' and '.' of ASCII
/// are kept, runs of anything else become one '-'; a name does not start with a dot and has at most
/// 160 characters, so it is a file in the folder that it is written to and nothing else. Where it
/// is in `used` already, ignoring case, a number follows: "case_roi-2.png".
/// \param used  names given so far, in lower case; the new one is added
std::string sheet_file_name(const std::string& case_name, const std::string& roi,
                            std::set<std::string>& used);

/// A page that lists failures and shows all sheets, in the order given. Plain HTML without scripts
/// or outside files; all text is escaped.
std::string index_html(std::span<const SheetEntry> sheets, std::span<const Failure> failures);

}  // namespace radiomics
