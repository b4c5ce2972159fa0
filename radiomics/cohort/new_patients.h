#pragma once

#include <string>
#include <vector>

#include "radiomics/cohort/model_frame.h"

namespace radiomics {

/// Patients to predict for, as a model sees them: one row per row of their table.
struct NewPatients {
  Matrix covariates;             ///< NaN where missing
  std::vector<int> strata{};     ///< as numbered in the frame, -1 where missing; empty: one stratum
  std::vector<char> complete{};  ///< 1 where nothing that the model needs is missing

  std::size_t size() const { return complete.size(); }
};

/// The variables and strata of a fitted frame in another table, with the levels and the knots of
/// the frame. `request` and `factors` are those of the frame.
/// \throws Error column_not_found, not_numeric, nonfinite; invalid_argument: the cell that holds a
///         level or a stratum that the fitted patients do not have
NewPatients new_patients(const Cohort& table, const ModelFrame& frame, const FrameRequest& request,
                         const std::vector<FactorSpec>& factors);

}  // namespace radiomics
