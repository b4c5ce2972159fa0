#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/qc/index_html.h"
#include "radiomics/tables/feature_table.h"

namespace radiomics {

/// What became of all regions, in the order of the cases and of the regions in their masks.
struct ContactSheets {
  std::vector<SheetEntry> written;
  std::vector<Failure> failures;  ///< those of the case list first
};

/// Called after each case, in the order of the list, with what has just been added.
using CaseDrawn = std::function<void(const std::string& case_name, std::span<const SheetEntry>,
                                     std::span<const Failure>)>;

struct ContactSheetOptions {
  double margin_mm = 25;  ///< of image around the region, on either side of its longest edge
  int jobs = 1;           ///< cases at a time; the sheets do not depend on it
  CaseDrawn drawn = {};
};

/// Writes one PNG per region and an index.html into a folder, which is made if need be. A case or
/// region that fails is among the failures and the rest is written. Of an image no more is read
/// than a cube around each region.
///
/// Memory: the sheets of `jobs` cases, each less than 4 MB, and the images of those cases.
/// \throws Error unwritable_output if a file cannot be written: nothing after it would be either
ContactSheets write_contact_sheets(const CaseList& list, const std::filesystem::path& output,
                                   const ContactSheetOptions& options = {});

}  // namespace radiomics
