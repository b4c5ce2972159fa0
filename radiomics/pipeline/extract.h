#pragma once

#include <vector>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/settings/settings.h"
#include "radiomics/tables/feature_table.h"

namespace radiomics {

/// Rows of the regions that could be measured, and the others with the reason, both in the order of
/// the regions.
struct Extraction {
  std::vector<FeatureTable::Row> rows;
  std::vector<Failure> failures;  ///< one without roi if the case could not be opened at all
};

/// The columns that these settings give, whatever the case.
std::vector<FeatureTable::Column> columns_of(const Settings& settings);

/// All features of the regions of one case. Bad input ends as a failure, never as an exception;
/// so do settings that Settings::check() refuses, before anything is read. The regions are spread
/// over `threads` threads, and the parts of a region over those that are left; the result does not
/// depend on their number.
Extraction extract(const Case& input, const Settings& settings, int threads = 1);

}  // namespace radiomics
