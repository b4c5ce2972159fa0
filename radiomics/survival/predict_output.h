#pragma once

#include <filesystem>
#include <string>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/model_file.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival predict`.
struct PredictOptions {
  AnalysisOptions common{};  ///< tables and horizons
  std::filesystem::path model{};
};

/// A frozen model applied to the patients of a table.
struct PredictAnalysis {
  Cohort cohort;
  PrognosticModel model;
  RiskPrediction prediction;
};

/// \throws Error what read_model(), read_cohort(), predict_risk() and require_same_extraction()
///         throw
PredictAnalysis analyse_predict(const PredictOptions& options);

/// id,linear_predictor,risk_<horizon>,...,group: risk is P(T <= horizon), empty beyond the
/// follow-up of the training; group is high where the linear predictor is above the cut-point.
std::string predictions_csv(const PredictAnalysis& analysis, const PredictOptions& options);
std::string predict_json(const PredictAnalysis& analysis, const PredictOptions& options);

/// The whole command. Files: predictions.csv, report.md, report.html, result.json.
CommandResult run_predict(const PredictOptions& options);

}  // namespace radiomics
