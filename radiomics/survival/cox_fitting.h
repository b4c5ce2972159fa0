#pragma once

#include <optional>
#include <string>
#include <vector>

#include "radiomics/statistics/firth_cox.h"
#include "radiomics/survival/cox_analysis.h"

// The parts of analyse_cox().

namespace radiomics {

/// A model in whatever way it was fitted.
struct FittedCox {
  CoxFit fit{};  ///< the penalised estimates where Firth's method is used
  std::optional<FirthCoxFit> firth{};
  std::vector<int> clusters{};       ///< numbered from 0; empty: none
  std::vector<double> std_errors{};  ///< robust where there are clusters
  Matrix vcov{};
};

/// Refuses what cannot be fitted and warns. \throws Error no_events, too_many_parameters,
/// no_convergence
FittedCox fit_frame(ModelFrame& frame, const CoxData& data, const std::vector<int>& clusters,
                    const CoxModelOptions& options);

std::vector<TermResult> terms_of(const ModelFrame& frame, const FittedCox& fitted,
                                 double conf_level);

Concordance undefined_concordance();  ///< all null

/// C within strata, with the standard error of clusters where there are some; undefined where a
/// term is infinite.
Concordance concordance_of(const ModelFrame& frame, const FittedCox& fitted, double conf_level);

/// Adds the model itself to `result`: terms, tests, measures, concordance.
void add_model(const ModelFrame& frame, const CoxData& data, const FittedCox& fitted,
               const CoxModelOptions& options, CoxModelResult& result);

/// Adds tests of proportional hazards, baseline, residuals, influence.
void add_diagnostics(const Cohort& cohort, const ModelFrame& frame, const CoxData& data,
                     const FittedCox& fitted, CoxModelResult& result);

/// Adds the survival of an average patient and of the rows of `newdata` at the horizons.
void add_predictions(const Cohort* newdata, const ModelFrame& frame, const FittedCox& fitted,
                     const CoxModelOptions& options, CoxModelResult& result);

/// Adds bootstrap and cross-validation. `folds`: of all patients of the cohort.
void add_validation(const ModelFrame& frame, const CoxData& data, const Grouping* folds,
                    const CoxModelOptions& options, int threads, CoxModelResult& result);

/// The model on each of several tables that differ in what was imputed only, its terms pooled by
/// Rubin's rules. \throws Error invalid_argument where patients or outcomes differ between them
CoxModelResult pooled_cox(const std::vector<Cohort>& cohorts, const EndpointSpec& spec,
                          const CoxModelOptions& options);

/// The groups of a column, of the patients of a frame, numbered from 0 without gaps. Empty if the
/// name is.
Grouping groups_in_frame(const Cohort& cohort, const ModelFrame& frame, const std::string& name);

/// The splines of a model. Tests are likelihood ratios, or Wald's where there is no likelihood to
/// compare (clusters, a penalty).
std::vector<FittedSpline> fitted_splines(const ModelFrame& frame, const CoxData& data,
                                         const FittedCox& fitted, double conf_level);

/// Those of imputed tables, by Rubin's rules. `frame` is of the first table; `pooled` has the terms
/// and their covariance.
std::vector<FittedSpline> pooled_splines(const ModelFrame& frame,
                                         const std::vector<const FittedCox*>& fits,
                                         const CoxModelResult& pooled, double conf_level);

}  // namespace radiomics
