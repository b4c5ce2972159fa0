#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/settings/settings.h"
#include "radiomics/tables/feature_table.h"

namespace radiomics {

struct RunOptions {
  int jobs = 1;                     ///< cases at a time
  std::uintmax_t memory_bytes = 0;  ///< that all of them may take together; 0: no limit
};

/// Takes what was found out about the case at a position of the list. Called from several threads,
/// once per case, in the order in which cases are finished.
using CaseExtracted = std::function<void(std::size_t position, Extraction extraction)>;

/// Extracts the cases at some positions of a list. Whatever happens to a case, the others go on,
/// and every case gets rows or failures. Cases of one scan run one after the other and read it
/// once; jobs that are left over work inside of the cases. Results do not depend on the options,
/// but for regions that need more memory than there is.
/// \throws what `extracted` throws; cases that have not been begun by then are left out
void run_cases(const CaseList& list, std::span<const std::size_t> positions,
               const Settings& settings, const RunOptions& options, const CaseExtracted& extracted);

/// A whole cohort in memory: what was measured and what was refused, both in the order of the list.
struct CohortFeatures {
  FeatureTable table;
  std::vector<Failure> failures;
};

/// run_cases() of the whole list.
CohortFeatures measure_cohort(const CaseList& list, const Settings& settings,
                              const RunOptions& options = {});

}  // namespace radiomics
