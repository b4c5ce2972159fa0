#pragma once

#include <array>
#include <optional>
#include <vector>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/statistics/competing_risks_data.h"
#include "radiomics/statistics/matrix.h"
#include "radiomics/survival/term_result.h"

namespace radiomics {

/// A model of one cause, subdistribution (Fine and Gray) or cause-specific (Cox).
struct CauseModel {
  int cause = 1;
  std::size_t n = 0;
  int events = 0;
  std::vector<TermResult> terms{};  ///< without events: all null
  double log_likelihood_null = undefined;
  double log_likelihood = undefined;
};

/// What the Fine-Gray model says of a patient.
struct IncidencePrediction {
  double risk = undefined;          ///< exp(linear predictor less that at the means)
  std::vector<double> incidence{};  ///< of cause 1, one per horizon
};

/// The Fine-Gray models at one horizon, beside the estimate that assumes no model.
struct IncidenceCheck {
  double time = 0;
  double aalen_johansen = undefined;  ///< of cause 1, of the patients of the model
  double mean_predicted = undefined;  ///< mean over these patients
  double largest_sum = undefined;     ///< of the incidences of both causes in a patient, old or new
};

struct CifModels {
  std::size_t n_missing = 0;                    ///< patients left out
  CauseModel fine_gray{};                       ///< of cause 1
  std::optional<CauseModel> fine_gray_other{};  ///< of cause 2, if it has events
  std::array<CauseModel, 2> cause_specific{};
  std::vector<IncidencePrediction> predictions{};  ///< one per new patient
  std::vector<IncidenceCheck> checks{};            ///< one per horizon
};

/// The patients of a frame with their competing events.
CompetingRisksData competing_risks(const ModelFrame& frame);

/// Fits all four models on the covariates of a frame; `new_patients` has one row per new patient.
/// Warnings of terms and events go to `frame.warnings`.
/// \throws Error no_events, too_many_parameters (of cause 1), no_convergence
CifModels fit_cif_models(ModelFrame& frame, const Matrix& new_patients,
                         const AnalysisOptions& options);

}  // namespace radiomics
