#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "radiomics/pipeline/batch_tables.h"

namespace radiomics {

struct MergeResult {
  BatchCounts counts;
  std::vector<Failure> missing;  ///< cases that no folder has a result of; they are failures, too
  std::vector<std::string> warnings;
};

/// Joins the folders of shards, or of several cohorts, to one batch folder: results and tables, the
/// same to the byte as those of one run over all of it. Results are linked where the file system
/// can, else copied. Cases without a result are failures of kind missing_result, and the message
/// names their shard. A run that ended before it knew its cases left a folder without run.json: it
/// is warned of and left out.
/// \throws Error  unreadable_file if a folder holds no batch, or none has a run.json;
/// invalid_settings if they were asked
///                for differently; ambiguous_input if two cohorts have a case of one name, as when
///                the input changed between the shards; unwritable_output, folder_in_use
MergeResult merge_batches(std::span<const std::filesystem::path> folders,
                          const std::filesystem::path& output, int jobs = 1);

}  // namespace radiomics
