#pragma once

#include "samples/cohort.h"
#include "tests/support/temporary_folder.h"

namespace radiomics::samples {

/// The sample cohort in a folder of its own, which is removed at the end.
class CohortFolder {
 public:
  explicit CohortFolder(int threads = 2) { make_cohort(folder_.path(), threads); }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace radiomics::samples
