#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/survival_data.h"
#include "radiomics/survival/model_file.h"
#include "radiomics/survival/prediction_spec.h"

namespace radiomics {

/// A frozen model and what it says of every patient of a cohort.
struct AppliedModel {
  std::string name{};
  PrognosticModel model{};
  RiskPrediction prediction{};  ///< at the horizons of the run
  Matrix curve{};               ///< patients x times of the baseline: the whole predicted curve
  bool trained_here = false;    ///< a table of the run is one of those it was trained on
};

/// Reads a model and applies it.
/// \throws Error what read_model(), predict_risk() and require_same_extraction() throw;
///         invalid_settings if the times of model and run have different units
AppliedModel apply_model(const std::filesystem::path& file, const std::string& name,
                         const Cohort& cohort, const AnalysisOptions& options);

/// What was predicted of the patients of an endpoint; vectors have one entry per patient.
struct Prediction {
  std::string name{};
  std::vector<double> linear_predictor{};
  std::vector<std::vector<double>> risk{};  ///< per horizon; an empty one is not known
  std::vector<double> expected{};           ///< empty: not known
  std::vector<double> curve_times{};        ///< ascending; empty: no curve
  Matrix curve{};                           ///< patients x times
  bool trained_here = false;
};

/// The patients of an endpoint who have every prediction, so that all are judged on the same ones.
struct ValidationData {
  SurvivalData outcome{};               ///< ties merged
  std::vector<std::size_t> patients{};  ///< indices into the cohort
  std::vector<int> strata{};            ///< numbered from 0; empty: one
  std::vector<Prediction> predictions{};
  std::size_t n_missing = 0;
  std::vector<AnalysisWarning> warnings{};
};

/// Reads the columns of the predictions and the strata; that of a model, if any, comes last. A
/// prediction has as many risks as there are horizons, or none. \throws Error what model_frame()
/// throws; invalid_argument at a risk outside [0, 1] or a negative
///         expected number; no_events
ValidationData validation_data(const Cohort& cohort, const EndpointSpec& endpoint,
                               const std::vector<PredictionSpec>& specs,
                               const std::optional<AppliedModel>& model,
                               const AnalysisOptions& options);

}  // namespace radiomics
