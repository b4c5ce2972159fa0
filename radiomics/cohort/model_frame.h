#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/statistics/cox.h"

namespace radiomics {

/// A variable of a model, as it is asked for.
struct VariableSpec {
  std::string name;
  bool logarithm = false;  ///< its natural logarithm: "log(NAME)"
  int knots = 0;           ///< of a restricted cubic spline; 0: linear
  /// Where they are; empty: at quantiles of all patients who have a value, complete or not.
  std::vector<double> knots_at{};
  bool ordinal = false;  ///< of a factor: the number of its level, from 1, as one column
};

/// One column of a model, named as R names it: "age", "stageIIIA", "log(volume)", "age'".
struct ModelTerm {
  std::string name{};
  std::string variable{};
  std::string level{};  ///< "" if it is numeric
};

/// How many patients and events a level of a factor has.
struct LevelCount {
  std::string variable{};
  std::string level{};
  std::size_t n = 0;
  int events = 0;
};

/// The knots of a spline.
struct SplineKnots {
  std::string variable{};
  std::vector<double> knots{};
};

/// What a model is made of.
struct FrameRequest {
  std::vector<VariableSpec> variables{};
  std::vector<std::string> strata{};
  std::vector<std::string>
      complete{};  ///< columns that must not be missing either: groups, clusters
};

/// The patients of one endpoint who are complete in everything that an analysis uses, and their
/// numbers. All vectors but the last ones have one entry per such patient.
struct ModelFrame {
  std::string endpoint{};
  std::string time_column{};
  std::vector<std::size_t> patients{};  ///< indices into the cohort
  SurvivalData outcome{};               ///< ties merged; a competing event counts as censored
  std::vector<Status> status{};
  Matrix covariates{};
  std::vector<int> strata{};  ///< empty: one
  std::vector<std::string> strata_labels{};
  std::vector<ModelTerm> terms{};           ///< of the columns of `covariates`
  std::vector<std::size_t> first_column{};  ///< of each variable; one more at the end
  std::vector<LevelCount> levels{};
  std::vector<SplineKnots> splines{};
  std::size_t n_missing = 0;                ///< patients left out
  std::vector<AnalysisWarning> warnings{};  ///< missing_values, zero_time, levels

  std::size_t size() const { return patients.size(); }
  int events() const { return outcome.events(); }
  CoxData cox_data() const;
  /// The columns of the variables first ... last - 1 of the request.
  std::vector<std::size_t> columns_of(std::size_t first, std::size_t last) const;
};

/// Builds it. Variables that are declared factors become treatment contrasts: one column per level
/// but the first. Other variables must be numbers.
/// \throws Error column_not_found, not_numeric, nonfinite, invalid_argument (a cell that is none of
///         the levels; a logarithm of what is not above 0), no_rows, and what read_outcome() throws
ModelFrame model_frame(const Cohort& cohort, const EndpointSpec& endpoint,
                       const FrameRequest& request, const AnalysisOptions& options);

/// The same for an outcome without follow-up: a column of 1 (the event) and 0. All times are 1.
/// \throws Error as model_frame(); event_code at another cell
ModelFrame model_frame_of_outcome(const Cohort& cohort, const std::string& outcome,
                                  const FrameRequest& request, const AnalysisOptions& options);

/// The same variables for all patients of a cohort, for an analysis without an endpoint: NaN where
/// missing.
Matrix design_matrix(const Cohort& cohort, const std::vector<VariableSpec>& variables,
                     const std::vector<FactorSpec>& factors, std::vector<ModelTerm>& terms);

/// Refuses to model without events, or with as many parameters as events.
/// Adds the warnings low_events_per_parameter (below 10) and, with `force`, too_many_parameters.
/// \throws Error no_events, too_many_parameters
void require_events(ModelFrame& frame, std::size_t parameters, bool force);

/// For penalised models, which have no use for a follow-up of 0.
/// \throws Error zero_time, with the cell
void refuse_zero_times(const Cohort& cohort, const ModelFrame& frame);

/// The ids of some patients of a cohort.
std::vector<std::string> ids_of(const Cohort& cohort, const std::vector<std::size_t>& patients);

/// One group per patient of a column, by its factor if one is declared, else sorted; "" groups all.
Grouping grouping_of(const Cohort& cohort, const std::string& name,
                     const std::vector<FactorSpec>& factors);

/// Whether a column holds levels: declared in `factors`, or one that needs no declaration.
bool is_factor(const Cohort& cohort, const std::string& name,
               const std::vector<FactorSpec>& factors);

/// Plain variables of that name.
std::vector<VariableSpec> plain_variables(const std::vector<std::string>& names);

}  // namespace radiomics
