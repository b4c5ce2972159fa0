#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/auc.h"
#include "radiomics/statistics/bootstrap_validation.h"
#include "radiomics/statistics/brier.h"
#include "radiomics/statistics/calibration.h"
#include "radiomics/statistics/calibration_curve.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/decision_curve.h"
#include "radiomics/survival/validate_subgroups.h"
#include "radiomics/survival/validation_data.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival validate`.
struct ValidateOptions {
  AnalysisOptions common{};
  std::vector<PredictionSpec> predictions{};
  std::filesystem::path model{};     ///< of `train`; "": none
  int groups = 4;                    ///< of the calibration by groups of risk
  std::vector<double> thresholds{};  ///< of the decision curves, within (0, 1)
  std::filesystem::path resamples{};
  int bootstrap = 0;                     ///< resamples drawn here where no file names them
  std::vector<std::string> subgroups{};  ///< columns; see judge_subgroups()

  /// Refuses what makes no sense whatever the tables hold: no prediction, two of one name, other
  /// numbers of risks than horizons, decision curves without a risk, a subgroup twice.
  /// \throws Error invalid_argument
  void check() const;
};

/// Discrimination and accuracy at a horizon. NaN where nothing can be weighted, brier also where
/// no risk is known.
struct HorizonScores {
  double time = undefined;
  TimeDependentAuc auc{};
  BrierScore brier{};
};

/// Calibration at a horizon; without horizons once, with time NaN. What needs a risk or an expected
/// number that is not known is empty or NaN.
struct CalibrationResult {
  double time = undefined;
  CalibrationSlope slope{};
  ObservedExpected totals{};
  Interval observed_limits{undefined, undefined};  ///< of the Kaplan-Meier risk, log-log
  std::vector<CalibrationGroup> groups{};
  std::optional<PoissonCalibration> poisson{};
  CalibrationCurve curve{};
  std::vector<double> predicted{};  ///< the risks of the patients
};

struct DecisionResult {
  double time = undefined;
  std::vector<NetBenefit> model{};
  std::vector<NetBenefit> treat_all{};
};

/// C over resamples; Uno's weights are estimated anew in each.
struct BootstrappedConcordance {
  BootstrapEstimate concordance{};
  BootstrapEstimate uno{};
  BootstrapEstimate uno_tau{};  ///< empty without tau
};

/// With strata C, the calibration slope and their resamples are within strata (Uno's G and the
/// baseline hazard, too); all else is of all patients together.
struct ValidatedPrediction {
  std::string name{};
  bool apparent = false;  ///< judged on the patients it was made from: see is_apparent()
  Concordance concordance{};
  Concordance concordance_tau{};  ///< events to tau only; NaN without tau
  Concordance uno{};
  Concordance uno_tau{};
  std::optional<BootstrappedConcordance> bootstrap{};
  std::vector<HorizonScores> horizons{};
  IntegratedBrier integrated{};  ///< to tau; NaN unless a model predicts the whole curve to there
  std::vector<CalibrationResult> calibration{};
  std::vector<DecisionResult> decision{};
};

/// Differences at a horizon, `model` minus `reference`.
struct ComparedScores {
  double time = undefined;
  Estimate auc{};
  Estimate brier{};
};

struct ComparedPredictions {
  std::size_t reference = 0, model = 0;  ///< their places among the predictions
  Estimate concordance{};
  std::optional<BootstrapEstimate> bootstrap{};
  std::vector<ComparedScores> horizons{};  ///< one with time NaN if there are no horizons
};

struct ValidateResult {
  std::string endpoint{};
  std::optional<Error> error{};  ///< set: the rest is empty
  std::size_t n = 0;
  int events = 0;
  std::size_t n_missing = 0;
  std::vector<ValidatedPrediction> predictions{};
  std::vector<ComparedPredictions> comparisons{};  ///< every pair
  std::vector<Subgroups> subgroups{};
  std::vector<AnalysisWarning> warnings{};
};

struct ValidateAnalysis {
  Cohort cohort;
  std::vector<ValidateResult> results{};
  std::vector<AnalysisWarning> model_warnings{};

  std::vector<AnalysisWarning> warnings() const;
};

/// Whether a prediction is judged on the patients it was made from: a table of the run has the
/// bytes of one that the model was trained on, or the calibration slope is 1 to six digits, which
/// an unpenalised Cox model has on its own patients and nowhere else.
bool is_apparent(const Prediction& prediction, const CalibrationSlope& slope);

/// Judges predictions on the patients of a cohort. Where the weights of a horizon are undefined
/// (everybody censored before) its AUC and Brier score are, too; an endpoint without any other
/// horizon is refused. \throws Error what read_cohort() and apply_model() throw
ValidateAnalysis analyse_validate(const ValidateOptions& options, int threads = 1);

}  // namespace radiomics
