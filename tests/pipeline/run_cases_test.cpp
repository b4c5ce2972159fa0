#include "radiomics/pipeline/run_cases.h"

#include <atomic>
#include <stdexcept>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "radiomics/settings/presets.h"
#include "tests/support/files.h"

namespace radiomics {
namespace {

/// A scan with two labels, and a list with a case for each of its `cases`.
class Scan {
 public:
  explicit Scan(int cases) {
    const Geometry grid{{6, 6, 4}, {1, 1, 2}, {0, 0, 0}};
    std::vector<std::int16_t> values(6 * 6 * 4), labels(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = std::int16_t(40 + i * i % 91);
      labels[i] = std::int16_t(i < 72 ? 1 : 2);
    }
    const auto image = folder_.write("image.nii", nifti_bytes(grid, values));
    const auto mask = folder_.write("mask.nii", nifti_bytes(grid, labels));
    for (int i = 0; i < cases; ++i) {
      Case one = case_of(image, mask, "case " + std::to_string(i));
      one.rois = {i % 2 == 0 ? "1" : "2"};
      one.open_image = [this, open = one.open_image](const MaskSource& source) {
        ++images_opened;
        return open(source);
      };
      one.open_mask = [this, open = one.open_mask] {
        ++masks_opened;
        return open();
      };
      list.cases.push_back(std::move(one));
    }
  }

  CaseList list;
  std::atomic<int> images_opened = 0, masks_opened = 0;

 private:
  TemporaryFolder folder_;
};

TEST(RunCases, CasesOfOneScanOpenItOnce) {
  Scan scan(4);
  const auto result = measure_cohort(scan.list, preset("native"), {.jobs = 3});
  ASSERT_EQ(result.table.rows.size(), 4U);
  EXPECT_TRUE(result.failures.empty());
  EXPECT_EQ(scan.images_opened, 1);
  EXPECT_EQ(scan.masks_opened, 1);
  EXPECT_EQ(result.table.rows[1].roi, "2");
  EXPECT_EQ(result.table.rows[1].diagnostics, result.table.rows[3].diagnostics);
}

TEST(RunCases, OnlyThePositionsThatAreAskedFor) {
  Scan scan(5);
  const std::size_t positions[] = {4, 1};
  std::vector<std::size_t> seen;
  run_cases(scan.list, positions, preset("native"), {},
            [&](std::size_t position, const Extraction& extraction) {
              seen.push_back(position);
              EXPECT_EQ(extraction.rows.at(0).case_name, "case " + std::to_string(position));
            });
  EXPECT_EQ(seen, (std::vector<std::size_t>{4, 1}));
}

TEST(RunCases, WhatIsNoErrorOfOursIsAFailureOfTheCase) {
  Scan scan(3);
  scan.list.cases[1].open_mask = []() -> MaskSource { throw std::bad_alloc(); };
  scan.list.cases[1].mask = "another";
  const auto result = measure_cohort(scan.list, preset("native"), {.jobs = 2});
  EXPECT_EQ(result.table.rows.size(), 2U);
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0].case_name, "case 1");
  EXPECT_EQ(result.failures[0].kind, "internal");
}

TEST(RunCases, CaseThatCannotBeOpenedLeavesNothingForTheNext) {
  Scan scan(2);
  scan.list.cases[0].open_image = [](const MaskSource&) -> ImageSource {
    throw Error(ErrorKind::unreadable_file, "image.nii: gone");
  };
  const auto result = measure_cohort(scan.list, preset("native"));
  ASSERT_EQ(result.table.rows.size(), 1U);
  EXPECT_EQ(result.table.rows[0].case_name, "case 1");
  EXPECT_EQ(result.failures.at(0).kind, "unreadable_file");
}

TEST(RunCases, CaseWithoutARegionIsAFailure) {
  Scan scan(2);
  scan.list.cases[0].rois.clear();
  scan.list.cases[0].mask = "none";
  scan.list.cases[0].open_mask = [open = scan.list.cases[0].open_mask] {
    MaskSource mask = open();
    mask.names.clear();
    return mask;
  };
  const auto result = measure_cohort(scan.list, preset("native"));
  EXPECT_EQ(result.table.rows.size(), 1U);
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0].case_name, "case 0");
}

TEST(RunCases, ErrorOfWhoTakesTheResultsEndsTheRun) {
  Scan scan(3);
  const std::size_t all[] = {0, 1, 2};
  EXPECT_THROW(run_cases(scan.list, all, preset("native"), {.jobs = 2},
                         [](std::size_t, const Extraction&) { throw std::runtime_error("full"); }),
               std::runtime_error);
}

TEST(RunCases, RegionThatDoesNotFitIsRefused) {
  Scan scan(1);
  const auto result =
      measure_cohort(scan.list, preset("native"), {.jobs = 1, .memory_bytes = 1000});
  EXPECT_TRUE(result.table.rows.empty());
  EXPECT_EQ(result.failures.at(0).kind, "memory_limit");
  EXPECT_EQ(result.failures.at(0).step, "memory");
}

}  // namespace
}  // namespace radiomics
