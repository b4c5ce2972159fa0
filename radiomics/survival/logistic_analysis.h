#pragma once

#include <optional>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/cohort.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/roc_auc.h"
#include "radiomics/survival/term_result.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival logistic`.
struct LogisticAnalysisOptions {
  AnalysisOptions common{};         ///< endpoints with exactly one horizon, unless `outcome`
  std::string outcome{};            ///< column of 0 and 1, instead of endpoints
  std::vector<std::string> base{};  ///< some of the covariates: the model to compare with
  bool ipcw = false;                ///< all patients count, by inverse probabilities of censoring
};

/// The whole model against the one with the covariates `base`, on the same patients.
struct BaseComparison {
  double auc_base = undefined;
  Estimate delta_auc{};  ///< whole minus base
  double statistic = undefined;
  double p_value = undefined;
  Test likelihood_ratio{};  ///< NaN with weights
  Test wald{};              ///< of the terms that the base lacks
};

/// What the model says of a patient.
struct FittedPatient {
  std::size_t patient = 0;      ///< index into the cohort
  std::optional<bool> event{};  ///< none: censored before the horizon
  double probability = undefined;
};

/// The results of one endpoint or outcome, or why there are none.
struct LogisticResult {
  std::string endpoint{};  ///< its name, or the column of the outcome
  std::optional<Error> error{};
  std::optional<double> horizon{};
  std::size_t n = 0;  ///< whose outcome is known
  int events = 0;
  std::size_t n_excluded = 0;  ///< censored before the horizon
  int competing = 0;           ///< of these, with the competing event
  std::size_t n_missing = 0;
  std::optional<std::size_t> n_weighted{};  ///< for how many patients the weights stand
  std::vector<TermResult> terms{};          ///< "(Intercept)" first
  double deviance = undefined;
  double null_deviance = undefined;
  double aic = undefined;   ///< undefined with weights
  Test likelihood_ratio{};  ///< undefined with weights
  Test wald{};              ///< of all terms but the intercept
  double brier = undefined;
  Estimate auc{};
  std::optional<BaseComparison> versus_base{};
  RocCurve roc{};
  RocCurve roc_base{};
  std::vector<FittedPatient> patients{};  ///< in the order of the table
  std::vector<AnalysisWarning> warnings{};

  double excluded_share() const { return double(n_excluded) / double(n + n_excluded); }
};

struct LogisticAnalysis {
  Cohort cohort;
  std::vector<LogisticResult> results{};  ///< in the order of the endpoints

  std::vector<AnalysisWarning> warnings() const;  ///< of the cohort, then of the endpoints
};

/// Reads the tables and models who has the event by the horizon. Patients censored before it are
/// left out and counted (a competing event censors); with `ipcw` those who remain stand for them,
/// standard errors are robust, and area and Brier score are those of all patients. What is wrong
/// with one endpoint is in its result. The result does not depend on `threads`.
/// \throws Error what read_cohort() throws; invalid_argument if `base` is not among the covariates
LogisticAnalysis analyse_logistic(const LogisticAnalysisOptions& options, int threads = 1);

}  // namespace radiomics
