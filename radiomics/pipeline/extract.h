#pragma once

#include <vector>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/load.h"
#include "radiomics/pipeline/memory_gate.h"
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

/// How a case is extracted; what comes out does not depend on it.
struct ExtractOptions {
  int threads = 1;  ///< regions are spread over them, and the parts of a region over those left
  OpenedFiles* files = nullptr;  ///< what cases of one scan that follow each other share
  MemoryGate* memory = nullptr;  ///< regions wait there until they fit
};

/// All features of the regions of one case. Bad input ends as a failure, never as an exception;
/// so do settings that Settings::check() refuses, before anything is read, and a region that does
/// not fit into the memory.
Extraction extract(const Case& input, const Settings& settings, const ExtractOptions& options = {});

/// The same with so many threads.
inline Extraction extract(const Case& input, const Settings& settings, int threads) {
  return extract(input, settings, {.threads = threads});
}

}  // namespace radiomics
