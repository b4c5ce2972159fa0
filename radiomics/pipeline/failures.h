#pragma once

#include <string>

#include "radiomics/core/error.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/tables/feature_table.h"

namespace radiomics {

// Errors as lines of the failure table. Messages leave out the folder that the user typed.

/// A case that could not be opened.
Failure failure_of_case(const Case& input, const Error& error);

/// A region of a case. What concerns one region does not know the file that the region is in: the
/// message starts with both.
/// \param name  of the case, once it is opened
Failure failure_of_region(const Case& input, const std::string& name, const std::string& roi,
                          const std::string& step, const Error& error);

}  // namespace radiomics
