#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/qc/index_html.h"

namespace radiomics {

struct ContactSheetOptions {
  double margin_mm = 25;  ///< of image around the region, on either side of its longest edge
  int threads = 1;        ///< regions of one case at a time
  /// Called with the name of every case before it is read; may be empty.
  std::function<void(const std::string&)> on_case = {};
};

/// What became of all regions, in the order of the cases and of the regions in their masks.
struct ContactSheets {
  std::vector<SheetEntry> written;
  std::vector<SheetFailure> failures;
};

/// Writes one PNG per region and an index.html into a folder, which is made if need be. A case or
/// region that fails is among the failures and the rest is written. Of an image no more is read
/// than a cube around each region.
///
/// \throws Error unwritable_output if a file cannot be written: nothing after it would be either
ContactSheets write_contact_sheets(std::span<const Case> cases, const std::filesystem::path& output,
                                   const ContactSheetOptions& options = {});

}  // namespace radiomics
