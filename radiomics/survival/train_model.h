#pragma once

#include "radiomics/survival/train_frame.h"

namespace radiomics {

/// The model that a fitted signature is, on the scale of the tables, with its baseline hazard.
/// Residuals on log volume become a coefficient of log volume, so that the model needs nothing but
/// the columns.
PrognosticModel model_of(const TrainFrame& train, const FittedSignature& signature,
                         const Cohort& cohort, const EndpointSpec& spec,
                         const TrainOptions& options);

}  // namespace radiomics
