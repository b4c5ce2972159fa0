#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/bootstrap_validation.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/cox_baseline.h"
#include "radiomics/statistics/cox_fit_measures.h"
#include "radiomics/statistics/cox_residuals.h"
#include "radiomics/statistics/cross_validation.h"
#include "radiomics/statistics/proportional_hazards.h"
#include "radiomics/survival/penalised_path_analysis.h"
#include "radiomics/survival/term_result.h"

namespace radiomics {

/// A variable that enters as a restricted cubic spline.
struct SplineRequest {
  std::string variable{};
  int knots = 4;
};

/// Reads "age:4". \throws Error invalid_argument unless the knots are 3 to 7
SplineRequest parse_spline(const std::string& text);

/// Everything that decides the numbers of `radiomics survival cox`.
struct CoxModelOptions {
  AnalysisOptions common{};
  std::string cluster{};  ///< column of what is independent; "": every patient is
  bool firth = false;
  std::vector<SplineRequest> splines{};          ///< of covariates, or of variables beside them
  std::filesystem::path newdata{};               ///< patients to predict for
  int bootstrap = 0;                             ///< resamples for the optimism; 0: none
  std::filesystem::path resamples{};             ///< a file of resamples instead
  std::string folds{};                           ///< column of the folds of a cross-validation
  std::vector<std::filesystem::path> imputed{};  ///< tables in place of the clinical one
  /// Set: the penalised path in place of the model. Its seed is that of `common`.
  std::optional<PenalisedPathOptions> penalty{};

  /// The covariates, then splines of variables that are none of them; all others linear.
  std::vector<VariableSpec> variables() const;
  FrameRequest request() const;
  /// \throws Error invalid_argument for options that exclude each other
  void require_sense() const;
};

/// The hazards of all terms and variables tested for one way in which time may enter.
struct TransformedTest {
  TimeTransform transform{};
  ProportionalHazardsTest test{};
};

/// A variable that entered as a spline.
struct FittedSpline {
  SplineKnots knots{};
  Test nonlinearity{};                ///< against the straight line
  Test association{};                 ///< against a model without the variable
  double reference = undefined;       ///< the median of the patients
  std::vector<double> x{};            ///< from 2.5 % to 97.5 % of the patients, and all knots
  std::vector<Estimate> log_ratio{};  ///< at x against the reference; empty: not estimable
  std::vector<double> observed{};     ///< values of the patients, ascending
};

/// Freedom from the event at a time, by the model.
struct HorizonSurvival {
  double time = 0;
  Estimate estimate{};
};

/// A patient at the means of the covariates.
struct AverageSurvival {
  std::string stratum{};  ///< "" without strata
  std::vector<HorizonSurvival> horizons{};
};

/// A row of the table of new patients; undefined where it lacks a value.
struct NewPatientPrediction {
  double risk = undefined;  ///< relative to the means of the covariates
  std::vector<HorizonSurvival> horizons{};
};

struct PatientResiduals {
  std::vector<std::string> ids{};
  std::vector<double> linear_predictor{};
  double centre = undefined;  ///< the linear predictor at the means
  CoxResiduals residuals{};
};

struct CoxCrossValidation {
  std::vector<std::string> labels{};  ///< of the folds
  CrossValidation scores{};
};

/// One of the imputed tables.
struct ImputedFit {
  std::string file{};
  double log_likelihood = undefined;
  Concordance concordance{};
};

/// A model and what is known of it. Of imputed tables: the pooled terms alone, the rest undefined.
struct CoxModelResult {
  std::string endpoint{};
  std::optional<Error> error{};  ///< set: the rest is empty
  std::size_t n = 0;
  int events = 0;
  std::size_t n_missing = 0;
  Ties ties = Ties::efron;  ///< that were used: Firth's models have Breslow's
  bool firth = false;
  std::vector<std::string> variables{};
  std::vector<LevelCount> levels{};
  std::vector<TermResult> terms{};
  Matrix vcov{};  ///< robust where there are clusters
  double log_likelihood_null = undefined;
  double log_likelihood = undefined;
  Test likelihood_ratio{}, wald{}, score{};
  std::optional<Test> robust_score{};
  CoxFitMeasures measures{};
  double events_per_parameter = undefined;
  Concordance concordance{};  ///< undefined where a term is infinite
  std::vector<TransformedTest> proportional_hazards{};
  std::vector<std::string> strata_labels{};
  std::vector<BaselineHazard> baseline{};
  std::vector<AverageSurvival> average{};
  std::vector<NewPatientPrediction> predictions{};
  PatientResiduals residuals{};
  SchoenfeldResiduals schoenfeld{};
  std::vector<InfluentialPatient> influential{};
  std::vector<FittedSpline> splines{};
  std::optional<OptimismBootstrap> bootstrap{};
  std::optional<CoxCrossValidation> cross_validation{};
  std::vector<ImputedFit> imputations{};
  std::optional<PenalisedPathResult> penalised{};  ///< set: the numbers of the model are undefined
  std::vector<AnalysisWarning> warnings{};

  bool has_infinite_term() const;
  bool is_spline(const std::string& variable) const;
  /// The global test with the transform that is reported (km); undefined where there is none.
  Test global_ph() const;
};

struct CoxModelAnalysis {
  Cohort cohort;  ///< with further tables that were read (imputed, new patients) for provenance
  std::vector<CoxModelResult> results;
};

/// Fits one pre-specified Cox model per endpoint. The result does not depend on `threads`.
/// \throws Error what read_cohort() throws; invalid_argument where options exclude each other
CoxModelAnalysis analyse_cox(const CoxModelOptions& options, int threads = 1);

}  // namespace radiomics
