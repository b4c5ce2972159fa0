#pragma once

#include <string>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/logistic_analysis.h"

namespace radiomics {

/// What the analysis is written as; the names and keys are fixed by the interface of
/// `radiomics survival`. The same analysis gives the same bytes.
std::string logistic_json(const LogisticAnalysis& analysis, const LogisticAnalysisOptions& options);
Report logistic_report(const LogisticAnalysis& analysis, const LogisticAnalysisOptions& options);
std::string logistic_terms_csv(const LogisticAnalysis& analysis);
std::string logistic_predictions_csv(const LogisticAnalysis& analysis);  ///< with the ids

/// Odds ratios, per standard deviation of numeric variables.
std::string logistic_forest(const LogisticResult& result, const LogisticAnalysisOptions& options);
std::string logistic_roc_figure(const LogisticResult& result,
                                const LogisticAnalysisOptions& options);

/// The name of a file of one result: "logistic_OS_<part>". An outcome is a column, whose name may
/// hold anything: what could not be part of the name of a
/// file becomes '_'.
std::string logistic_file_name(const LogisticResult& result, const std::string& part);

/// The whole command. Files: logistic_<endpoint>_forest.svg and logistic_<endpoint>_roc.svg,
/// logistic.csv, predictions.csv, report.md, report.html, result.json.
/// \throws Error what analyse_logistic() throws
CommandResult run_logistic(const LogisticAnalysisOptions& options, int threads = 1);

}  // namespace radiomics
