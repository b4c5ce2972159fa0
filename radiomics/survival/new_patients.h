#pragma once

#include <filesystem>
#include <vector>

#include "radiomics/survival/cohort.h"
#include "radiomics/survival/column.h"
#include "radiomics/survival/model_frame.h"

namespace radiomics {

/// The rows of another table, for which a model predicts.
struct NewPatients {
  CohortTable table;    ///< what was read, with the role "newdata"
  Matrix covariates{};  ///< a row per row of the table, in its order; NaN where missing
};

/// Reads the table and makes the columns of a model of it: levels are those that the variables have
/// in `cohort`, on which the model was fitted. An id column is not needed.
/// \throws Error as read_cohort(); column_not_found, not_numeric; invalid_argument at a level that
///         the cohort does not have
NewPatients read_new_patients(const std::filesystem::path& file, const Cohort& cohort,
                              const std::vector<VariableSpec>& variables,
                              const AnalysisOptions& options);

}  // namespace radiomics
