#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/settings/settings.h"
#include "radiomics/tables/feature_table.h"

namespace radiomics {

/// A whole cohort: what was measured and what was refused, both in the order of the cases.
struct BatchResult {
  FeatureTable table;
  std::vector<Failure> failures;
};

/// Called after each case, one call at a time, in the order in which cases are finished.
using CaseFinished = std::function<void(const Case&, const Extraction&)>;

/// Extracts all cases, `jobs` at a time. Whatever happens to a case, the others go on, and every
/// case has a row for each of its regions or a failure. The result does not depend on `jobs`.
BatchResult run_batch(const CaseList& list, const Settings& settings, int jobs,
                      const CaseFinished& finished = {});

}  // namespace radiomics
