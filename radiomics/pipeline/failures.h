#pragma once

#include <string>

#include "radiomics/core/error.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/tables/feature_table.h"

namespace radiomics {

// Errors as lines of the failure table. Messages leave out the folder that the user typed.

/// A case that could not be opened.
Failure failure_of_case(const Case& input, const Error& error);

/// A region of a case: where its case is called `name`, now that it is open.
struct RegionOfCase {
  const Case& input;
  const std::string& name;
  const std::string& roi;
};

/// A region that could not be read: readers name their file.
Failure failure_to_read(const RegionOfCase& region, const Error& error);

/// A region that could not be measured: computations do not know the file, so the message starts
/// with it and the region.
Failure failure_to_measure(const RegionOfCase& region, const std::string& step, const Error& error);

}  // namespace radiomics
