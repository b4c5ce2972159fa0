#pragma once

#include <optional>
#include <vector>

#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/core/error.h"
#include "radiomics/survival/output_files.h"

namespace radiomics {

/// What a command of `radiomics survival` leaves behind: enough to print its messages, choose its
/// exit code and write its files.
struct CommandResult {
  std::vector<AnalysisWarning> warnings{};
  std::vector<std::optional<Error>>
      errors{};                     ///< one per endpoint or part; all set: nothing is written
  std::vector<OutputFile> files{};  ///< result.json last
};

}  // namespace radiomics
