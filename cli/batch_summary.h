#pragma once

#include <filesystem>

#include "cli/commands.h"
#include "radiomics/pipeline/batch_tables.h"

namespace cli {

/// Prints what a batch folder holds now: its first rows, counts, and where the tables lie.
/// \return what the program returns for it
ExitCode print_summary(const radiomics::BatchCounts& counts, const std::filesystem::path& folder);

}  // namespace cli
