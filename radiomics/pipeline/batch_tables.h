#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "radiomics/pipeline/batch_folder.h"
#include "radiomics/tables/case_result.h"
#include "radiomics/tables/feature_table.h"
#include "radiomics/tables/run_record.h"

namespace radiomics {

/// What the tables of a batch folder hold.
struct BatchCounts {
  std::size_t cases = 0;
  std::size_t regions = 0;   ///< measured
  std::size_t failures = 0;  ///< what is in no case included
  FeatureTable first{};      ///< the first rows, for a look at them
};

/// The results that the tables are made from, in their order.
struct BatchResults {
  const RunRecord& record;
  FeatureTable header;                 ///< the columns
  std::span<const Failure> unmatched;  ///< failures of what makes no case: they come first
  std::size_t count = 0;               ///< of the cases
  std::function<CaseResult(std::size_t)> result;  ///< may be called by several threads
};

/// Writes features.csv, failures.csv and features.db, one case after the other: never more than one
/// is in memory. Each is there in whole or not at all. Where nothing was measured there is no
/// features.csv.
/// \param jobs  the database is written beside the others if there are two
/// \throws Error unwritable_output; what reading a result throws
BatchCounts write_batch_tables(const BatchPaths& paths, const BatchResults& results, int jobs);

}  // namespace radiomics
