#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "samples/cohort.h"

namespace radiomics::samples {

/// The cohort in a folder of its own, which is removed at the end.
class CohortFolder {
 public:
  explicit CohortFolder(int threads = 2)
      : path_(std::filesystem::path(testing::TempDir()) /
              ("cohort_" + std::to_string(getpid()) + "_" + std::to_string(threads))) {
    make_cohort(path_, threads);
  }
  CohortFolder(const CohortFolder&) = delete;
  CohortFolder& operator=(const CohortFolder&) = delete;
  ~CohortFolder() { std::filesystem::remove_all(path_); }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace radiomics::samples
