#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/cohort.h"
#include "radiomics/cohort/endpoint.h"
#include "radiomics/cohort/model_frame.h"
#include "radiomics/statistics/combat.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"

// A prognostic model that does not change any more: what `train` leaves, what `predict` and
// `validate` apply. It holds no patient.

namespace radiomics {

/// A column that the model needs, and what it was in training. Numbers are as in the table, before
/// logarithm and harmonisation.
struct ModelVariable {
  std::string name{};
  bool logarithm = false;             ///< enters as its natural logarithm
  std::vector<std::string> levels{};  ///< of a factor, the first is the reference; empty: numeric
  double low = undefined;             ///< of the training patients; NaN for a factor
  double high = undefined;
  double median = undefined;
};

/// A column of the linear predictor.
struct PrognosticTerm {
  ModelTerm term{};
  double coefficient = 0;  ///< log hazard ratio per unit of the variable (of its logarithm)
  double mean = 0;         ///< 0 for columns that held only -1, 0, 1
  double sd = 0;           ///< sample standard deviation
};

/// Batch effects to be taken out before anything else.
struct ModelHarmonisation {
  std::string batch{};                  ///< column
  std::vector<std::string> labels{};    ///< its values, in the order of the batches of the model
  std::vector<std::string> features{};  ///< numeric variables of the model, no logarithms
  std::vector<ModelTerm> preserved{};  ///< rows of the model's coefficients; variables of the model
  CombatModel model{};
};

struct ModelInput {
  std::string role{};
  std::string file{};
  std::string sha256{};
};

struct PrognosticModel {
  std::string program_version{};
  EndpointSpec endpoint{};
  std::string time_unit{};  ///< "": not stated
  std::size_t n = 0;        ///< of the training
  int events = 0;
  std::vector<ModelInput> inputs{};
  std::string extraction_settings{};  ///< SHA-256 of those of the features; "": not known
  std::uint64_t seed = 1;
  Ties ties = Ties::breslow;
  double alpha = 1;           ///< of the penalty
  double lambda = undefined;  ///< NaN if there was nothing to penalise
  std::vector<ModelVariable> variables{};
  std::vector<PrognosticTerm> terms{};    ///< none: the null model
  std::vector<double> baseline_time{};    ///< ascending, the last one ends the follow-up
  std::vector<double> baseline_hazard{};  ///< cumulative, of a patient at the means of the terms
  double median_linear_predictor = 0;     ///< of the training patients: the cut-point
  bool impute_median = false;             ///< missing numbers become the median, else no prediction
  std::optional<ModelHarmonisation> harmonisation{};

  double linear_predictor_at_means() const;
};

std::string to_json(const PrognosticModel& model);

/// \throws Error unreadable_file if it is absent, damaged or no such model
PrognosticModel read_model(const std::filesystem::path& file);
/// The same from text; messages begin with `name`.
PrognosticModel parse_model(const std::string& text, const std::string& name);

/// One entry or row per patient of the cohort; NaN where a variable is missing.
struct RiskPrediction {
  std::vector<double> linear_predictor{};  ///< coefficients x values, not centred
  Matrix
      risk{};  ///< patients x horizons: P(T <= horizon); NaN beyond the follow-up of the training
  std::vector<AnalysisWarning> warnings{};  ///< missing_values, extrapolation, beyond_follow_up
};

/// Applies a model to patients. The cohort has all variables of the model (and its batch column),
/// by their names.
/// \throws Error column_not_found, not_numeric, nonfinite, invalid_argument (a level or a batch
///         that the training did not have, a number without a logarithm)
RiskPrediction predict_risk(const PrognosticModel& model, const Cohort& cohort,
                            std::span<const double> horizons);

/// The cumulative hazard of each patient at a time of their own: the events expected of them by
/// then. Past the follow-up of the training that of its end.
std::vector<double> expected_events(const PrognosticModel& model,
                                    std::span<const double> linear_predictor,
                                    std::span<const double> times);

/// Refuses features that were extracted with other settings than those of the training; what does
/// not state its settings passes. \throws Error invalid_settings
void require_same_extraction(const PrognosticModel& model, const Cohort& cohort,
                             const CohortOptions& options);

}  // namespace radiomics
