#pragma once

#include <string>
#include <vector>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/cox_analysis.h"

namespace radiomics {

// What the analysis is written as; the names and keys are fixed by the interface of
// `radiomics survival`. The same analysis gives the same bytes. Patients are named in the residuals
// only.

std::string cox_json(const CoxModelAnalysis& analysis, const CoxModelOptions& options);
Report cox_report(const CoxModelAnalysis& analysis, const CoxModelOptions& options);

/// What a reader must know of a model, in sentences: its size, whether it is better than none, how
/// well it discriminates, whether the hazards are proportional and what to do if not.
std::string cox_text(const CoxModelResult& result, const CoxModelOptions& options);

/// "Surv(months, dead) ~ age + rcs(size, 4) + strata(centre)".
std::string cox_formula(const EndpointSpec& endpoint, const CoxModelOptions& options);

/// Hazard ratios; numeric variables per standard deviation.
std::string cox_forest(const CoxModelResult& result, const CoxModelOptions& options);
/// The log hazard ratio along each variable that entered as a spline:
/// spline_<endpoint>_<number>.svg
std::vector<ReportFigure> cox_spline_figures(const CoxModelResult& result,
                                             const CoxModelOptions& options);
/// Scaled Schoenfeld residuals; "" where there are none to show.
std::string cox_schoenfeld(const CoxModelResult& result, const CoxModelOptions& options);

std::string cox_terms_csv(const std::vector<CoxModelResult>& results);
std::string cox_ph_test_csv(const std::vector<CoxModelResult>& results);
std::string cox_baseline_csv(const std::vector<CoxModelResult>& results);
std::string cox_predictions_csv(const std::vector<CoxModelResult>& results);
/// id,linear_predictor,linear_predictor_centered,expected,martingale,deviance, then the dfbeta of
/// each term in units of its standard error.
std::string cox_residuals_csv(const CoxModelResult& result);

/// endpoint,variable,x,estimate,std_error,conf_low,conf_high: the curves of the splines.
std::string cox_splines_csv(const std::vector<CoxModelResult>& results);

/// The whole command. Files: cox_<endpoint>.svg, schoenfeld_<endpoint>.svg, cox_terms.csv,
/// ph_test.csv, with --spline splines.csv and a figure for each, baseline.csv, predictions.csv with
/// --newdata, residuals.csv (of several endpoints residuals_<endpoint>.csv), report.md,
/// report.html, result.json. \throws Error what analyse_cox() throws
CommandResult run_cox(const CoxModelOptions& options, int threads = 1);

}  // namespace radiomics
