#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/model_frame.h"
#include "radiomics/statistics/penalised_cox.h"
#include "radiomics/statistics/penalised_cox_cv.h"
#include "radiomics/survival/output_files.h"
#include "radiomics/tables/json_writer.h"

// The penalised path itself: what `cox` shows with --penalty-mix.

namespace radiomics {

struct PenalisedPathOptions {
  PenalisedCoxOptions penalty{};  ///< its penalty_factors are set from the next member
  std::vector<std::pair<std::string, double>> penalty_factors{};  ///< by variable; else 1
  std::string cv_column{};  ///< folds are the values of this column of the cohort
  int cv_folds = 0;         ///< else drawn, stratified by event; 0: no cross-validation
  std::uint64_t seed = 1;
};

/// Reads the value of --cv-folds: a whole number, else the name of a column.
/// \throws Error invalid_argument: fewer than two folds
void set_cv_folds(const std::string& text, PenalisedPathOptions& options);

struct PenalisedPathResult {
  std::string endpoint{};
  std::vector<ModelTerm> terms{};      ///< of the columns
  std::vector<double> sd{};            ///< of the columns, with 1/n: what the figure shows
  PenalisedCoxPath path{};             ///< of the lambdas asked for, or the default path
  std::optional<PenalisedCoxCv> cv{};  ///< on the default path
  std::vector<int> cv_df{};            ///< non-zero coefficients there
  std::vector<AnalysisWarning> warnings{};
};

/// Fits the path to the covariates of a frame. Folds are capped at the number of events.
/// \throws Error zero_time, no_events, no_convergence (no solution at the largest penalty),
///         column_not_found (a factor for no variable), invalid_argument (strata; exact ties; folds
///         missing or fewer than two)
PenalisedPathResult analyse_penalised_path(const Cohort& cohort, const ModelFrame& frame,
                                           const PenalisedPathOptions& options, int threads = 1);

/// The members "path" and, if there is one, "cv", into the object that is open.
void write_penalised_path(JsonWriter& json, const PenalisedPathResult& result);

/// endpoint,lambda,df,dev_ratio,log_likelihood,kkt and a column per term.
std::string penalised_path_csv(const PenalisedPathResult& result);
/// lambda,cvpl,std_error; "" without cross-validation.
std::string penalised_cv_csv(const PenalisedPathResult& result);
/// path_<endpoint>.svg and cv_<endpoint>.svg; those that there is something to draw.
std::vector<OutputFile> penalised_path_figures(const PenalisedPathResult& result);

}  // namespace radiomics
